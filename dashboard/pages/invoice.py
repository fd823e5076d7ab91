"""One invoice: the sheet, and beside it the amount and how to pay."""

from typing import Any

import reflex as rx

from dashboard.components.basics import badge, file_link, heading, icon
from dashboard.components.collecting import day_choice
from dashboard.components.credit_notes import notes_of_invoice
from dashboard.components.frame import crumbs, page
from dashboard.components.history import history
from dashboard.components.link_withdrawal import link_withdrawal
from dashboard.components.paper import sheet
from dashboard.components.pay_panel import amount_card, pay_panel, thumb_bar
from dashboard.components.proof import proof_dialog
from dashboard.components.shown import SHOWN
from dashboard.pages.invoice_state import DAY, ROUTE, InvoiceState

TEXTS = SHOWN.invoice
VIEW: Any = InvoiceState.view
STATE: Any = InvoiceState


@page(route=ROUTE, title=InvoiceState.title, on_load=InvoiceState.load)
def invoice() -> rx.Component:
    """The content of the page."""
    return rx.fragment(
        rx.el.div(
            rx.el.div(
                crumbs(("/invoices", SHOWN.invoices.title), here=VIEW.number),
                heading(InvoiceState.title, badge(VIEW.badge, size="l")),
            ),
            _actions(),
            class_name="vd-head",
        ),
        rx.el.p(InvoiceState.said, class_name="sr", role="status", custom_attrs={"aria-live": "polite"}),
        rx.el.div(
            rx.el.div(
                sheet(VIEW.paper, just_paid=InvoiceState.said != ""),
                history(VIEW.history, rx.cond(VIEW.may_withdraw, link_withdrawal(InvoiceState.withdraw_link))),
                class_name="doc",
            ),
            rx.el.aside(
                amount_card(VIEW),
                notes_of_invoice(VIEW.notes),
                pay_panel(
                    VIEW,
                    pay=InvoiceState.pay,
                    busy=InvoiceState.busy,
                    sorry=InvoiceState.sorry,
                    insists=InvoiceState.insists,
                    insist=InvoiceState.insist,
                    days=day_choice(STATE, VIEW, place=DAY),
                ),
                class_name="vd-pay",
            ),
            class_name="vd-inv",
        ),
        thumb_bar(VIEW, pay=InvoiceState.pay, busy=InvoiceState.busy),
        proof_dialog(STATE),
    )  # fmt: skip


def _actions() -> rx.Component:
    return rx.el.div(
        file_link(icon("down", size="s"), TEXTS.download, to=VIEW.download_url, class_name="vd-btn line"),
        file_link(icon("down", size="s"), TEXTS.einvoice, to=VIEW.einvoice_url, class_name="vd-btn line"),
        rx.el.button(
            icon("print", size="s"),
            TEXTS.print,
            type="button",
            on_click=rx.run_script("window.print()"),
            class_name="vd-btn line",
        ),
        class_name="row vd-acts",
    )
