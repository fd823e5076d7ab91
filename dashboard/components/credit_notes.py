"""Credit notes, each with a link to its PDF."""

from typing import Any

import reflex as rx

from dashboard.components.basics import file_link, icon, link
from dashboard.components.shown import SHOWN
from dashboard.components.table import cell, head, table
from dashboard.rows.notes import Note

TEXTS = SHOWN.credits.notes


def note_table(notes: Any) -> rx.Component:
    """All credit notes of an account."""
    heads = [head(TEXTS.number), head(TEXTS.date), head(TEXTS.invoice), head(TEXTS.what),
             head(TEXTS.amount, class_name="r")]  # fmt: skip
    return rx.el.section(
        rx.el.header(rx.el.h2(TEXTS.title, id="notes-title")),
        rx.cond(
            notes.length() > 0,
            table(heads, rx.foreach(notes, _row), class_name="vd-table notes"),
            rx.el.p(TEXTS.none, class_name="pad mut"),
        ),
        class_name="vd-card vd-clip",
        custom_attrs={"aria-labelledby": "notes-title"},
    )


def notes_of_invoice(notes: Any) -> rx.Component:
    """The credit notes of one invoice; nothing when there are none."""
    return rx.cond(
        notes.length() > 0,
        rx.el.section(
            rx.el.h2(TEXTS.title, class_name="fs14"),
            rx.el.ul(rx.foreach(notes, _item), class_name="vd-notes"),
            class_name="vd-card p",
            custom_attrs={"aria-label": TEXTS.region},
        ),
    )


def _row(note: rx.vars.ObjectVar[Note]) -> rx.Component:
    return rx.el.tr(
        cell(_file(note), rx.el.span(note.reason, class_name="sub"), _einvoice(note)),
        cell(note.issued_on, class_name="nw"),
        cell(link(note.invoice, to=note.invoice_url, custom_attrs={"aria-label": note.invoice_name}),
             label=TEXTS.invoice),
        cell(note.what),
        cell(note.amount, class_name="r nw"),
        role="row",
        key=note.number,
    )  # fmt: skip


def _item(note: rx.vars.ObjectVar[Note]) -> rx.Component:
    return rx.el.li(
        rx.el.div(_file(note), rx.el.span(note.amount, class_name="num"), class_name="row between"),
        rx.el.div(note.issued_on, ", ", note.what, class_name="fs13 mut"),
        _einvoice(note),
        key=note.number,
    )


def _file(note: rx.vars.ObjectVar[Note]) -> rx.Component:
    return file_link(
        icon("note", size="s"), rx.el.span(note.number), to=note.file_url, class_name="no row",
        custom_attrs={"aria-label": note.name},
    )  # fmt: skip


def _einvoice(note: rx.vars.ObjectVar[Note]) -> rx.Component:
    return rx.el.div(
        file_link(TEXTS.einvoice, to=note.xml_url, custom_attrs={"aria-label": note.xml_name}), class_name="fs13"
    )
