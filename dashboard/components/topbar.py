"""The bar on top of every page."""

from typing import Any

import reflex as rx

from dashboard.brand import NAME
from dashboard.components.basics import NativeForm, icon, link
from dashboard.components.shown import SHOWN
from dashboard.language import LanguageState
from dashboard.rows.shell import AccountChoice
from dashboard.session import SessionState

SHELL: Any = SessionState.shell
CHOOSE: Any = SessionState.choose_account
SPEAK: Any = LanguageState.choose
TEXTS = SHOWN.shell


def top_bar() -> rx.Component:
    """Brand, account, open invoices, light or dark, and the person's own menu."""
    return rx.el.header(
        rx.el.div(
            brand(to="/"),
            rx.cond(SHELL.staff_parts.length() > 0, _staff()),
            rx.cond(SHELL.presents, _presenter()),
            rx.cond(SHELL.account != "", _account()),
            rx.el.span(class_name="push"),
            rx.cond(SHELL.account != "", _invoices()),
            # On a phone it is in the menu of the person, if there is one.
            language_button(class_name=rx.cond(SHELL.name != "", "vd-ghost hide-s", "vd-ghost")),
            theme_button(),
            rx.cond(SHELL.name != "", _user_menu()),
            class_name="vd-wrap",
        ),
        class_name="vd-top",
    )


def plain_bar(seller: Any) -> rx.Component:
    """The bar of pages without a log-in."""
    return rx.el.header(
        rx.el.div(
            brand(to="/login"),
            rx.cond(seller != "", rx.el.span(class_name="vd-sep hide-s")),
            rx.el.span(seller, class_name="fs14 mut hide-s"),
            rx.el.span(class_name="push"),
            language_button(class_name="vd-ghost"),
            theme_button(),
            class_name="vd-wrap",
        ),
        class_name="vd-top",
    )


def brand(*, to: str) -> rx.Component:
    """The logo and the name."""
    return link(mark(), rx.el.span(NAME, class_name="vd-name hide-s"), to=to, class_name="vd-brand",
                custom_attrs={"aria-label": NAME + TEXTS.home})  # fmt: skip


def mark() -> rx.Component:
    """The logo; without one of the host a V that is a tick, inside the double edge of a stamp."""
    return rx.el.img(src="/brand/logo", alt="", class_name="vd-mark", width="30", height="30")


def inbox_link(*, class_name: str = "") -> rx.Component:
    """The way to what is open at all accounts of this person."""
    return link(icon("list", size="s"), SHOWN.inbox.link, to="/inbox", class_name=class_name)


def theme_button() -> rx.Component:
    """Switches between light and dark."""
    return rx.el.button(
        rx.color_mode_cond(icon("moon"), icon("sun")),
        type="button",
        on_click=rx.toggle_color_mode,
        class_name="vd-ghost",
        title=rx.color_mode_cond(TEXTS.dark, TEXTS.light),
        custom_attrs={"aria-label": rx.color_mode_cond(TEXTS.dark, TEXTS.light)},
    )


def language_button(*children: Any, class_name: Any = "") -> rx.Component:
    """Shows everything in the other language. children: before its short name."""
    return rx.el.button(
        *children,
        TEXTS.switch_language_short,
        type="button",
        on_click=SPEAK(TEXTS.other_language),
        class_name=class_name,
        lang=TEXTS.other_language,
        custom_attrs={"aria-label": TEXTS.switch_language},
    )


def _invoices() -> rx.Component:
    count = rx.el.span(SHELL.open_count, class_name="vd-count", custom_attrs={"aria-hidden": "true"})
    return link(
        icon("receipt"),
        rx.cond(SHELL.open_count != "", count),
        to="/invoices",
        class_name="vd-ghost",
        title=TEXTS.invoices,
        custom_attrs={"aria-label": SHELL.invoices_name},
    )


def _staff() -> rx.Component:
    """The way to the pages of the company's own people, and the sign that one of them is there."""
    return rx.fragment(
        rx.el.span(class_name="vd-sep hide-s"), link(SHOWN.staff.nav.label, to="/staff", class_name="vd-badge s-plain")
    )


def _presenter() -> rx.Component:
    """The way back to the stories of the demo."""
    return rx.fragment(
        rx.el.span(class_name="vd-sep hide-s"), link(SHOWN.demo.title, to="/demo", class_name="vd-badge s-plain")
    )


def _account() -> rx.Component:
    name = rx.el.span(SHELL.account, class_name="acc")
    return rx.fragment(
        rx.el.span(class_name="vd-sep hide-s"),
        rx.cond(SHELL.accounts.length() > 0, _switcher(name), rx.el.span(name, class_name="vd-ghost vd-still")),
    )


def _switcher(name: rx.Component) -> rx.Component:
    return rx.fragment(
        rx.el.button(
            name, icon("chev", size="s"), type="button", class_name="vd-ghost", id="account-button",
            custom_attrs={"popoverTarget": "account-menu", "aria-label": SHELL.switch_name},
        ),
        rx.el.div(
            rx.cond(SHELL.inbox, rx.el.div(inbox_link(), class_name="vd-menu-all")),
            rx.el.p(TEXTS.your_accounts, class_name="vd-menu-title", id="account-title"),
            rx.foreach(SHELL.accounts, _account_choice),
            id="account-menu", class_name="vd-menu left",
            custom_attrs={"popover": "auto", "role": "group", "aria-labelledby": "account-title"},
        ),
    )  # fmt: skip


def _account_choice(account: rx.vars.ObjectVar[AccountChoice]) -> rx.Component:
    return rx.el.button(
        rx.el.span(account.name),
        rx.cond(account.current == "true", icon("check", size="s")),
        type="button",
        on_click=CHOOSE(account.id),
        custom_attrs={
            "popoverTarget": "account-menu",
            "popoverTargetAction": "hide",
            "aria-current": account.current,
        },
    )


def _user_menu() -> rx.Component:
    return rx.fragment(
        rx.el.button(
            rx.el.span(SHELL.initials, class_name="vd-avatar", custom_attrs={"aria-hidden": "true"}),
            rx.el.span(SHELL.name, class_name="hide-s"),
            icon("chev", size="s"),
            type="button", class_name="vd-ghost", id="user-button",
            custom_attrs={"popoverTarget": "user-menu", "aria-label": SHELL.user_menu},
        ),
        rx.el.div(
            link(icon("user", size="s"), TEXTS.account, to="/account"),
            rx.el.div(language_button(icon("web", size="s")), class_name="only-s"),
            NativeForm.create(
                rx.el.button(icon("out", size="s"), TEXTS.log_out, type="submit"),
                action="/auth/logout", method="post",
            ),
            id="user-menu", class_name="vd-menu right",
            custom_attrs={"popover": "auto", "role": "group", "aria-labelledby": "user-button"},
        ),
    )  # fmt: skip
