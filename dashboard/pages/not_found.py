"""For an address that leads nowhere."""

import reflex as rx

from dashboard.brand import title as brand_title
from dashboard.components.basics import link
from dashboard.components.frame import stop_card
from dashboard.components.shown import SHOWN, spoken
from dashboard.components.topbar import plain_bar


@rx.page(route="404", title=brand_title(SHOWN.not_found.title))
def not_found() -> rx.Component:
    """Says so, and leads back."""
    return spoken(
        plain_bar(""),
        rx.el.main(
            stop_card(SHOWN.not_found, link(SHOWN.not_found.link, to="/", class_name="vd-btn soft")),
            class_name="vd-wrap",
        ),
        class_name="vd-app",
    )
