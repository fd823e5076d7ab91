"""What cards about the account are made of."""

from typing import Any

import reflex as rx

from dashboard.components.basics import icon, problem
from dashboard.rows.account import Trouble


def card(title: str, *content: rx.Component, key: str, lede: Any = None, mark: rx.Component | None = None
         ) -> rx.Component:  # fmt: skip
    """One subject. key: names its parts in the page; mark: beside the title, how it stands."""
    return rx.el.section(
        rx.el.header(
            rx.el.div(
                rx.el.div(rx.el.h2(title, id=f"{key}-title"), mark or rx.fragment(), class_name="row wrap vd-title"),
                rx.el.p(lede, class_name="fs14 mut") if lede is not None else rx.fragment(),
                class_name="stack xs",
            )
        ),
        rx.el.div(*content, class_name="pad vd-own"),
        class_name="vd-card",
        custom_attrs={"aria-labelledby": f"{key}-title"},
    )


def field(
    name: str, label: Any, *, trouble: rx.vars.ObjectVar[Trouble], place: str, hint: Any = None, optional: str = "",
    **props: Any,
) -> rx.Component:  # fmt: skip
    """A field with its label, its hint, and what is wrong with it. place: where the trouble of this field is told."""
    wrong = trouble.place == place
    about = [f"{name}-hint"] if hint is not None else []
    described, attributes = " ".join(about), props.pop("custom_attrs", {})
    return rx.el.div(
        rx.el.label(label, rx.el.span(" ", optional, class_name="mut3 plain") if optional else "", html_for=name),
        rx.el.input(
            id=name, name=name,
            class_name=rx.cond(wrong, "vd-input err", "vd-input"),
            custom_attrs={
                **attributes,
                "aria-invalid": rx.cond(wrong, "true", "false"),
                "aria-describedby": rx.cond(wrong, f"{described} {name}-wrong".strip(), described),
            },
            **props,
        ),
        rx.el.p(hint, id=f"{name}-hint", class_name="hint") if hint is not None else rx.fragment(),
        rx.cond(
            wrong,
            rx.el.p(icon("alert", size="s"), rx.el.span(trouble.sentence), id=f"{name}-wrong", class_name="msg",
                    role="alert"),
        ),
        class_name="vd-field",
    )  # fmt: skip


def told(trouble: rx.vars.ObjectVar[Trouble], place: str) -> rx.Component:
    """What went wrong at this part of the page."""
    return rx.cond(trouble.place == place, problem(trouble.sentence))
