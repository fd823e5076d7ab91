"""The Reflex app. Pages register themselves when they are imported."""

import reflex as rx

from dashboard import live
from dashboard.components.offline import error_boundary
from dashboard.components.toasts import toaster
from dashboard.pages import (
    account,
    account_billing,
    account_security,
    confirm,
    credits,
    forgot,
    invite,
    invoice,
    invoices,
    login,
    login_code,
    not_found,
    overview,
    pay_link,
    pay_return,
    products,
    reset,
    soon,
    users,
)  # fmt: skip
from dashboard.web.app import web

SCRIPTS = ("dialogs", "proof", "reveal")
STYLES = (
    "tokens", "base", "shell", "controls", "content", "invoice", "pages", "panels", "door", "own", "users",
    "responsive", "print",
)  # fmt: skip

app = rx.App(
    api_transformer=web,
    app_wraps={(55, "ErrorBoundary"): lambda _: error_boundary()},
    head_components=[
        rx.el.link(rel="icon", type="image/svg+xml", href="/favicon.svg"),
        *[rx.el.script(src=f"/scripts/{name}.js", defer=True) for name in SCRIPTS],
    ],
    html_lang="nl",
    reset_style=False,
    stylesheets=[f"/styles/{name}.css" for name in STYLES],
    toaster=toaster(),
)
live.register(app)

PAGES = (credits, invoice, invoices, login, not_found, overview, pay_link, pay_return, products, soon)
DOOR = (confirm, forgot, invite, login_code, reset)
ACCOUNT = (account, account_billing, account_security, users)
