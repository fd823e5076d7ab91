"""An invitation from a mail: what it offers, and accepting it."""

from typing import Any

import reflex as rx

from billing.errors import BillingError
from billing.logins import mailed
from dashboard import run, wiring
from dashboard.components.basics import NativeForm, icon, note, problem
from dashboard.components.door import dead_end
from dashboard.components.forms import field, hidden, password_field, username
from dashboard.components.frame import open_page
from dashboard.components.shown import SHOWN
from dashboard.rows import door as rows
from dashboard.rows.problems import of_query, sentence
from dashboard.session import last_part
from dashboard.texts.languages import SAID

ROUTE = "/invite/[token]"
TEXTS = SHOWN.door.invitation


class InviteState(rx.State):
    """What the invited person sees. name: as the inviter wrote it, or as it was typed in the last try."""

    seller: str = ""
    token: str = ""
    name: str = ""
    offer: rows.Offer = rows.Offer()
    sorry: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the invitation, and what the last try came to."""
        self.reset()
        query = self.router.url.query_parameters
        self.seller = wiring.settings().seller_name
        self.token, self.sorry = last_part(self), of_query(query)
        try:
            self.offer = rows.offer(await run.flow(mailed.invitation, self.token))
        except BillingError as problem:
            self.offer = rows.Offer(end=rows.end(SAID.door.invitation.ends, problem.code))
        except run.Problem as bug:
            self.sorry = sentence(bug)
        self.name = query.get("naam", "") or self.offer.name


@open_page(route=ROUTE, title=TEXTS.page, on_load=InviteState.load, seller=InviteState.seller)
def invite() -> rx.Component:
    """The one card of the page."""
    offer: Any = InviteState.offer
    return rx.cond(
        offer.end.title != "",
        rx.el.section(dead_end(offer.end), class_name="vd-card vd-outcome"),
        rx.el.section(
            rx.cond(offer.title != "", _offer(offer)),
            problem(InviteState.sorry),
            rx.cond(offer.title != "", rx.cond(offer.is_new, _new(offer), _known(offer))),
            class_name="vd-card vd-invite",
        ),
    )


def _offer(offer: Any) -> rx.Component:
    return rx.fragment(
        rx.el.div(rx.el.h1(offer.title), rx.el.p(offer.lede, class_name="vd-lede")),
        rx.el.dl(
            _fact(TEXTS.role, rx.el.div(rx.el.strong(offer.role), rx.el.br(), offer.role_hint)),
            _fact(TEXTS.access, offer.until),
            class_name="vd-kv roomy",
        ),
        rx.el.div(
            rx.el.h2(TEXTS.rights, class_name="fs14"),
            rx.el.ul(rx.foreach(offer.rights, _right), class_name="vd-rights"),
        ),
    )


def _fact(label: str, value: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(label), rx.el.dd(value))


def _right(name: Any) -> rx.Component:
    return rx.el.li(icon("check", size="s"), name, class_name="vd-right")


def _new(offer: Any) -> rx.Component:
    return _form(
        username(offer.email),
        field("name", TEXTS.name, default_value=InviteState.name, auto_complete="name", required=True, max_length=80,
              class_name="tall"),
        password_field(TEXTS.password, hint=TEXTS.hint, auto_complete="new-password", min_length=10),
        rx.el.button(TEXTS.start, type="submit", class_name="vd-btn solid lg full"),
        offer=offer,
    )  # fmt: skip


def _known(offer: Any) -> rx.Component:
    return _form(
        note(rx.el.strong(TEXTS.known), " ", offer.known_text, tone="info", icon_name="user"),
        rx.el.button(TEXTS.accept, type="submit", class_name="vd-btn solid lg full"),
        offer=offer,
    )


def _form(*children: Any, offer: Any) -> rx.Component:
    return NativeForm.create(
        hidden("token", InviteState.token),
        *children,
        rx.el.p(offer.privacy, class_name="fs13 mut3"),
        action="/auth/invite",
        method="post",
        class_name="vd-form",
    )
