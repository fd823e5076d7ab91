"""Asking for a link for a new password. The answer never tells who has a log-in."""

import reflex as rx

from dashboard.components.basics import NativeForm, icon, link, problem
from dashboard.components.door import door_page, door_title
from dashboard.components.forms import field
from dashboard.components.shown import SHOWN
from dashboard.rows.problems import of_query

ROUTE = "/login/forgot"
TEXTS = SHOWN.door.forgotten


class ForgotState(rx.State):
    """What the page shows. is_sent: the form was sent, whoever it was for."""

    sorry: str = ""
    is_sent: bool = False

    @rx.event
    async def load(self) -> None:
        """Open the page."""
        query = self.router.url.query_parameters
        self.sorry, self.is_sent = of_query(query), "goed" in query


@door_page(route=ROUTE, title=TEXTS.title, on_load=ForgotState.load)
def forgot() -> rx.Component:
    """The form, and then where to look."""
    return rx.fragment(
        rx.cond(ForgotState.is_sent, _sent(), _form()),
        link(TEXTS.back, to="/login", class_name="fs14"),
    )


def _form() -> rx.Component:
    return rx.fragment(
        door_title(TEXTS.title, TEXTS.lede),
        problem(ForgotState.sorry),
        NativeForm.create(
            field("email", SHOWN.login.email, type="email", auto_complete="username", required=True, class_name="tall"),
            rx.el.button(TEXTS.submit, type="submit", class_name="vd-btn solid lg full"),
            action="/auth/forgot",
            method="post",
            class_name="vd-form",
        ),
    )


def _sent() -> rx.Component:
    return rx.fragment(
        rx.el.span(icon("mail"), class_name="vd-tile big s-open"),
        door_title(TEXTS.sent_title, TEXTS.sent),
        rx.el.p(TEXTS.sent_hint, class_name="fs14 mut"),
        link(TEXTS.again, to=ROUTE, class_name="vd-btn soft lg"),
    )
