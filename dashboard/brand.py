"""The name that this installation goes by, on every page. The built pages hold none, so a host need not build them."""

from typing import Any

import reflex as rx

from dashboard import wiring
from dashboard.texts.languages import SAID


class BrandState(rx.State):
    """The same for everybody who looks."""

    name: rx.Field[str] = rx.field(default_factory=lambda: wiring.brand().screen_name)


# What was built knows only the name of the machine that built it; that is never shown.
NAME: Any = rx.cond(rx.State.is_hydrated, BrandState.name, "")


def title(page: Any) -> Any:
    """What the browser's tab says. page: the name of the page, a str or a var."""
    return rx.cond(rx.State.is_hydrated, rx.Var.create(page) + SAID.shell.title + BrandState.name, page)
