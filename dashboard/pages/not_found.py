"""For an address that leads nowhere."""

import reflex as rx

from dashboard.brand import title as brand_title
from dashboard.components.basics import link
from dashboard.components.frame import stop_card
from dashboard.components.topbar import plain_bar
from dashboard.texts.nl import NL


@rx.page(route="404", title=brand_title(NL.not_found.title))
def not_found() -> rx.Component:
    """Says so, and leads back."""
    return rx.el.div(
        plain_bar(""),
        rx.el.main(
            stop_card(NL.not_found, link(NL.not_found.link, to="/", class_name="vd-btn soft")), class_name="vd-wrap"
        ),
        class_name="vd-app",
    )
