"""The page of the link in a reminder: it has been paid already, or it will be on a day."""

from typing import Any
from urllib.parse import quote

import reflex as rx

from billing.errors import BillingError
from billing.reminders import answers
from billing.reminders.answers import Asked
from billing.runtime import Billing
from dashboard import run, wiring
from dashboard.components.basics import NativeForm, icon, link, problem
from dashboard.components.forms import field, hidden
from dashboard.components.frame import open_page
from dashboard.components.shown import SHOWN
from dashboard.rows import reminder as rows
from dashboard.rows.problems import of_query, sentence
from dashboard.session import last_part
from dashboard.web import limits

ROUTE = "/reminder/[token]"
TEXTS = SHOWN.reminder


class ReminderState(rx.State):
    """What the bearer of the link sees. action: where both forms go."""

    seller: str = ""
    view: rows.Answering = rows.Answering()
    action: str = ""
    sorry: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the link, and what the last try came to."""
        self.reset()
        token = last_part(self)
        self.seller = wiring.settings().seller_name
        if not await limits.allows(limits.REMINDER_PAGES, self.router.session.client_ip):
            self.view = rows.too_many()
            return
        self.sorry = of_query(self.router.url.query_parameters)
        self.action = f"/reminder/answer/{quote(token, safe='')}"
        try:
            self.view = rows.answering(await run.flow(_read, token))
        except BillingError:
            self.view = rows.Answering()
        except run.Problem as bug:
            self.sorry = sentence(bug)


@open_page(route=ROUTE, title=TEXTS.title, on_load=ReminderState.load, seller=ReminderState.seller)
def reminder() -> rx.Component:
    """The one card of the page."""
    view = ReminderState.view
    return rx.el.section(
        rx.match(
            view.look,
            ("open", rx.fragment()),
            ("settled", rx.el.span(icon("okc"), class_name="vd-tile big s-paid")),
            rx.el.span(icon("info"), class_name="vd-tile big s-open"),
        ),
        rx.el.h1(view.title),
        rx.el.p(view.text, class_name="vd-lede"),
        problem(ReminderState.sorry),
        rx.cond(view.look == "open", _answers(), rx.fragment()),
        rx.el.p(
            rx.cond(view.look != "open", "", rx.fragment(TEXTS.privacy, " ")),
            link(TEXTS.log_in, to="/login"),
            class_name="fs13 mut3",
        ),
        class_name="vd-card vd-outcome",
    )


def _answers() -> rx.Component:
    view = ReminderState.view
    return rx.fragment(
        rx.el.p(view.about),
        rx.cond(view.told_paid != "", _told(view.told_paid), _paid()),
        rx.cond(view.told_later != "", _told(view.told_later), _later()),
    )


def _told(text: Any) -> rx.Component:
    return rx.el.div(icon("okc"), rx.el.div(text), class_name="vd-note s-paid", custom_attrs={"role": "status"})


def _paid() -> rx.Component:
    view = ReminderState.view
    ways = [rx.el.option(label, value=name) for name, label in TEXTS.how.items()]
    return _form(
        "paid", TEXTS.paid_title, TEXTS.paid_text, TEXTS.paid_button,
        field("paid_on", TEXTS.paid_on, type="date", default_value=view.today, max=view.today, required=True),
        rx.el.div(
            rx.el.label(TEXTS.how_label, html_for="how"),
            rx.el.select(*ways, id="how", name="how", default_value=next(iter(TEXTS.how)), class_name="vd-input"),
            class_name="vd-field",
        ),
        field(
            "amount", TEXTS.amount, hint=TEXTS.amount_hint, default_value=view.figures, required=True, max_length=15,
            custom_attrs={"inputMode": "decimal"},
        ),
    )  # fmt: skip


def _later() -> rx.Component:
    view = ReminderState.view
    return _form(
        "later", TEXTS.later_title, TEXTS.later_text, TEXTS.later_button,
        field("pay_on", TEXTS.pay_on, type="date", min=view.today, max=view.last_day, required=True),
    )  # fmt: skip


def _form(answer: str, title: str, text: str, button: str, *fields: rx.Component) -> rx.Component:
    return NativeForm.create(
        hidden("answer", answer),
        rx.el.h2(title),
        rx.el.p(text, class_name="fs14 mut"),
        *fields,
        rx.el.button(button, type="submit", class_name="vd-btn solid full"),
        action=ReminderState.action, method="post", class_name="vd-form",
    )  # fmt: skip


def _read(billing: Billing, token: str) -> Asked:
    return billing.ask(answers.asked, token, billing.policy.signing_key)
