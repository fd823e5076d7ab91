"""What to say when the connection is gone or the page itself fails."""

import reflex as rx
from reflex_base.vars.function import ArgsFunctionOperation
from reflex_components_core.base.error_boundary import ErrorBoundary
from reflex_components_core.core.banner import has_connection_errors

from dashboard.components.basics import icon, note
from dashboard.components.shown import SHOWN


def offline_note() -> rx.Component:
    """Shown while the browser can't reach us, or says itself that it is off line; it tries again by itself."""
    return rx.el.div(
        note(SHOWN.shell.offline, tone="s-pending", icon_name="clock", role="status"),
        class_name=rx.cond(has_connection_errors, "vd-wrap vd-noline now", "vd-wrap vd-noline"),
    )


def error_boundary() -> rx.Component:
    """Stands in for a page that could not be drawn."""
    apology = rx.el.main(
        rx.el.div(
            rx.el.span(icon("info"), class_name="vd-tile s-open"),
            rx.el.h1(SHOWN.shell.broken_title),
            rx.el.p(SHOWN.shell.broken),
            rx.el.a(SHOWN.shell.reload, href="", class_name="vd-btn soft"),
            class_name="vd-empty",
        ),
        class_name="vd-wrap",
    )
    return ErrorBoundary.create(fallback_render=ArgsFunctionOperation.create(("event_args",), rx.Var.create(apology)))
