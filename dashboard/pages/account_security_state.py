"""The state of the page about safety: what is being changed, and where somebody is logged in."""

from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing import access
from billing.logins import authenticator, passkeys, sessions
from billing.logins.queries import security
from dashboard import run
from dashboard.pages.account_acts import Again, attempt, give_up, repeat, row_id, token_of, unreadable
from dashboard.rows.account import TEXTS, Proof, Safety, Told, safety
from dashboard.session import Visit, enter, refresh

ROUTE = "/account/security"
WORDS = TEXTS.security
PASSWORD, APP, STOP, RENEW, CODES, PASSKEY, SESSIONS = (
    "password", "app", "stop", "renew", "codes", "passkey", "sessions",
)  # fmt: skip
# What may be opened, and at which card it is told when that fails.
OPENED = {PASSWORD: PASSWORD, APP: APP, STOP: APP, RENEW: APP, PASSKEY: PASSKEY}
SAVED = {PASSWORD: "password_saved", PASSKEY: "passkey_saved"}


class SecurityState(rx.State):
    """How a log-in is protected. editing: what is open; removing: the passkey about to be removed.

    round: grows when something closes, so that the secrets it showed leave the page.
    """

    safety: Safety = Safety()
    editing: str = ""
    removing: str = ""
    round: int = 0
    trouble: Told = Told()
    news: Told = Told()
    proof: Proof = Proof()

    _again: Again = ()

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page."""
        return await enter(self, ROUTE, own=True)

    @rx.event
    async def edit(self, what: str) -> None:
        """Open what can be changed, once the person has proven an identity."""
        if not isinstance(what, str) or what not in OPENED:
            self.trouble = unreadable(PASSWORD)
            return
        if await attempt(self, OPENED[what], ("edit", what), access.require_proof):
            self._close()
            self.editing = what

    @rx.event
    async def close(self) -> EventSpec:
        """Leave it as it is."""
        card = OPENED.get(self.editing, APP if self.editing == CODES else PASSKEY)
        self._close()
        return _to_title(card)

    @rx.event
    async def saved(self, what: str) -> EventSpec | None:
        """A form has told the server what this state does not know: look at what there is now."""
        if what == CODES:
            # To close would be to lose them: they are to be kept first.
            self.editing = CODES
        else:
            self._close()
        await refresh(self)
        if isinstance(what, str) and what in SAVED:
            self.news = Told(what, getattr(WORDS, SAVED[what]))
            return _to_title(what)
        return None

    @rx.event
    async def switch_off(self) -> EventSpec | None:
        """Do without the app."""
        if await attempt(self, APP, ("switch_off",), authenticator.switch_off):
            self._close()
            self.news = Told(APP, WORDS.app_stopped)
            return _to_title(APP)
        return None

    @rx.event
    async def ask_removal(self, passkey_id: str) -> None:
        """Ask once more before a passkey is removed."""
        self.removing = str(passkey_id)[:20]

    @rx.event
    async def remove_passkey(self, passkey_id: str) -> EventSpec | None:
        """Forget a device."""
        again = ("remove_passkey", passkey_id)
        if await attempt(self, PASSKEY, again, passkeys.remove, row_id(passkey_id)):
            self._close()
            self.news = Told(PASSKEY, WORDS.passkey_removed)
            return _to_title(PASSKEY)
        return None

    @rx.event
    async def end_session(self, session_id: str) -> None:
        """Log out somewhere else."""
        if await attempt(self, SESSIONS, (), sessions.end_one, row_id(session_id)):
            self.news = Told(SESSIONS, WORDS.session_ended)

    @rx.event
    async def end_others(self) -> None:
        """Log out everywhere but here."""
        if await attempt(self, SESSIONS, (), sessions.end_others, token_of(self)):
            self.news = Told(SESSIONS, WORDS.others_ended)

    @rx.event
    async def proven(self) -> Any:
        """The person has just proven an identity: do what was asked for."""
        return await repeat(self)

    @rx.event
    async def unproven(self) -> None:
        """No proof after all."""
        give_up(self)

    def _close(self) -> None:
        self.editing, self.removing = "", ""
        self.trouble, self.news = Told(), Told()
        self.round += 1

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        self.safety = safety(
            await run.ask(security, visit.actor, token_of(self)), visit.now, needs_factor=visit.identity.needs_factor
        )


def _to_title(card: str) -> EventSpec:
    """The button that had the focus is gone: go on from the title of its card."""
    return rx.set_focus(f"{card}-title")
