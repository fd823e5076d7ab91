"""The Reflex app. Pages register themselves when they are imported."""

import reflex as rx

from dashboard import guard, live
from dashboard.components.offline import error_boundary
from dashboard.components.toasts import toaster
from dashboard.pages import credits, invoice, invoices, login, not_found, overview, pay_link, pay_return, products, soon
from dashboard.web.app import web

STYLES = ("tokens", "base", "shell", "controls", "content", "invoice", "pages", "panels", "responsive", "print")

app = rx.App(
    api_transformer=web,
    backend_exception_handler=guard.on_error,
    frontend_exception_handler=guard.on_script_error,
    app_wraps={(55, "ErrorBoundary"): lambda _: error_boundary()},
    head_components=[rx.el.link(rel="icon", type="image/svg+xml", href="/favicon.svg")],
    html_lang="nl",
    reset_style=False,
    stylesheets=[f"/styles/{name}.css" for name in STYLES],
    toaster=toaster(),
)
guard.install(app)
live.register(app)

PAGES = (credits, invoice, invoices, login, not_found, overview, pay_link, pay_return, products, soon)
