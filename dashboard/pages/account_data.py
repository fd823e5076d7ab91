"""What is kept of an account: its owner takes it along, or has it erased."""

from datetime import date
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.access import Permission
from billing.privacy import erasing, personal
from dashboard.components.account_nav import account_frame
from dashboard.components.account_parts import card, told, told_field
from dashboard.components.basics import icon
from dashboard.components.frame import page
from dashboard.components.proof import proof_dialog
from dashboard.components.shown import SHOWN
from dashboard.pages.account_acts import Again, attempt, give_up, repeat, text_fields, unreadable
from dashboard.rows.account import Proof, Told, sentence
from dashboard.rows.common import day
from dashboard.session import Visit, enter, refresh
from dashboard.texts.languages import SAID
from dashboard.web.personal import ADDRESS

ROUTE = "/account/data"
TEXTS = SHOWN.account
WORDS = TEXTS.data
TAKE, ERASE = "take", "erase"


class DataState(rx.State):
    """Whose data they are, and how the last try ended."""

    lede: str = ""
    name_hint: str = ""
    trouble: Told = Told()
    news: Told = Told()
    proof: Proof = Proof()

    # The account on screen; in another tab the person may have gone on to another one.
    _account_id: int = 0
    _again: Again = ()

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page."""
        return await enter(self, ROUTE, needs=Permission.OWNERSHIP_TRANSFER)

    @rx.event
    async def take(self) -> EventSpec | None:
        """Download everything."""
        if not await attempt(self, TAKE, (TAKE,), personal.require_master, self._account_id):
            return None
        self.news = Told(TAKE, SAID.account.data.taken)
        return rx.download(url=ADDRESS)

    @rx.event
    async def erase(self, form: dict[str, Any]) -> EventSpec | None:
        """Have everything erased, under the name of the account that was typed."""
        typed = text_fields(form, "name")
        if typed is None:
            self.trouble = unreadable(ERASE)
            return None
        again, name = (ERASE, typed), typed["name"]
        done = await attempt(self, ERASE, again, erasing.erase, self._account_id, name, say=_refusal)
        return rx.redirect("/login") if done else None

    @rx.event
    async def proven(self) -> Any:
        """The person has just proven an identity: do what was asked for."""
        return await repeat(self)

    @rx.event
    async def unproven(self) -> None:
        """No proof after all."""
        give_up(self)

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        self._account_id = visit.account_id
        self.lede = SAID.account.data.lede.format(account=visit.identity.account_name)
        self.name_hint = SAID.account.data.name_hint.format(account=visit.identity.account_name)


def _refusal(problem: Exception) -> str:
    facts = getattr(problem, "facts", {})
    said = SAID.account.data.refused.get(str(facts.get("reason")))
    earliest = facts.get("earliest")
    return said.format(earliest=day(date.fromisoformat(earliest)) if earliest else "") if said else sentence(problem)


STATE: Any = DataState


@page(route=ROUTE, title=TEXTS.nav.data, on_load=DataState.load)
def data() -> rx.Component:
    """The content of the page."""
    return account_frame(
        ROUTE,
        card(WORDS.take, _take(), key=TAKE, lede=WORDS.take_text),
        card(WORDS.erase, _erase(), key=ERASE, lede=WORDS.erase_text),
        proof_dialog(STATE),
        title=TEXTS.nav.data,
        lede=DataState.lede,
    )  # fmt: skip


def _take() -> rx.Component:
    button = rx.el.button(
        icon("down", size="s"), WORDS.take_button, type="button", on_click=DataState.take, class_name="vd-btn solid"
    )
    return rx.fragment(told(STATE, TAKE), rx.el.div(button))


def _erase() -> rx.Component:
    return rx.el.form(
        told(STATE, ERASE),
        rx.el.p(WORDS.kept, class_name="fs14 mut"),
        told_field("name", WORDS.name, trouble=STATE.trouble, required=True, auto_complete="off"),
        rx.el.p(DataState.name_hint, class_name="fs13 mut3"),
        rx.el.div(rx.el.button(WORDS.erase_button, type="submit", class_name="vd-btn danger")),
        on_submit=DataState.erase,
        no_validate=True,
        class_name="vd-form",
    )  # fmt: skip
