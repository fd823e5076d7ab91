"""How the websites of an account are served: PHP version, https, and the folder that visitors see."""

from typing import Any

import reflex as rx

from dashboard.components.basics import heading, icon, note
from dashboard.components.frame import crumbs, page
from dashboard.components.settings import card, field_error, no_packages, package_field, page_problem, setting
from dashboard.components.shown import SHOWN
from dashboard.pages.website_state import ROUTE, WebsiteState
from dashboard.rows.hosting import Option, WebsiteCard

TEXTS = SHOWN.website
SAVE: Any = WebsiteState.save
TAKE_OVER: Any = WebsiteState.take_over


@page(route=ROUTE, title=TEXTS.title, on_load=WebsiteState.load)
def website() -> rx.Component:
    """The content of the page."""
    cards: Any = WebsiteState.cards
    return rx.fragment(
        rx.el.div(rx.el.div(crumbs(here=TEXTS.title), heading(TEXTS.title, lede=TEXTS.lede)), class_name="vd-head"),
        page_problem(WebsiteState.sorry),
        rx.el.div(rx.foreach(cards, _website), rx.cond(cards.length() == 0, no_packages()), class_name="stack"),
    )


def _website(site: rx.vars.ObjectVar[WebsiteCard]) -> rx.Component:
    save = rx.el.button(TEXTS.save, type="submit", class_name=f"vd-btn {site.button}", form=_id(site, "form"))
    return card(site.card, _newer(site), _form(site), icon_name="web", action=save)


def _newer(site: rx.vars.ObjectVar[WebsiteCard]) -> rx.Component:
    take_over = rx.el.button(
        TEXTS.take_over, type="button", on_click=TAKE_OVER(site.card.id), class_name="vd-btn line sm"
    )
    told = note(rx.el.p(site.newer), take_over, tone="s-pending", icon_name="info", role="status")
    return rx.cond(site.newer != "", rx.el.div(told, class_name="pad"))


def _form(site: rx.vars.ObjectVar[WebsiteCard]) -> rx.Component:
    return rx.el.form(
        package_field(site.card.id),
        setting(
            _id(site, "php"), TEXTS.php, TEXTS.php_text, _php(site),
            field_error(_id(site, "php"), site.php_version_error),
        ),
        setting(_id(site, "https"), TEXTS.https, TEXTS.https_text, _https(site)),
        setting(
            _id(site, "root"), TEXTS.web_root, TEXTS.web_root_text, _web_root(site),
            field_error(_id(site, "root"), site.web_root_error),
        ),
        on_submit=SAVE,
        id=_id(site, "form"),
        key=site.key,
        class_name="vd-sets",
        no_validate=True,
    )  # fmt: skip


def _php(site: rx.vars.ObjectVar[WebsiteCard]) -> rx.Component:
    return rx.el.div(
        rx.el.select(
            rx.foreach(site.php_versions, _option),
            default_value=site.php_version, id=_id(site, "php"), name="php_version", class_name="vd-input",
            custom_attrs=_described(site, "php", site.php_version_error),
        ),
        icon("chev", size="s"),
        class_name="vd-select",
    )  # fmt: skip


def _option(option: rx.vars.ObjectVar[Option]) -> rx.Component:
    return rx.el.option(option.label, value=option.value)


def _https(site: rx.vars.ObjectVar[WebsiteCard]) -> rx.Component:
    return rx.el.input(
        type="checkbox", role="switch", default_checked=site.force_https, id=_id(site, "https"), name="force_https",
        class_name="vd-toggle", custom_attrs={"aria-describedby": _id(site, "https-hint")},
    )  # fmt: skip


def _web_root(site: rx.vars.ObjectVar[WebsiteCard]) -> rx.Component:
    return rx.el.input(
        default_value=site.web_root, id=_id(site, "root"), name="web_root", auto_complete="off", spell_check=False,
        class_name=rx.cond(site.web_root_error != "", "vd-input mono err", "vd-input mono"),
        custom_attrs=_described(site, "root", site.web_root_error) | {"autoCapitalize": "none"},
    )  # fmt: skip


def _described(site: rx.vars.ObjectVar[WebsiteCard], name: str, error: Any) -> dict[str, Any]:
    return {
        "aria-describedby": f"{_id(site, name)}-error {_id(site, name)}-hint",
        "aria-invalid": rx.cond(error != "", "true", "false"),
    }


def _id(site: rx.vars.ObjectVar[WebsiteCard], name: str) -> Any:
    return f"{name}-{site.card.id}"
