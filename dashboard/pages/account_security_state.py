"""The state of the page about safety: what is being changed, and where somebody is logged in."""

from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing import access
from billing.logins import authenticator, passkeys, sessions
from billing.logins.queries import security
from dashboard import run
from dashboard.components.toasts import say
from dashboard.pages.account_acts import Again, attempt, give_up, repeat, row_id, token_of, unreadable
from dashboard.rows.account import TEXTS, Proof, Safety, Trouble, safety
from dashboard.session import Visit, enter, refresh

ROUTE = "/account/security"
WORDS = TEXTS.security
PASSWORD, APP, STOP, RENEW, CODES, PASSKEY, SESSIONS = (
    "password", "app", "stop", "renew", "codes", "passkey", "sessions",
)  # fmt: skip
# What may be opened, and at which card it is told when that fails.
OPENED = {PASSWORD: PASSWORD, APP: APP, STOP: APP, RENEW: APP, PASSKEY: PASSKEY}
SAVED = {PASSWORD: WORDS.password_saved, PASSKEY: WORDS.passkey_saved}
BEGIN_FORM = "app-begin"


class SecurityState(rx.State):
    """How a log-in is protected. editing: what is open; removing: the passkey about to be removed.

    round: grows when something closes, so that the secrets it showed leave the page.
    """

    safety: Safety = Safety()
    editing: str = ""
    removing: str = ""
    round: int = 0
    trouble: Trouble = Trouble()
    proof: Proof = Proof()

    _again: Again = ()

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page."""
        return await enter(self, ROUTE)

    @rx.event
    async def edit(self, what: str) -> EventSpec | None:
        """Open what can be changed, once the person has proven an identity."""
        if not isinstance(what, str) or what not in OPENED:
            self.trouble = unreadable(PASSWORD)
            return None
        if not await attempt(self, OPENED[what], ("edit", what), access.require_proof):
            return None
        self.editing, self.removing = what, ""
        # The key of the app is asked for by a form of its own, which keeps it out of this state.
        return rx.run_script(f"document.getElementById('{BEGIN_FORM}').requestSubmit()") if what == APP else None

    @rx.event
    async def close(self) -> None:
        """Leave it as it is."""
        self._close()

    @rx.event
    async def saved(self, what: str) -> EventSpec | None:
        """A form has told the server what this state does not know: look at what there is now."""
        if what == CODES:
            # To close would be to lose them: they are to be kept first.
            self.editing = CODES
        else:
            self._close()
        await refresh(self)
        return say(SAVED[what]) if isinstance(what, str) and what in SAVED else None

    @rx.event
    async def switch_off(self) -> EventSpec | None:
        """Do without the app."""
        if not await attempt(self, APP, ("switch_off",), authenticator.switch_off):
            return None
        self._close()
        return say(WORDS.app_stopped)

    @rx.event
    async def ask_removal(self, passkey_id: str) -> None:
        """Ask once more before a passkey is removed."""
        self.removing = str(passkey_id)[:20]

    @rx.event
    async def remove_passkey(self, passkey_id: str) -> EventSpec | None:
        """Forget a device."""
        again = ("remove_passkey", passkey_id)
        if not await attempt(self, PASSKEY, again, passkeys.remove, row_id(passkey_id)):
            return None
        self._close()
        return say(WORDS.passkey_removed)

    @rx.event
    async def end_session(self, session_id: str) -> EventSpec | None:
        """Log out somewhere else."""
        done = await attempt(self, SESSIONS, (), sessions.end_one, row_id(session_id))
        return say(WORDS.session_ended) if done else None

    @rx.event
    async def end_others(self) -> EventSpec | None:
        """Log out everywhere but here."""
        done = await attempt(self, SESSIONS, (), sessions.end_others, token_of(self))
        return say(WORDS.others_ended) if done else None

    @rx.event
    async def proven(self) -> Any:
        """The person has just proven an identity: do what was asked for."""
        return await repeat(self)

    @rx.event
    async def unproven(self) -> None:
        """No proof after all."""
        give_up(self)

    def _close(self) -> None:
        self.editing, self.removing, self.trouble = "", "", Trouble()
        self.round += 1

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        self.safety = safety(await run.ask(security, visit.actor, token_of(self)), visit.now)
