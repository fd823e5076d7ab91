"""The log-in form: plain HTML, so that the full page load gives the socket its new cookie."""

import reflex as rx

from dashboard import wiring
from dashboard.components.basics import NativeForm, link, note, problem
from dashboard.components.door import door_page, door_title
from dashboard.components.forms import field, hidden, or_else, passkey_form, password_field
from dashboard.components.shown import SHOWN
from dashboard.rows.problems import of_query
from dashboard.session import forget_everything
from dashboard.texts.languages import SAID

ROUTE = "/login"
TEXTS = SHOWN.login
DEMO_PASSWORD = "voldaan-demo"


class LoginState(rx.State):
    """What the log-in page shows. said: what has just gone well; target: where to go afterwards."""

    lede: str = ""
    said: str = ""
    sorry: str = ""
    target: str = "/"
    is_demo: bool = False

    @rx.event
    async def load(self) -> None:
        """Open the page, and forget what the last person at this browser saw."""
        await forget_everything(self)
        query = self.router.url.query_parameters
        settings = wiring.settings()
        self.lede = SAID.login.lede.format(seller=settings.seller_name)
        self.said = SAID.login.said.get(query.get("goed", ""), "")
        self.sorry = of_query(query)
        self.target = query.get("next", "/")
        self.is_demo = settings.demo


@door_page(route=ROUTE, title=TEXTS.title, on_load=LoginState.load)
def login() -> rx.Component:
    """The form, and a passkey as the other way in."""
    demo = note(TEXTS.demo, " ", rx.el.span(DEMO_PASSWORD, class_name="mono"), ".", tone="quiet", icon_name="info")
    good = note(LoginState.said, tone="s-paid", icon_name="okc", role="status")
    return rx.fragment(
        door_title(TEXTS.title, LoginState.lede),
        rx.cond(LoginState.said != "", good),
        problem(LoginState.sorry),
        _form(),
        or_else(),
        passkey_form("login", hidden("next", LoginState.target), label=TEXTS.passkey),
        rx.cond(LoginState.is_demo, demo),
    )


def _form() -> rx.Component:
    forgotten = link(TEXTS.forgotten, to="/login/forgot", class_name="fs14")
    return NativeForm.create(
        hidden("next", LoginState.target),
        field("email", TEXTS.email, type="email", auto_complete="username", required=True, class_name="tall"),
        password_field(TEXTS.password, forgotten, auto_complete="current-password"),
        rx.el.button(TEXTS.submit, type="submit", class_name="vd-btn solid lg full"),
        action="/auth/login",
        method="post",
        class_name="vd-form",
    )
