"""The Reflex app. Pages register themselves when they are imported, and all of them are."""

from importlib import import_module
from pkgutil import iter_modules

import reflex as rx

from dashboard import guard, live, pages
from dashboard.components.offline import error_boundary
from dashboard.components.toasts import toaster
from dashboard.web.app import web

SCRIPTS = ("dialogs", "proof", "reveal", "upload")
# In this order: a later one may overrule an earlier one.
STYLES = (
    "tokens", "base", "shell", "controls", "content", "invoice", "pages", "panels", "hosting", "door", "own", "users",
    "credits", "products", "safety", "mandate", "responsive", "inbox", "lights", "bank", "demo", "print",
)  # fmt: skip

for page in iter_modules(pages.__path__):
    import_module(f"{pages.__name__}.{page.name}")

app = rx.App(
    api_transformer=web,
    backend_exception_handler=guard.on_error,
    frontend_exception_handler=guard.on_script_error,
    app_wraps={(55, "ErrorBoundary"): lambda _: error_boundary()},
    head_components=[
        rx.el.link(rel="icon", type="image/svg+xml", href="/favicon.svg"),
        rx.el.link(rel="stylesheet", href="/mode.css"),
        rx.el.script(src="/mode.js", defer=True),
        *[rx.el.script(src=f"/scripts/{name}.js", defer=True) for name in SCRIPTS],
    ],
    html_lang="nl",
    reset_style=False,
    stylesheets=[f"/styles/{name}.css" for name in STYLES],
    toaster=toaster(),
)
guard.install(app)
live.register(app)
