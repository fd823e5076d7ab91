"""The log-in form: plain HTML, so that the full page load gives the socket its new cookie."""

import reflex as rx

from dashboard import wiring
from dashboard.components.basics import NativeForm, note, problem, stamp
from dashboard.components.offline import offline_note
from dashboard.components.topbar import mark
from dashboard.rows.problems import of_login
from dashboard.session import forget_everything
from dashboard.texts.nl import NL

ROUTE = "/login"
TEXTS = NL.login
DEMO_PASSWORD = "voldaan-demo"


class LoginState(rx.State):
    """What the log-in page shows. target: where to go afterwards."""

    lede: str = ""
    sorry: str = ""
    target: str = "/"
    is_demo: bool = False

    @rx.event
    async def load(self) -> None:
        """Open the page, and forget what the last person at this browser saw."""
        await forget_everything(self)
        query = self.router.url.query_parameters
        settings = wiring.settings()
        self.lede = TEXTS.lede.format(seller=settings.seller_name)
        self.sorry = of_login(query)
        self.target = query.get("next", "/")
        self.is_demo = settings.demo


@rx.page(route=ROUTE, title=NL.shell.title.format(page=TEXTS.title), on_load=LoginState.load)
def login() -> rx.Component:
    """The form, and a picture of a settled invoice beside it."""
    return rx.el.div(
        rx.el.main(offline_note(), _form(), class_name="f"),
        rx.el.aside(_art(), class_name="art", custom_attrs={"aria-hidden": "true"}),
        class_name="vd-login",
    )


def _form() -> rx.Component:
    demo = note(TEXTS.demo, " ", rx.el.span(DEMO_PASSWORD, class_name="mono"), ".", tone="quiet", icon_name="info")
    return NativeForm.create(
        rx.el.div(mark(), rx.el.span(NL.shell.brand), class_name="vd-brand"),
        rx.el.div(rx.el.h1(TEXTS.title), rx.el.p(LoginState.lede, class_name="vd-lede")),
        problem(LoginState.sorry),
        rx.el.input(type="hidden", name="next", value=LoginState.target, read_only=True),
        _field("email", TEXTS.email, kind="email", autocomplete="username"),
        _field("password", TEXTS.password, kind="password", autocomplete="current-password"),
        rx.el.button(TEXTS.submit, type="submit", class_name="vd-btn solid lg full"),
        rx.cond(LoginState.is_demo, demo),
        action="/auth/login",
        method="post",
    )


def _field(name: str, label: str, *, kind: str, autocomplete: str) -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=name),
        rx.el.input(
            id=name, name=name, type=kind, auto_complete=autocomplete, required=True, class_name="vd-input tall"
        ),
        class_name="vd-field",
    )


def _art() -> rx.Component:
    bars = [rx.el.div(class_name="bar", width=width) for width in ("100%", "82%", "64%")]
    lines = [rx.el.div(class_name="bar", width=width) for width in ("6.5rem", "4.5rem")]
    number = rx.el.div(
        rx.el.div(NL.paper.invoice, class_name="fs13 mut3"), rx.el.div(TEXTS.art_number, class_name="no")
    )
    due = rx.el.div(
        rx.el.div(NL.paper.open, class_name="fs13 mut"),
        rx.el.span(TEXTS.art_amount, class_name="vd-rule2"),
        class_name="r",
    )
    paper = rx.el.div(
        rx.el.div(number, rx.el.div(*lines, class_name="bars r"), class_name="row between"),
        rx.el.div(*bars, class_name="bars"),
        rx.el.div(stamp(NL.paper.stamp, on=TEXTS.art_day), due, class_name="row between"),
        class_name="pp vd-daylight",
    )
    return rx.fragment(
        rx.el.div(class_name="grid"),
        rx.el.div(rx.el.div(class_name="under"), paper, class_name="w"),
        rx.el.p(TEXTS.art_title, rx.el.small(TEXTS.art_text), class_name="motto"),
    )
