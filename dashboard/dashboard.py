"""The Reflex app. Pages register themselves when they are imported."""

import reflex as rx


def index() -> rx.Component:
    """The start page."""
    return rx.el.main(rx.el.h1("Voldaan"))


app = rx.App()
app.add_page(index, route="/", title="Voldaan")
