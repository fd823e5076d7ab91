"""Choosing a new password at a mailed link."""

import reflex as rx

from billing.errors import BillingError
from billing.logins import mailed
from dashboard import run
from dashboard.components.basics import NativeForm, link, problem
from dashboard.components.door import dead_end, door_page, door_title
from dashboard.components.forms import hidden, password_field, username
from dashboard.components.shown import SHOWN
from dashboard.rows import door as rows
from dashboard.rows.problems import of_query, sentence
from dashboard.session import last_part
from dashboard.texts.languages import SAID

ROUTE = "/reset/[token]"
TEXTS = SHOWN.door.reset


class ResetState(rx.State):
    """What a link for a new password shows. email: whose it is; empty while the link is not read, or has an end."""

    token: str = ""
    email: str = ""
    end: rows.End = rows.End()
    sorry: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the link, and what the last try came to."""
        self.reset()
        self.token, self.sorry = last_part(self), of_query(self.router.url.query_parameters)
        try:
            self.email = await run.flow(mailed.resets, self.token)
        except BillingError as problem:
            self.end = rows.end(SAID.door.reset.ends, problem.code)
        except run.Problem as bug:
            self.sorry = sentence(bug)


@door_page(route=ROUTE, title=TEXTS.title, on_load=ResetState.load)
def reset() -> rx.Component:
    """The form, or why the link does not work."""
    state = ResetState
    return rx.cond(
        state.end.title != "",
        rx.fragment(dead_end(state.end), link(SHOWN.door.log_in, to="/login", class_name="fs14")),
        rx.fragment(
            door_title(TEXTS.title, rx.cond(state.email != "", TEXTS.lede, "")),
            problem(state.sorry),
            rx.cond(state.email != "", _form()),
        ),
    )


def _form() -> rx.Component:
    return NativeForm.create(
        hidden("token", ResetState.token),
        username(ResetState.email),
        password_field(TEXTS.password, hint=TEXTS.hint, auto_complete="new-password", min_length=10, auto_focus=True),
        rx.el.button(TEXTS.submit, type="submit", class_name="vd-btn solid lg full"),
        action="/auth/reset",
        method="post",
        class_name="vd-form",
    )
