"""Parts that are still to come: each says what it will do, and leads back."""

from collections.abc import Callable

import reflex as rx
from reflex.event import EventSpec

from dashboard.components.basics import heading, icon, link
from dashboard.components.frame import crumbs, page
from dashboard.session import Visit, enter, refresh
from dashboard.texts.nl import NL
from dashboard.texts.words import Soon

PARTS = (("/account/mandate", "repeat", NL.mandate),)
ROUTES = {route for route, _, _ in PARTS}


class SoonState(rx.State):
    """Only the person and the account in the top bar; these pages have no content of their own yet."""

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open one of these pages."""
        path = self.router.url.path.rstrip("/")
        return await enter(self, path if path in ROUTES else "")

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        """Nothing to fill."""


def _content(icon_name: str, part: Soon) -> Callable[[], rx.Component]:
    def soon() -> rx.Component:
        return rx.fragment(
            rx.el.div(rx.el.div(crumbs(here=part.title), heading(part.title)), class_name="vd-head"),
            rx.el.section(
                rx.el.div(
                    rx.el.span(icon(icon_name), class_name="vd-tile s-open"),
                    rx.el.h2(NL.soon),
                    rx.el.p(part.text),
                    link(NL.soon_back, to="/", class_name="vd-btn soft"),
                    class_name="vd-empty",
                ),
                class_name="vd-card",
            ),
        )

    return soon


for _route, _icon, _part in PARTS:
    page(route=_route, title=_part.title, on_load=SoonState.load)(_content(_icon, _part))
