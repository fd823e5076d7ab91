"""The Reflex app. Pages register themselves when they are imported, and all of them are."""

from importlib import import_module
from pkgutil import iter_modules

import reflex as rx

from dashboard import live, pages
from dashboard.components.offline import error_boundary
from dashboard.components.toasts import toaster
from dashboard.web.app import web

# In this order: a later one may overrule an earlier one.
STYLES = (
    "tokens", "base", "shell", "controls", "content", "invoice", "pages", "panels", "hosting", "responsive", "inbox",
    "print",
)  # fmt: skip

for page in iter_modules(pages.__path__):
    import_module(f"{pages.__name__}.{page.name}")

app = rx.App(
    api_transformer=web,
    app_wraps={(55, "ErrorBoundary"): lambda _: error_boundary()},
    head_components=[rx.el.link(rel="icon", type="image/svg+xml", href="/favicon.svg")],
    html_lang="nl",
    reset_style=False,
    stylesheets=[f"/styles/{name}.css" for name in STYLES],
    toaster=toaster(),
)
live.register(app)
