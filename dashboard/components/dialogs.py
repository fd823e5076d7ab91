"""Windows over the page that have to be answered or closed first; assets/scripts/dialogs.js keeps the focus in them."""

from typing import Any

import reflex as rx

from dashboard.components.basics import icon
from dashboard.components.shown import SHOWN


def dialog(
    *body: Any, name: str, title: Any, footer: list[rx.Component], close: Any, lede: Any = None, narrow: bool = False
) -> Any:
    """A modal window; show it with rx.cond. name: for its ids. close: the event of the cross and of Escape."""
    under = rx.el.p(lede, class_name="fs14 mut") if lede is not None else rx.fragment()
    cross = rx.el.button(
        icon("x"), type="button", on_click=close, class_name="vd-ghost",
        custom_attrs={"aria-label": SHOWN.shell.close, "data-close": ""},
    )  # fmt: skip
    return rx.el.div(
        rx.el.div(
            rx.el.header(rx.el.div(rx.el.h2(title, id=f"{name}-title"), under), cross),
            rx.el.div(*body, class_name="body"),
            rx.el.footer(*footer),
            class_name="vd-dialog narrow" if narrow else "vd-dialog",
            role="dialog",
            custom_attrs={"aria-modal": "true", "aria-labelledby": f"{name}-title"},
        ),
        class_name="vd-dim",
    )
