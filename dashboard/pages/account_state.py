"""The state of the profile: a person's name, address and mails."""

from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.accounts import members
from billing.accounts.log import own_log
from billing.accounts.queries import own_accounts, own_topics
from billing.logins import credentials
from billing.logins.queries import email_to_confirm
from dashboard import run
from dashboard.pages.account_acts import Again, attempt, give_up, repeat, text_fields, unreadable
from dashboard.rows.account import TEXTS, Profile, Proof, Told, place, topics
from dashboard.rows.log import Log, log
from dashboard.session import Visit, enter, refresh

ROUTE = "/account"


class ProfileState(rx.State):
    """What the profile shows. changes_email: the form for a new address is open."""

    profile: Profile = Profile()
    log: Log = Log()
    changes_email: bool = False
    trouble: Told = Told()
    news: Told = Told()
    proof: Proof = Proof()

    # The account of the mails on screen; in another tab the person may have gone on to another one.
    _account_id: int = 0
    _again: Again = ()
    _topics: frozenset[str] = frozenset()

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page."""
        return await enter(self, ROUTE, own=True)

    @rx.event
    async def rename(self, form: dict[str, Any]) -> None:
        """Take another name."""
        typed = text_fields(form, "name")
        if typed is None:
            self.trouble = unreadable("name")
            return
        if await attempt(self, "name", (), credentials.rename, typed["name"]):
            self.news = Told("person", TEXTS.profile.name_saved)

    @rx.event
    async def change_email(self) -> None:
        """Open or close the form for a new address."""
        self.changes_email, self.trouble = not self.changes_email, Told()

    @rx.event
    async def ask_email(self, form: dict[str, Any]) -> None:
        """Mail a link to a new address, which counts once that link is opened."""
        typed = text_fields(form, "email")
        if typed is None:
            self.trouble = unreadable("email")
            return
        again = ("ask_email", typed)
        if await attempt(self, "email", again, credentials.ask_email_change, typed["email"]):
            self.changes_email = False

    @rx.event
    async def choose(self, topic: str) -> None:
        """Be mailed about something from now on, or no longer."""
        if topic not in [known.id for known in self.profile.topics]:
            self.trouble = unreadable("mails")
            return
        chosen = tuple(self._topics ^ {topic})
        if await attempt(self, "mails", (), members.choose_own_mails, self._account_id, chosen):
            self.news = Told("mails", TEXTS.profile.mails_saved)

    @rx.event
    async def proven(self) -> Any:
        """The person has just proven an identity: do what was asked for."""
        return await repeat(self)

    @rx.event
    async def unproven(self) -> None:
        """No proof after all."""
        give_up(self)

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        mailed = await run.ask(own_topics, visit.actor, visit.account_id)
        places = await run.ask(own_accounts, visit.actor)
        asked = await run.ask(email_to_confirm, visit.actor)
        self.log = log(await run.ask(own_log, visit.actor, visit.account_id))
        email = visit.identity.email
        self._topics, self._account_id = mailed or frozenset(), visit.account_id
        self.profile = Profile(
            name=visit.identity.name, email=email,
            asked=TEXTS.profile.asked.format(new=asked, old=email) if asked else "",
            mails_lede=TEXTS.profile.mails_lede.format(account=visit.identity.account_name),
            topics=() if mailed is None else topics(mailed),
            places=tuple(place(found, visit.account_id) for found in places),
        )  # fmt: skip
