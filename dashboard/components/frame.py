"""What stands round the content of every page, and the one way to register a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import reflex as rx

from dashboard.brand import NAME
from dashboard.brand import title as brand_title
from dashboard.components.basics import icon, link, note, problem, sr
from dashboard.components.offline import offline_note
from dashboard.components.shown import SHOWN, spoken
from dashboard.components.stage_bar import stage_bar
from dashboard.components.topbar import plain_bar, top_bar
from dashboard.session import BROKEN, DENIED, GONE, LOCKED, MISSING, MOVED, SessionState
from dashboard.texts.words import Stop

# Where the demo is shown from.
STAGE = "/demo"

Content = Callable[[], rx.Component]


def page(*, route: str, title: Any, on_load: Any) -> Callable[[Content], Content]:
    """Register the content of a page for people who are logged in. Its `on_load` calls `session.enter`."""

    def register(content: Content) -> Content:
        # Reflex puts the parts of a page into the script that is named by its module: that of the content, so that each
        # page has its own, and not that of this frame, so that each page would bring all others along.
        @wraps(content)
        def framed() -> rx.Component:
            again = rx.window_event_listener(on_focus=SessionState.look_again)
            # The page about the demo itself has all of it, and larger.
            stage = rx.fragment() if route == STAGE else stage_bar()
            bars = rx.fragment(again, top_bar(), stage, _looking())
            body = rx.fragment(_announcement(), _guarded(route, content))
            return _whole(bars, body, _footer(SessionState.shell.seller))

        rx.page(route=route, title=brand_title(title), on_load=on_load)(framed)
        return content

    return register


def open_page(*, route: str, title: Any, on_load: Any, seller: Any) -> Callable[[Content], Content]:
    """Register a page that needs no log-in."""

    def register(content: Content) -> Content:
        @wraps(content)
        def framed() -> rx.Component:
            return _whole(
                plain_bar(seller),
                rx.cond(rx.State.is_hydrated, content(), _skeleton(class_name="vd-loading")),
                _footer(seller),
            )

        rx.page(route=route, title=brand_title(title), on_load=on_load)(framed)
        return content

    return register


def crumbs(*path: tuple[str, str], here: Any) -> rx.Component:
    """Where this page stands. path: addresses and names of the pages above it, below the dashboard."""
    steps: list[rx.Component] = []
    for address, name in (("/", SHOWN.shell.dashboard), *path):
        steps += [link(name, to=address), icon("right", size="s")]
    return rx.el.nav(
        *steps,
        rx.el.span(here, custom_attrs={"aria-current": "page"}),
        class_name="vd-crumbs",
        custom_attrs={"aria-label": SHOWN.shell.crumbs},
    )


def stop_card(stop: Stop, action: rx.Component) -> rx.Component:
    """Why the content is not there, and the way on."""
    return rx.el.section(
        rx.el.div(
            rx.el.span(icon("info"), class_name="vd-tile s-open"),
            rx.el.h1(stop.title),
            rx.el.p(stop.text),
            action,
            class_name="vd-empty",
        ),
        class_name="vd-card",
        custom_attrs={"role": "status"},
    )


def _whole(bar: rx.Component, content: rx.Component, footer: rx.Component) -> rx.Component:
    return spoken(
        rx.el.a(SHOWN.shell.skip, href="#inhoud", class_name="vd-skip"),
        bar,
        offline_note(),
        rx.el.main(content, id="inhoud", class_name="vd-wrap", tab_index=-1),
        footer,
        class_name="vd-app",
    )


def _announcement() -> rx.Component:
    """What the last event came to, where the page itself has no place to say it."""
    return rx.fragment(
        rx.cond(
            SessionState.news != "",
            rx.el.div(note(SessionState.news, tone="s-paid", icon_name="okc", role="status"), class_name="vd-said"),
        ),
        rx.cond(SessionState.trouble != "", rx.el.div(problem(SessionState.trouble), class_name="vd-said")),
    )


def _looking() -> rx.Component:
    bar = rx.el.div(
        rx.el.div(
            icon("eye"),
            rx.el.p(SessionState.shell.looking, role="status"),
            rx.el.button(
                SHOWN.users.stop, type="button", on_click=SessionState.stop_looking, class_name="vd-btn line sm push"
            ),
            class_name="vd-wrap",
        ),
        class_name="vd-looking",
        role="region",
        custom_attrs={"aria-label": SHOWN.users.looking_bar},
    )
    return rx.cond(SessionState.shell.looking != "", bar)


def _guarded(route: str, content: Content) -> rx.Component:
    denied = SHOWN.denied_staff if route.startswith(("/staff", STAGE)) else SHOWN.denied
    return rx.cond(
        # Until a page has loaded, the browser still holds what it showed before, perhaps of somebody else.
        rx.State.is_hydrated & (SessionState.screen == route),
        rx.match(
            SessionState.verdict,
            (DENIED, stop_card(denied, _button(denied, "/"))),
            (LOCKED, stop_card(SHOWN.locked, _button(SHOWN.locked, "/account/security"))),
            (GONE, stop_card(SHOWN.gone, _reload_button(SHOWN.gone, "/login"))),
            (MOVED, stop_card(SHOWN.moved, _reload_button(SHOWN.moved, ""))),
            (MISSING, stop_card(SHOWN.missing, _button(SHOWN.missing, "/invoices"))),
            (BROKEN, stop_card(SHOWN.broken, _reload_button(SHOWN.broken, ""))),
            content(),
        ),
        _skeleton(class_name="vd-loading staff" if route.startswith("/staff") else "vd-loading"),
    )


def _button(stop: Stop, to: str) -> rx.Component:
    return link(stop.link, to=to, class_name="vd-btn soft")


def _reload_button(stop: Stop, href: str) -> rx.Component:
    # A full page load: the browser's socket must be opened anew, with the cookie of now.
    return rx.el.a(stop.link, href=href, class_name="vd-btn soft")


def _skeleton(*, class_name: str) -> rx.Component:
    widths = ("38%", "72%", "64%", "80%", "56%")
    return rx.el.div(
        sr(SHOWN.shell.loading),
        rx.el.span(class_name="vd-sk tall", width="14rem"),
        rx.el.div(
            *[rx.el.span(class_name="vd-sk", width=width) for width in widths], class_name="vd-card p vd-skeleton"
        ),
        class_name=class_name,
        custom_attrs={"aria-busy": "true"},
    )


def _footer(seller: Any) -> rx.Component:
    return rx.el.footer(
        rx.el.div(rx.el.span(seller), rx.el.span(NAME), class_name="vd-wrap"),
        class_name="vd-foot",
    )
