"""The language of one browser tab: a logged-in person's own, else what the browser remembers or asks for."""

from collections.abc import Sequence

import reflex as rx
from reflex.event import Event, EventSpec
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, OnLoadInternalState, StateUpdate

from billing.documents import ENGLISH
from billing.logins.languages import choose_language
from dashboard import run
from dashboard.texts.languages import LANGUAGES, speak
from dashboard.web.cookies import session_token
from dashboard.web.language import of_headers


class LanguageState(rx.State):
    """english: whether the sentences of the page itself are shown in English."""

    english: bool = False

    # The language of this tab, as ISO 639-1; empty until somebody came.
    _code: str = ""

    @rx.event
    async def choose(self, code: str) -> Sequence[EventSpec]:
        """Show everything in this language from now on, and load again what the page shows."""
        if not isinstance(code, str) or code not in LANGUAGES:
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
