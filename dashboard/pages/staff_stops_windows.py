"""The windows over the page of stop orders: a question before something is done, and what a stop would be judged by."""

from typing import Any

import reflex as rx

from dashboard.components.account_parts import told
from dashboard.components.dialogs import dialog
from dashboard.components.lamps import lamp_list
from dashboard.components.shown import SHOWN
from dashboard.pages.staff_stops_acts import ASKED, LISTED
from dashboard.pages.staff_stops_state import StaffStopsState
from dashboard.rows.stops import StoppableRow
from dashboard.rows.stops_ask import Option

TEXTS = SHOWN.staff.stops
STATE: Any = StaffStopsState
ASK: Any = StaffStopsState.asked
LOOK: Any = StaffStopsState.shown
FORM = "stops-form"


def ask_window() -> rx.Component:
    """What is about to be done, with what has to be filled in for it."""
    cancel = rx.el.button(
        TEXTS.cancel, type="button", on_click=StaffStopsState.close, class_name="vd-btn line",
        custom_attrs={"data-first": ""},
    )  # fmt: skip
    submit = rx.el.button(
        ASK.submit, type="submit", form=FORM, class_name=rx.cond(ASK.is_grave, "vd-btn danger", "vd-btn solid")
    )
    window = dialog(
        told(StaffStopsState, ASKED), rx.el.p(ASK.text), _form(), name="stops-ask", title=ASK.title, narrow=True,
        footer=[cancel, submit], close=StaffStopsState.close,
    )  # fmt: skip
    return rx.cond(ASK.kind != "", window)


def look_window() -> rx.Component:
    """All preconditions of a customer as they are now, and the services."""
    texts = TEXTS.candidates
    window = dialog(
        told(StaffStopsState, LISTED),
        rx.el.p(LOOK.numbers, class_name="fs14 mut"),
        lamp_list(LOOK.lamps, label=TEXTS.orders.lamps_of),
        rx.el.div(
            rx.el.h3(texts.services),
            rx.cond(
                LOOK.services.length() > 0,
                rx.el.ul(rx.foreach(LOOK.services, _service), class_name="vd-ticks"),
                rx.el.p(texts.no_services, class_name="fs14 mut"),
            ),
            rx.cond(~LOOK.is_green, rx.el.p(texts.not_yet, class_name="fs13 mut3")),
            class_name="stack t",
        ),
        name="stops-look",
        title=LOOK.title,
        lede=LOOK.overdue,
        footer=[
            rx.el.button(
                texts.close, type="button", on_click=StaffStopsState.close, class_name="vd-btn line",
                custom_attrs={"data-first": ""},
            )
        ],
        close=StaffStopsState.close,
    )  # fmt: skip
    return rx.cond(LOOK.title != "", window)


def _form() -> rx.Component:
    choices = rx.el.fieldset(
        rx.el.legend(ASK.asked, class_name="vd-legend"),
        rx.el.div(rx.foreach(ASK.options, _option), class_name="vd-radios"),
    )
    day = rx.el.div(
        rx.el.label(TEXTS.cases.until, html_for="stops-until"),
        rx.el.input(id="stops-until", name="until", type="date", class_name="vd-input",
                    custom_attrs={"aria-describedby": "stops-until-hint"}),
        rx.el.p(TEXTS.cases.until_hint, id="stops-until-hint", class_name="hint"),
        class_name="vd-field",
    )  # fmt: skip
    note = rx.el.div(
        rx.el.label(ASK.note, " ", rx.el.span(TEXTS.tasks.optional, class_name="vd-optional"), html_for="stops-note"),
        rx.el.input(id="stops-note", name="note", type="text", max_length=500, class_name="vd-input"),
        class_name="vd-field",
    )
    return rx.el.form(
        rx.cond(ASK.options.length() > 0, choices),
        rx.cond(ASK.has_day, day),
        rx.cond(ASK.note != "", note),
        on_submit=StaffStopsState.confirm,
        id=FORM,
        class_name="vd-form",
    )


def _option(option: rx.vars.ObjectVar[Option]) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="option", value=option.value, required=True, class_name="vd-check"),
        rx.el.span(option.label),
        class_name="vd-right",
        key=option.value,
    )


def _service(service: rx.vars.ObjectVar[StoppableRow]) -> rx.Component:
    texts = TEXTS.candidates
    button = rx.el.button(
        texts.propose, type="button", on_click=STATE.propose(service.id), disabled=~LOOK.is_green,
        class_name="vd-btn soft sm", custom_attrs={"aria-label": service.propose_name},
    )  # fmt: skip
    return rx.el.li(
        rx.el.div(
            rx.el.span(service.name, rx.el.small(service.label)),
            rx.cond(service.is_running, rx.el.span(texts.running, class_name="fs13 mut3"), button),
            class_name="row between",
        ),
        key=service.id,
    )
