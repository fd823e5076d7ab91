"""What cards about the account are made of."""

from typing import Any

import reflex as rx

from dashboard.components.basics import icon, note, problem
from dashboard.components.forms import field
from dashboard.rows.account import Told


def card(title: str, *content: rx.Component, key: str, lede: Any = None, mark: rx.Component | None = None
         ) -> rx.Component:  # fmt: skip
    """One subject. key: names its parts in the page; mark: beside the title, how it stands."""
    return rx.el.section(
        rx.el.header(
            rx.el.div(
                rx.el.div(
                    rx.el.h2(title, id=f"{key}-title", tab_index=-1),
                    mark or rx.fragment(),
                    class_name="row wrap vd-title",
                ),
                rx.el.p(lede, class_name="fs14 mut") if lede is not None else rx.fragment(),
                class_name="stack xs",
            )
        ),
        rx.el.div(*content, class_name="pad vd-own"),
        class_name="vd-card",
        custom_attrs={"aria-labelledby": f"{key}-title"},
    )


def told_field(
    name: str, label: Any, *, trouble: rx.vars.ObjectVar[Told], place: str = "", hint: Any = None, optional: Any = None,
    **props: Any,
) -> rx.Component:  # fmt: skip
    """A field, and beside it what is wrong with it. place: where the trouble of this field is told; its name when not
    given. optional: what to say after the label of what may stay empty."""
    wrong = trouble.place == (place or name)
    hinted = f"{name}-hint" if hint is not None else ""
    title = rx.fragment(label, " ", rx.el.span(optional, class_name="vd-optional")) if optional is not None else label
    attributes = {
        **props.pop("custom_attrs", {}),
        "aria-invalid": rx.cond(wrong, "true", "false"),
        "aria-describedby": rx.cond(wrong, f"{hinted} {name}-wrong".strip(), hinted),
    }
    message = rx.el.p(icon("alert", size="s"), rx.el.span(trouble.sentence), id=f"{name}-wrong", class_name="msg",
                      role="alert")  # fmt: skip
    return rx.el.div(
        field(name, title, hint=hint, class_name=rx.cond(wrong, "err", ""), custom_attrs=attributes, **props),
        rx.cond(wrong, message),
        class_name="vd-field",
    )


def standing(is_on: Any, *, on: str, off: str, detail: Any = "") -> rx.Component:
    """A badge beside a title: on since when, or off."""
    shown_on = rx.el.span(
        icon("okc"), rx.el.span(on, " ", rx.el.span(detail, class_name="x")), class_name="vd-badge s-paid"
    )
    shown_off = rx.el.span(icon("circle"), rx.el.span(off), class_name="vd-badge s-open")
    return rx.cond(is_on, shown_on, shown_off)


def hidden_button(name: str, event: Any) -> rx.Component:
    """What the script presses once a form has been to the server. name: its id."""
    return rx.el.button(id=name, type="button", on_click=event, hidden=True, tab_index=-1)


def told(page: Any, place: str) -> rx.Component:
    """What came of the last try at this part of the page. page: a state with `trouble` and `news`."""
    done = note(page.news.sentence, tone="s-paid", icon_name="okc", role="status")
    return rx.fragment(
        rx.cond(page.trouble.place == place, problem(page.trouble.sentence)), rx.cond(page.news.place == place, done)
    )
