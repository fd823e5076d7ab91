"""The table of members and invitations; a card for each on a small screen."""

from typing import Any

import reflex as rx

from dashboard.components.basics import icon, sr
from dashboard.components.shown import SHOWN
from dashboard.pages.users_state import UsersState
from dashboard.rows.users import Mark, Person

TEXTS = SHOWN.users.people
STATE: Any = UsersState


def users_table(people: Any) -> rx.Component:
    """Everybody with what they may do, and what can be done about it."""
    marks = [_head(label, class_name="c") for label in TEXTS.marks]
    heads = [_head(TEXTS.user), _head(TEXTS.role), *marks, _head(sr(TEXTS.actions))]
    return rx.el.section(
        rx.el.table(
            rx.el.thead(rx.el.tr(*heads, role="row"), role="rowgroup"),
            rx.el.tbody(rx.foreach(people, _row), role="rowgroup"),
            class_name="vd-table us",
            role="table",
            custom_attrs={"aria-label": TEXTS.table},
        ),
        class_name="vd-card vd-clip",
    )


def _row(person: rx.vars.ObjectVar[Person]) -> rx.Component:
    marks: Any = person.marks
    return rx.el.tr(
        _cell(_who(person), class_name="who"),
        _cell(person.role, _line(person.until), _line(person.steps), class_name="ro"),
        rx.foreach(marks, _mark),
        _cell(rx.cond(person.can_look, _look(person)), rx.cond(_has_menu(person), _menu(person)), class_name="r ac"),
        role="row",
        key=person.key,
    )


def _who(person: rx.vars.ObjectVar[Person]) -> rx.Component:
    avatar = rx.cond(person.is_invited, "vd-avatar l dash", "vd-avatar l")
    you = rx.cond(person.is_you, rx.el.span(" (", TEXTS.you, ")", class_name="mut3"))
    return rx.el.div(
        rx.el.span(person.initials, class_name=avatar, custom_attrs={"aria-hidden": "true"}),
        rx.el.div(
            rx.el.span(person.name, class_name="no"), you, rx.el.span(person.email, class_name="sub"),
            _line(person.state),
        ),
        class_name="row",
    )  # fmt: skip


def _line(line: Any) -> rx.Component:
    return rx.cond(line.text != "", rx.el.span(line.text, class_name=f"sub {line.tone}"))


def _mark(mark: rx.vars.ObjectVar[Mark]) -> rx.Component:
    shown = rx.el.span(icon(mark.icon, size="s"), sr(mark.text), class_name=mark.tone, title=mark.text)
    return rx.el.td(shown, class_name="c", role="cell", custom_attrs={"data-c": mark.label}, key=mark.label)


def _look(person: rx.vars.ObjectVar[Person]) -> rx.Component:
    return rx.el.button(
        icon("eye", size="s"), TEXTS.look, type="button", on_click=STATE.look_as(person.key),
        class_name="vd-btn line sm", custom_attrs={"aria-label": person.look_name},
    )  # fmt: skip


def _has_menu(person: rx.vars.ObjectVar[Person]) -> Any:
    return person.is_invited | person.can_change


def _menu(person: rx.vars.ObjectVar[Person]) -> rx.Component:
    key: Any = person.key
    menu = f"menu-{key}"
    of_member = rx.fragment(
        _choice("user", TEXTS.change, STATE.open_form(key), menu),
        _choice("repeat", person.hand_over, STATE.open_hand_over(key), menu),
        rx.cond(person.can_remove, _choice("x", TEXTS.remove, STATE.ask(key), menu, class_name="late")),
    )
    of_invitation = rx.fragment(
        _choice("send", TEXTS.resend, STATE.resend(key), menu),
        _choice("x", TEXTS.withdraw, STATE.ask(key), menu, class_name="late"),
    )
    return rx.fragment(
        rx.el.button(
            icon("dots", size="s"), type="button", class_name="vd-ghost",
            custom_attrs={"popoverTarget": menu, "aria-label": person.more_name},
        ),
        rx.el.div(
            rx.cond(person.is_invited, of_invitation, of_member),
            id=menu, class_name="vd-menu row-menu",
            custom_attrs={"popover": "auto", "role": "group", "aria-label": person.menu_name},
        ),
    )  # fmt: skip


def _choice(icon_name: str, label: Any, event: Any, menu: Any, *, class_name: str = "") -> rx.Component:
    return rx.el.button(
        icon(icon_name, size="s"), rx.el.span(label), type="button", on_click=event, class_name=class_name,
        custom_attrs={"popoverTarget": menu, "popoverTargetAction": "hide"},
    )  # fmt: skip


def _head(label: Any, class_name: str = "") -> rx.Component:
    return rx.el.th(label, class_name=class_name, role="columnheader", scope="col")


def _cell(*children: Any, class_name: str) -> rx.Component:
    return rx.el.td(*children, class_name=class_name, role="cell")
