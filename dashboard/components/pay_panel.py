"""The right side of the invoice page: the amount, and what can be done about it."""

from typing import Any

import reflex as rx

from dashboard.components.basics import amount, file_link, icon, note, problem, sums
from dashboard.components.collecting import mandate_button, pay_anyway, planned, step
from dashboard.components.explained import explained
from dashboard.components.mandate_line import frozen_note
from dashboard.components.methods import OFFERED, group, method_buttons
from dashboard.components.shown import SHOWN
from dashboard.components.toasts import say
from dashboard.rows.invoice import Page

TEXTS = SHOWN.invoice
METHODS = SHOWN.methods
AUTOMATIC = SHOWN.mandate.of_invoice


def amount_card(page: rx.vars.ObjectVar[Page]) -> rx.Component:
    """The one large amount, when it is due, and what made it."""
    card = page.card
    return rx.el.section(
        rx.el.div(TEXTS.to_pay, class_name="fs14 mut"),
        amount(card.open, class_name="vd-hero xl"),
        rx.cond(
            card.sentence != "",
            rx.el.p(
                rx.cond(page.panel == "paid", icon("okc")),
                card.sentence,
                class_name=f"vd-standing row fs14 {card.tone}",
            ),
        ),
        rx.cond(
            page.panel == "pending",
            note(rx.el.strong(TEXTS.pending_title), " ", page.pending.sentence, tone="s-pending", icon_name="way"),
        ),
        rx.cond(
            page.panel == "planned",
            note(
                rx.el.strong(AUTOMATIC.planned), " ", page.automatic.planned.sentence, tone="s-pending", icon_name="cal"
            ),
        ),
        rx.cond(
            page.returned.title != "",
            note(rx.el.strong(page.returned.title), " ", page.returned.text, tone="s-late", icon_name="undo"),
        ),
        frozen_note(page.automatic.frozen),
        sums(card.sums),
        class_name="vd-card top",
        custom_attrs={"aria-label": TEXTS.amount},
    )


def pay_panel(
    page: rx.vars.ObjectVar[Page], *, pay: Any, busy: Any, sorry: Any, insists: Any, insist: Any, days: rx.Component
) -> rx.Component:
    """What can be done, by the state of the invoice. sorry: what went wrong with the last try. days: choosing one on
    which it is collected."""
    methods = _methods(page, pay=pay, busy=busy, sorry=sorry, days=days)
    return rx.match(
        page.panel,
        ("methods", methods),
        (
            "planned",
            rx.cond(insists, _insisting(methods, AUTOMATIC.pay_sure), planned(page, insist=insist, days=days)),
        ),
        ("pending", rx.cond(insists, _insisting(methods, TEXTS.pay_anyway_sure), _pending(page, insist))),
        ("paid", _paid(page)),
        ("credited", _said(TEXTS.credited, "note")),
        ("look", _look_only()),
        rx.fragment(),
    )


def thumb_bar(page: rx.vars.ObjectVar[Page], *, pay: Any, busy: Any) -> rx.Component:
    """On a phone, within reach of a thumb wherever one reads: what is open, and the usual way to pay it."""
    method = OFFERED[0]
    bar = rx.el.div(
        rx.el.div(rx.el.span(TEXTS.to_pay, class_name="fs13 mut"), amount(page.card.open, class_name="vd-amount b")),
        rx.el.button(
            METHODS.pay_with.format(method=METHODS.names[method.value]),
            type="button",
            on_click=pay(method.value),
            disabled=busy != "",
            class_name="vd-btn solid lg",
        ),
        class_name="vd-thumb",
    )
    return rx.cond(page.panel == "methods", bar)


def _methods(page: rx.vars.ObjectVar[Page], *, pay: Any, busy: Any, sorry: Any, days: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.h2(METHODS.region, id="methods-title", class_name="sr"),
        problem(sorry),
        group(METHODS.by_hand, method_buttons(pay, busy)),
        group(
            METHODS.automatic,
            mandate_button(page),
            explained(SHOWN.help.mandate),
            rx.cond(page.panel == "methods", days),
        ),
        rx.cond(page.transfer.iban != "", group(METHODS.transfer, _transfer(page))),
        class_name="vd-card methods",
        custom_attrs={"aria-labelledby": "methods-title"},
    )


def _transfer(page: rx.vars.ObjectVar[Page]) -> rx.Component:
    transfer = page.transfer
    return rx.fragment(
        rx.el.div(
            rx.el.dl(
                _copied(METHODS.iban, transfer.iban),
                _copied(METHODS.reference, transfer.reference),
                _copied(METHODS.holder, transfer.holder),
                class_name="vd-kv",
            ),
            rx.el.figure(
                rx.el.div(
                    rx.html(transfer.qr), class_name="vd-qr", role="img", custom_attrs={"aria-label": METHODS.qr}
                ),
                rx.el.figcaption(METHODS.scan),
            ),
            class_name="vd-xfer",
        ),
        rx.el.p(transfer.hint, class_name="fs13 mut3 vd-hint"),
    )


def _copied(label: str, value: Any) -> rx.Component:
    return rx.el.div(
        rx.el.dt(label),
        rx.el.dd(
            value,
            rx.el.button(
                icon("copy"),
                type="button",
                on_click=[rx.set_clipboard(value), say(SHOWN.shell.copied.format(what=label))],
                class_name="vd-copy",
                custom_attrs={"aria-label": METHODS.copy.format(what=label)},
            ),
        ),
    )


def _pending(page: rx.vars.ObjectVar[Page], insist: Any) -> rx.Component:
    started, now, expected = TEXTS.pending_steps
    return rx.el.section(
        rx.el.h2(page.pending.title),
        rx.el.ol(
            step("s-paid", "check", started, ""),
            step("s-pending", "way", TEXTS.now, now),
            step("s-plain", "clock", page.pending.expected_on, expected, class_name="next"),
            class_name="vd-hist",
        ),
        explained(SHOWN.help.under_way),
        rx.cond(page.may_pay, pay_anyway(insist, TEXTS.pay_anyway_text)),
        class_name="vd-card methods",
    )


def _insisting(methods: rx.Component, sure: str) -> rx.Component:
    return rx.fragment(note(sure, tone="s-pending", icon_name="info", role="status"), methods)


def _paid(page: rx.vars.ObjectVar[Page]) -> rx.Component:
    facts = page.facts
    return rx.el.section(
        rx.el.h2(TEXTS.payment),
        rx.cond(
            facts.method != "",
            rx.el.dl(
                _fact(TEXTS.paid_with, facts.method),
                _fact(TEXTS.paid_by, facts.paid_by),
                _fact(TEXTS.paid_at, facts.at),
                _fact(TEXTS.payment_reference, facts.reference),
                class_name="vd-kv roomy",
            ),
            rx.el.p(TEXTS.settled, class_name="fs14"),
        ),
        file_link(icon("down", size="s"), TEXTS.download_paid, to=page.download_url, class_name="vd-btn soft full"),
        class_name="vd-card methods",
    )


def _fact(label: str, value: Any) -> rx.Component:
    return rx.cond(value != "", rx.el.div(rx.el.dt(label), rx.el.dd(value)))


def _look_only() -> rx.Component:
    return _said(rx.fragment(rx.el.strong(TEXTS.look_only), " ", TEXTS.look_only_text), "lock")


def _said(sentence: Any, icon_name: str) -> rx.Component:
    return rx.el.section(note(sentence, tone="info", icon_name=icon_name), class_name="vd-card methods")
