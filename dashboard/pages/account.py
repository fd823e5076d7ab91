"""The profile: who somebody is, what this person is mailed about, and which accounts there are."""

from typing import Any

import reflex as rx

from dashboard.components.account_nav import account_frame
from dashboard.components.account_parts import card, told, told_field
from dashboard.components.basics import icon, note
from dashboard.components.frame import page
from dashboard.components.history import entry
from dashboard.components.proof import proof_dialog
from dashboard.components.shown import SHOWN
from dashboard.pages.account_state import ROUTE, ProfileState
from dashboard.rows.account import Place, Topic

PROFILE: Any = ProfileState.profile
TROUBLE: Any = ProfileState.trouble
STATE: Any = ProfileState
TEXTS = SHOWN.account
WORDS = TEXTS.profile


@page(route=ROUTE, title=TEXTS.nav.profile, on_load=ProfileState.load)
def account() -> rx.Component:
    """The content of the page."""
    return account_frame(
        ROUTE,
        _person(),
        _mails(),
        _accounts(),
        _own_acts(),
        proof_dialog(STATE),
        title=TEXTS.nav.profile,
        lede=WORDS.lede,
    )  # fmt: skip


def _person() -> rx.Component:
    name = rx.el.form(
        told_field("name", WORDS.name, hint=WORDS.name_hint, trouble=TROUBLE, default_value=PROFILE.name,
              max_length=80, auto_complete="name", required=True),
        rx.el.button(WORDS.save, type="submit", class_name="vd-btn line"),
        on_submit=ProfileState.rename,
        key=PROFILE.name,
        class_name="vd-line",
    )  # fmt: skip
    return card(WORDS.person, name, told(STATE, "person"), rx.el.div(_email(), class_name="vd-own under"), key="person")


def _email() -> rx.Component:
    current = rx.el.div(
        rx.el.div(
            rx.el.div(WORDS.email, class_name="vd-legend", id="email-label"),
            rx.el.div(PROFILE.email, class_name="value"),
            rx.el.p(WORDS.email_hint, class_name="fs13 mut3"),
        ),
        rx.cond(
            ProfileState.changes_email,
            rx.fragment(),
            rx.el.button(
                WORDS.change, type="button", on_click=ProfileState.change_email, class_name="vd-btn line",
                custom_attrs={"aria-describedby": "email-label"},
            ),
        ),
        class_name="vd-fact",
    )  # fmt: skip
    asked = note(PROFILE.asked, tone="s-pending", icon_name="mail", role="status")
    return rx.fragment(current, rx.cond(PROFILE.asked != "", asked), rx.cond(ProfileState.changes_email, _email_form()))


def _email_form() -> rx.Component:
    return rx.el.form(
        told_field("email", WORDS.new_email, hint=WORDS.new_email_hint, trouble=TROUBLE, type="email",
              auto_complete="email", max_length=254, required=True, auto_focus=True),
        rx.el.div(
            rx.el.button(WORDS.send, type="submit", class_name="vd-btn solid"),
            rx.el.button(WORDS.cancel, type="button", on_click=ProfileState.change_email, class_name="vd-btn line"),
            class_name="row wrap",
        ),
        on_submit=ProfileState.ask_email,
        no_validate=True,
        class_name="vd-sub",
    )  # fmt: skip


def _mails() -> rx.Component:
    topics: Any = PROFILE.topics
    none = rx.el.p(WORDS.no_mails, class_name="fs14 mut")
    return card(
        WORDS.mails,
        rx.cond(topics.length() > 0, rx.el.div(rx.foreach(topics, _topic), class_name="vd-entries"), none),
        told(STATE, "mails"),
        key="mails",
        lede=PROFILE.mails_lede,
    )


def _topic(topic: rx.vars.ObjectVar[Topic]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox", checked=topic.chosen, on_change=lambda _: STATE.choose(topic.id), class_name="vd-check"
        ),
        rx.el.span(rx.el.span(topic.name, class_name="what"), rx.el.small(topic.text)),
        class_name="vd-choice",
        key=topic.id,
    )


def _accounts() -> rx.Component:
    places: Any = PROFILE.places
    none = rx.el.p(WORDS.no_accounts, class_name="fs14 mut")
    return card(
        WORDS.accounts,
        rx.cond(places.length() > 0, rx.el.ul(rx.foreach(places, _place), class_name="vd-entries"), none),
        key="accounts",
        lede=WORDS.accounts_lede,
    )


def _place(place: rx.vars.ObjectVar[Place]) -> rx.Component:
    here = rx.el.span(icon("check"), rx.el.span(WORDS.on_screen), class_name="vd-badge s-plain")
    return rx.el.li(
        rx.el.div(
            rx.el.div(place.account, class_name="what"),
            rx.el.div(place.role, rx.cond(place.until != "", f", {place.until}", ""), class_name="fs13 mut3"),
        ),
        rx.cond(place.on_screen, here),
        class_name="vd-item",
    )


def _own_acts() -> rx.Component:
    lines: Any = ProfileState.log.lines
    acts = rx.el.ol(rx.foreach(lines, entry), class_name="vd-hist")
    return rx.cond(lines.length() > 0, card(WORDS.own_acts, acts, key="acts", lede=WORDS.own_acts_lede))
