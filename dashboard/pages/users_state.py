"""The state of the page of users: who they are, who did what, and the dialogs over it."""

from dataclasses import replace
from datetime import date
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.access import Permission, Rights
from billing.accounts.log import log as log_of
from billing.accounts.queries import People, people_of
from billing.logins import factors
from dashboard import run
from dashboard.pages import users_acts as acts
from dashboard.pages import users_form_acts as forms
from dashboard.pages.account_acts import Again, give_up, repeat
from dashboard.rows import user_form, users
from dashboard.rows.account import Proof, Told
from dashboard.rows.hand_over import Steps, Succession
from dashboard.rows.log import Log, log
from dashboard.rows.sure import Sure
from dashboard.rows.user_form import Draft, Form
from dashboard.rows.users import Person, Viewer
from dashboard.session import Visit, enter, refresh

ROUTE = "/account/users"


class UsersState(rx.State):
    """The table, the log, and at most one dialog: of a user, of a handover, or of something that has to be sure."""

    people: tuple[Person, ...] = ()
    log: Log = Log()
    draft: Draft = Draft()
    form: Form = Form()
    succession: Succession = Succession()
    steps: Steps = Steps()
    sure: Sure = Sure()
    trouble: Told = Told()
    news: Told = Told()
    proof: Proof = Proof()

    # The account on screen; in another tab the person may have gone on to another one.
    _account_id: int = 0
    _account: str = ""
    _today: date = date.min
    _may: Rights = frozenset()
    _people: People = People((), ())
    _page: int = 1
    _again: Again = ()

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page."""
        return await enter(self, ROUTE, needs=Permission.USERS_MANAGE)

    @rx.event(supersedes=True)
    async def turn(self, step: int) -> None:
        """One page of the log on or back."""
        on = int(self.log.older) if step == 1 else -1
        self._page = max(1, self._page + on)
        await refresh(self)

    @rx.event
    async def look_as(self, key: str) -> EventSpec | None:
        """See the account as one of these people does."""
        return await acts.look_as_row(self, key)

    @rx.event
    async def resend(self, key: str) -> None:
        """Mail an invitation again."""
        await acts.resend(self, key)

    @rx.event
    async def ask(self, key: str) -> None:
        """Ask before somebody is removed, or an invitation taken back."""
        acts.ask(self, key)

    @rx.event
    async def confirm(self) -> None:
        """Yes, do that."""
        await acts.confirm(self)

    @rx.event
    async def open_form(self, key: str) -> None:
        """The dialog of one user, or of a new one."""
        forms.open_form(self, key)

    @rx.event
    async def fill_in(self, field: str, text: str) -> None:
        """Something was typed about a user."""
        self.draft = acts.filled_in(self.draft, ("name", "email", "ends_on"), field, text)
        self.form = replace(self.form, look=user_form.look(self.draft.name))

    @rx.event
    async def choose_role(self, role: str) -> None:
        """Another role."""
        forms.choose_role(self, role)

    @rx.event
    async def tick(self, name: str) -> None:
        """A right or a mail more or less."""
        forms.tick(self, name)

    @rx.event
    async def look_as_draft(self) -> EventSpec | None:
        """See the account as whoever is being invited would."""
        return await forms.look_as_draft(self)

    @rx.event
    async def save(self) -> EventSpec | None:
        """Invite, or keep the change."""
        return await forms.save(self)

    @rx.event
    async def open_hand_over(self, key: str) -> None:
        """The steps in which a place goes to somebody else."""
        forms.open_hand_over(self, key)

    @rx.event
    async def fill_in_successor(self, field: str, text: str) -> None:
        """Something was typed about a handover."""
        self.succession = acts.filled_in(self.succession, ("name", "email", "last_day", "ends_on"), field, text)

    @rx.event
    async def step_on(self) -> EventSpec | None:
        """To the summary."""
        return forms.step(self, on=True)

    @rx.event
    async def step_back(self) -> EventSpec | None:
        """Back to what was filled in."""
        return forms.step(self, on=False)

    @rx.event
    async def finish_hand_over(self) -> EventSpec | None:
        """Invite the successor."""
        return await forms.finish_hand_over(self)

    @rx.event
    async def close(self) -> None:
        """Close the dialog; nothing happens."""
        acts.close(self)

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
        found = await run.ask(people_of, visit.actor, visit.account_id)
        protected = await run.ask(factors.of_users, [member.user_id for member in found.members])
        told = await run.ask(log_of, visit.actor, visit.account_id, self._page)
        if visit.account_id != self._account_id:
            acts.close(self)
        self._people, self._may, self._today = found, visit.identity.permissions, visit.today
        self._account_id, self._account = visit.account_id, visit.identity.account_name
        viewer = Viewer(visit.identity.user_id, self._may, self._today)
        self.people, self.log = users.people(found, protected, viewer), log(told)
