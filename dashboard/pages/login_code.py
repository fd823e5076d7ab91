"""The second factor after the password: a code, or a passkey."""

import reflex as rx
from reflex.event import EventSpec

from billing.access import Actor
from billing.errors import BillingError
from billing.logins import queries, sessions
from billing.logins.queries import Security
from billing.runtime import Billing
from dashboard import run
from dashboard.components.basics import NativeForm, note, problem
from dashboard.components.door import door_page, door_title
from dashboard.components.forms import code_field, hidden, or_else, passkey_form
from dashboard.components.shown import SHOWN
from dashboard.rows.problems import of_query, sentence
from dashboard.texts.languages import SAID
from dashboard.web.cookies import session_token
from dashboard.web.people import HalfOver
from dashboard.web.requests import local_path

ROUTE = "/login/code"
TEXTS = SHOWN.door.step


class SecondStepState(rx.State):
    """What the second step asks for. news: what went well. has_app, has_passkey: what can be given."""

    sorry: str = ""
    news: str = ""
    target: str = "/"
    has_app: bool = False
    has_passkey: bool = False

    @rx.event
    async def load(self) -> EventSpec | None:
        """See what this person can give; who is in already goes on, who gave no password goes back."""
        self.reset()
        query = self.router.url.query_parameters
        self.sorry, self.target = of_query(query), query.get("next", "/")
        self.news = SAID.door.step.sent if "goed" in query else ""
        token = session_token(self.router.headers.cookie)
        try:
            if await run.ask(queries.identity, token) is not None:
                return rx.redirect(local_path(self.target))
            security = await run.flow(_protection, token)
        except BillingError:
            return rx.redirect(f"/login?fout={HalfOver.code}")
        except run.Problem as bug:
            self.sorry = sentence(bug)
            return None
        self.has_app, self.has_passkey = security.app_since is not None, bool(security.passkeys)
        return None


@door_page(route=ROUTE, title=TEXTS.title, on_load=SecondStepState.load)
def login_code() -> rx.Component:
    """The code first; a passkey for who has one."""
    state = SecondStepState
    device = passkey_form("half", hidden("next", state.target), label=TEXTS.passkey)
    return rx.fragment(
        door_title(TEXTS.title, rx.cond(state.has_app | ~state.has_passkey, TEXTS.lede, TEXTS.lede_passkey)),
        problem(state.sorry),
        rx.cond(state.news != "", note(state.news, tone="s-paid", icon_name="mail", role="status")),
        rx.cond(state.has_app, _form()),
        rx.cond(state.has_app & state.has_passkey, or_else()),
        rx.cond(state.has_passkey, device),
        _lost(),
        NativeForm.create(
            rx.el.button(TEXTS.restart, type="submit", class_name="vd-btn bare"), action="/auth/logout", method="post"
        ),
    )


def _lost() -> rx.Component:
    return rx.el.details(
        rx.el.summary(TEXTS.lost),
        rx.el.p(TEXTS.lost_text),
        NativeForm.create(
            rx.el.button(TEXTS.lost_submit, type="submit", class_name="vd-btn line"), action="/auth/lost", method="post"
        ),
        class_name="vd-lost",
    )


def _form() -> rx.Component:
    return NativeForm.create(
        hidden("next", SecondStepState.target),
        code_field(TEXTS.code, id="code", hint=TEXTS.hint, required=True, auto_focus=True, class_name="tall"),
        rx.el.button(TEXTS.submit, type="submit", class_name="vd-btn solid lg full"),
        action="/auth/code",
        method="post",
        class_name="vd-form",
    )


def _protection(billing: Billing, token: str) -> Security:
    user_id = billing.ask(sessions.half, token).user_id
    return billing.ask(queries.security, Actor(name="", user_id=user_id), token)
