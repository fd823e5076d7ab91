"""The Reflex app. Pages register themselves when they are imported, and all of them are."""

from importlib import import_module
from pkgutil import iter_modules

import reflex as rx
from starlette.types import ASGIApp

from billing import logs
from billing.brand import DARK_SURFACE, Shade
from billing.colours import WHITE
from dashboard import guard, live, pages
from dashboard.components.offline import error_boundary
from dashboard.components.toasts import toaster
from dashboard.web.app import web
from dashboard.web.headers import SecurityHeaders

SCRIPTS = ("dialogs", "focus", "language", "line", "proof", "reveal", "upload")
# The top bar, up to the edge of a phone.
BAR = Shade(WHITE, DARK_SURFACE)
# In this order: a later one may overrule an earlier one.
STYLES = (
    "tokens", "base", "shell", "controls", "content", "invoice", "pages", "panels", "hosting", "door", "own", "users",
    "credits", "products", "safety", "mandate", "responsive", "inbox", "reach", "lights", "bank", "demo", "print",
)  # fmt: skip


class Served(rx.App):
    """The app as the web process serves it."""

    def __call__(self) -> ASGIApp:
        """Reflex's app behind our headers, which so stand on what its own middleware answers, too.

        Each web process calls this once, and logs nothing before.
        """
        logs.install()
        return SecurityHeaders(super().__call__())


for page in iter_modules(pages.__path__):
    import_module(f"{pages.__name__}.{page.name}")

app = Served(
    api_transformer=web,
    backend_exception_handler=guard.on_error,
    frontend_exception_handler=guard.on_script_error,
    app_wraps={(55, "ErrorBoundary"): lambda _: error_boundary()},
    head_components=[
        rx.el.link(rel="icon", href="/brand/logo"),
        rx.el.link(rel="apple-touch-icon", href="/brand/icon.png"),
        rx.el.link(rel="manifest", href="/manifest.webmanifest"),
        rx.el.meta(name="theme-color", content=BAR.light, custom_attrs={"media": "(prefers-color-scheme: light)"}),
        rx.el.meta(name="theme-color", content=BAR.dark, custom_attrs={"media": "(prefers-color-scheme: dark)"}),
        rx.el.link(rel="stylesheet", href="/brand.css"),
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
