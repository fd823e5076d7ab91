"""The language of one browser tab: a logged-in person's own, else what the browser remembers or asks for."""

from collections.abc import Sequence

import reflex as rx
from reflex.event import Event, EventSpec
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, OnLoadInternalState, StateUpdate
from starlette.requests import cookie_parser

from billing.logins.languages import choose_language
from dashboard import run
from dashboard.texts.languages import DUTCH, ENGLISH, LANGUAGES, speak
from dashboard.web.cookies import session_token

# Written by the script of the page, which also tells the browser what language the page is in.
COOKIE = "voldaan_language"


class LanguageState(rx.State):
    """english: whether the sentences of the page itself are shown in English."""

    english: bool = False

    # The language of this tab, as ISO 639-1; empty until somebody came.
    _code: str = ""

    @rx.event
    async def choose(self, code: str) -> Sequence[EventSpec]:
        """Show everything in this language from now on, and load again what the page shows."""
        if code not in LANGUAGES:
            return []
        token = session_token(self.router.headers.cookie)
        if token:
            await run.do(choose_language, token, code)
        self._speak(code)
        return [OnLoadInternalState.on_load_internal]

    def _speak(self, code: str) -> None:
        """Say and show everything in this language from now on."""
        self._code, self.english = code, code == ENGLISH
        speak(code)


class Speaker(Middleware):
    """Before any event is handled: in which language is answered."""

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """Never stops an event."""
        spoken = await state.get_state(LanguageState)
        headers = spoken.router.headers
        spoken._speak(spoken._code or of_headers(headers.cookie, headers.accept_language))
        return None


def of_headers(cookie: str, accepted: str) -> str:
    """The language of a browser: the one that was chosen in it before, else the first of those it asks for that we
    speak (RFC 9110, 12.5.4; the weights are left out, browsers send them in order), else Dutch."""
    chosen = cookie_parser(cookie).get(COOKIE, "")
    asked = [part.partition(";")[0].partition("-")[0].strip().lower() for part in accepted.split(",")]
    return next((code for code in (chosen, *asked) if code in LANGUAGES), DUTCH)
