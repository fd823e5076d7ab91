"""The invoice as it is printed."""

from typing import Any

import reflex as rx

from dashboard.components.basics import stamp, sums
from dashboard.components.shown import SHOWN
from dashboard.rows.paper import Line, Paper

TEXTS = SHOWN.paper


def sheet(paper: rx.vars.ObjectVar[Paper], *, just_paid: Any) -> rx.Component:
    """The sheet of paper; the only thing that is printed. just_paid: the stamp comes down as one looks."""
    return rx.el.div(
        rx.el.article(
            _letterhead(paper),
            _facts(paper),
            _lines(paper),
            _totals(paper, just_paid),
            rx.el.div(rx.el.span(paper.foot), class_name="foot"),
            class_name="vd-paper vd-daylight",
            custom_attrs={"aria-label": paper.name},
        ),
        class_name="vd-sheet",
    )


def _letterhead(paper: rx.vars.ObjectVar[Paper]) -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.div(TEXTS.invoice, class_name="kind"), rx.el.h2(paper.number)),
        rx.el.div(
            rx.el.strong(paper.seller),
            rx.foreach(paper.seller_facts, lambda fact: rx.el.div(fact)),
            class_name="seller",
        ),
        class_name="lh",
    )


def _facts(paper: rx.vars.ObjectVar[Paper]) -> rx.Component:
    return rx.el.dl(
        rx.el.div(
            rx.el.dt(TEXTS.to),
            rx.el.dd(paper.buyer, rx.foreach(paper.buyer_facts, lambda fact: rx.el.div(fact, class_name="plain"))),
        ),
        _fact(TEXTS.issued_on, paper.issued_on),
        _fact(TEXTS.due_on, paper.due_on),
        _fact(TEXTS.reference, paper.reference),
        class_name="meta",
    )


def _fact(label: str, value: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(label), rx.el.dd(value))


def _lines(paper: rx.vars.ObjectVar[Paper]) -> rx.Component:
    right = [rx.el.th(name, class_name="r", scope="col")
             for name in (TEXTS.quantity, TEXTS.price, TEXTS.vat, TEXTS.amount)]  # fmt: skip
    return rx.el.table(
        rx.el.thead(rx.el.tr(rx.el.th(TEXTS.description, scope="col"), *right)),
        rx.el.tbody(rx.foreach(paper.lines, _line)),
        class_name="vd-lines",
    )


def _line(line: rx.vars.ObjectVar[Line]) -> rx.Component:
    return rx.el.tr(
        rx.el.td(
            rx.el.div(line.description, class_name="d"),
            rx.cond(line.detail != "", rx.el.div(line.detail, class_name="sub")),
            rx.el.div(line.compact, class_name="sub ph"),
        ),
        rx.el.td(line.quantity, class_name="r"),
        rx.el.td(line.price, class_name="r"),
        rx.el.td(line.vat, class_name="r"),
        rx.el.td(line.amount, class_name="r"),
    )


def _totals(paper: rx.vars.ObjectVar[Paper], just_paid: Any) -> rx.Component:
    settled = rx.el.div(stamp(TEXTS.stamp, on=paper.stamp), class_name=rx.cond(just_paid, "stamped lands", "stamped"))
    notes = rx.el.div(rx.foreach(paper.notes, lambda sentence: rx.el.p(sentence)), class_name="notes")
    legend = rx.cond(paper.legend != "", rx.el.p(paper.legend, class_name="notes"))
    return rx.el.div(
        rx.el.div(rx.cond(paper.stamp != "", settled, notes), legend, class_name="stack t"),
        rx.el.div(
            sums(paper.sums),
            rx.el.div(rx.el.span(TEXTS.open), rx.el.span(paper.open, class_name="vd-rule2"), class_name="due"),
        ),
        class_name="tot",
    )
