"""The credits of an account: the balance, and every row that made it."""

from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.access import Permission
from billing.credits import queries
from dashboard import run
from dashboard.components.basics import amount, heading, icon, link, sr
from dashboard.components.frame import crumbs, page
from dashboard.rows.credits import Move, Statement, statement
from dashboard.session import Visit, enter, refresh
from dashboard.texts.nl import NL

ROUTE = "/credits"
TEXTS = NL.credits


class CreditsState(rx.State):
    """What the page of credits shows."""

    statement: Statement = Statement()

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page."""
        return await enter(self, ROUTE, needs=Permission.CREDITS_VIEW)

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        self.statement = statement(await run.ask(queries.statement, visit.actor, visit.account_id))


@page(route=ROUTE, title=TEXTS.title, on_load=CreditsState.load)
def credits() -> rx.Component:
    """The content of the page."""
    return rx.fragment(
        rx.el.div(rx.el.div(crumbs(here=TEXTS.title), heading(TEXTS.title, lede=TEXTS.lede)), class_name="vd-head"),
        rx.el.div(_balance(), _ledger(), class_name="vd-credits"),
    )


def _balance() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(TEXTS.balance, class_name="fs14 mut"),
            rx.el.span(icon("coins"), class_name="vd-tile s-credit"),
            class_name="row between",
        ),
        amount(CreditsState.statement.balance, class_name="vd-hero xl"),
        rx.el.p(TEXTS.explained, class_name="fs13 mut3"),
        class_name="vd-card p",
    )


def _ledger() -> rx.Component:
    moves: Any = CreditsState.statement.moves
    heads = rx.el.tr(
        rx.el.th(TEXTS.date, role="columnheader", scope="col"),
        rx.el.th(TEXTS.what, role="columnheader", scope="col"),
        rx.el.th(TEXTS.credits, role="columnheader", scope="col", class_name="r"),
        rx.el.th(TEXTS.balance, role="columnheader", scope="col", class_name="r"),
        role="row",
    )
    table = rx.el.table(
        rx.el.thead(heads, role="rowgroup"),
        rx.el.tbody(rx.foreach(moves, _move), role="rowgroup"),
        class_name="vd-table ledger",
        role="table",
    )
    nothing = rx.el.div(rx.el.h3(TEXTS.none), rx.el.p(TEXTS.none_text), class_name="vd-empty tight")
    return rx.el.section(
        rx.el.header(rx.el.h2(TEXTS.rows, id="ledger-title")),
        rx.cond(moves.length() > 0, table, nothing),
        class_name="vd-card vd-clip",
        custom_attrs={"aria-labelledby": "ledger-title"},
    )


def _move(move: rx.vars.ObjectVar[Move]) -> rx.Component:
    title = rx.cond(
        move.url != "", rx.fragment(link(move.title, to=move.url), " ", move.after), rx.fragment(move.title)
    )
    pill = rx.el.span(
        icon(move.icon), rx.el.span(sr(move.direction, " "), move.amount, class_name="num"),
        class_name=f"vd-badge {move.tone}",
    )  # fmt: skip
    return rx.el.tr(
        rx.el.td(move.on, class_name="nw mut", role="cell"),
        rx.el.td(rx.el.span(title, class_name="what"), rx.el.span(move.why, class_name="sub"), role="cell"),
        rx.el.td(pill, class_name="r", role="cell"),
        rx.el.td(amount(move.balance), class_name="r", role="cell"),
        role="row",
    )
