"""The page of a pay link from a mail: number, amount and the methods, without a log-in."""

from urllib.parse import quote

import reflex as rx

from billing.errors import BillingError
from billing.payments import paylinks
from billing.payments.paylinks import PayLinkView
from billing.runtime import Billing
from dashboard import run, wiring
from dashboard.components.basics import NativeForm, amount, icon, link, problem
from dashboard.components.frame import open_page
from dashboard.components.methods import group, method_submits
from dashboard.components.shown import SHOWN
from dashboard.rows import pay as rows
from dashboard.rows.problems import of_query, sentence
from dashboard.session import last_part
from dashboard.web import limits

ROUTE = "/pay/[token]"
TEXTS = SHOWN.pay_link


class PayLinkState(rx.State):
    """What the bearer of a pay link sees. action: where the form with the methods goes."""

    seller: str = ""
    link: rows.Link = rows.Link()
    action: str = ""
    sorry: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the link, and what the last try came to."""
        self.reset()
        token = last_part(self)
        self.seller = wiring.settings().seller_name
        if not await limits.allows(limits.PAY_PAGES, self.router.session.client_ip):
            self.link = rows.too_many_links()
            return
        self.sorry = of_query(self.router.url.query_parameters)
        self.action = f"/pay/start/{quote(token, safe='')}"
        try:
            self.link = rows.link(await run.flow(_read, token))
        except BillingError:
            self.link = rows.Link()
        except run.Problem as bug:
            self.sorry = sentence(bug)


@open_page(route=ROUTE, title=TEXTS.title, on_load=PayLinkState.load, seller=PayLinkState.seller)
def pay_link() -> rx.Component:
    """The one card of the page."""
    view = PayLinkState.link
    return rx.el.section(
        rx.match(
            view.look,
            ("payable", _payable()),
            ("under_way", _said("way", "s-pending", _form(insists=True))),
            ("settled", _said("okc", "s-paid", rx.fragment())),
            _said("info", "s-open", rx.fragment()),
        ),
        rx.el.p(
            rx.cond(view.look == "missing", "", rx.fragment(TEXTS.privacy, " ")),
            link(TEXTS.log_in, to="/login"),
            class_name="fs13 mut3",
        ),
        class_name="vd-card vd-outcome",
    )


def _payable() -> rx.Component:
    view = PayLinkState.link
    return rx.fragment(
        rx.el.h1(TEXTS.invoice.format(number=view.number)),
        rx.el.p(view.text, class_name="vd-lede"),
        problem(PayLinkState.sorry),
        rx.el.div(
            rx.el.div(SHOWN.invoice.to_pay, class_name="fs14 mut"),
            amount(view.amount, class_name="vd-hero xl"),
            class_name="vd-due",
        ),
        _form(insists=False),
    )


def _form(*, insists: bool) -> rx.Component:
    methods = rx.el.section(
        rx.el.h2(SHOWN.methods.region, id="methods-title", class_name="sr"),
        group(SHOWN.invoice.pay_anyway if insists else SHOWN.methods.by_hand, method_submits()),
        custom_attrs={"aria-labelledby": "methods-title"},
    )
    sure = [rx.el.input(type="hidden", name="despite_pending", value="1", read_only=True)] if insists else []
    return NativeForm.create(*sure, methods, action=PayLinkState.action, method="post")


def _said(icon_name: str, tone: str, more: rx.Component) -> rx.Component:
    view = PayLinkState.link
    return rx.fragment(
        rx.el.span(icon(icon_name), class_name=f"vd-tile big {tone}"),
        rx.el.h1(view.title),
        rx.el.p(view.text, class_name="vd-lede"),
        problem(PayLinkState.sorry),
        more,
    )


def _read(billing: Billing, token: str) -> PayLinkView:
    return billing.ask(paylinks.view, billing.ask(paylinks.bearer, token, billing.policy.signing_key))
