"""The state of the page of e-mail: each click is a change of its own."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.access import Permission
from billing.errors import BillingError, NotFound
from billing.hosting import queries, service
from billing.hosting.queries import Package
from billing.hosting.settings import EmailSettings, Forward
from dashboard import run
from dashboard.rows import hosting as rows
from dashboard.rows.hosting import EmailCard, Outcome
from dashboard.session import Visit, enter, look, refresh, to_login
from dashboard.texts.languages import SAID

ROUTE = "/email"
TEXTS = SAID.email

# Makes the settings that are wanted of those that were on screen, and says what that comes to.
Change = Callable[[Package[EmailSettings]], tuple[EmailSettings, str]]


class EmailState(rx.State):
    """The mail of each package as its card shows it. sorry: what went wrong that belongs to no card."""

    cards: tuple[EmailCard, ...] = ()
    sorry: str = ""

    # By package, what is on screen, with its version: a client could say anything about that.
    _packages: rx.Field[dict[str, Package[EmailSettings]]] = rx.field(default_factory=dict)
    _outcomes: rx.Field[dict[str, Outcome]] = rx.field(default_factory=dict)
    # How often the form of a new forward was emptied.
    _filled: rx.Field[dict[str, int]] = rx.field(default_factory=dict)

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page."""
        return await enter(self, ROUTE, needs=Permission.EMAIL_MANAGE)

    @rx.event
    async def switch(self, package_id: str, address: str) -> EventSpec | None:
        """Switch a mailbox on or off."""
        return await self._change(package_id, lambda package: _switched(package, address))

    @rx.event
    async def add_forward(self, sent: dict[str, Any]) -> EventSpec | None:
        """Forward mail as the form of a package says, and empty the form."""
        key = rows.sent_key(sent)
        login = await self._change(key, lambda package: _with_forward(package, sent))
        if self._outcomes.get(key, Outcome()).said:
            self._filled[key] = self._filled.get(key, 0) + 1
            await refresh(self)
        return login

    @rx.event
    async def remove_forward(self, package_id: str, source: str, target: str) -> EventSpec | None:
        """Forward mail no longer."""
        return await self._change(package_id, lambda package: _without_forward(package, Forward(source, target)))

    async def _change(self, package_id: object, change: Change) -> EventSpec | None:
        key = rows.sent_key(package_id)
        package = self._packages.get(key)
        if package is None:
            self.sorry = rows.TEXTS.unknown
            return None
        visit = await look(self)
        if visit is None:
            return to_login(self)
        self.sorry, self._outcomes[key] = "", await _tried(visit, package, change)
        await refresh(self)
        return None

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        found = await run.ask(queries.emails, visit.actor, visit.account_id)
        self._packages = {str(package.id): package for package in found}
        self.cards = tuple(
            rows.email_card(package, self._outcomes.get(key, Outcome()), filled=self._filled.get(key, 0))
            for key, package in self._packages.items()
        )


async def _tried(visit: Visit, package: Package[EmailSettings], change: Change) -> Outcome:
    try:
        settings, said = change(package)
        version = await run.do(service.change_email, visit.actor, package.id, package.version, settings)
    except (BillingError, run.Problem) as problem:
        return rows.refusal(problem)
    return Outcome(said, version=version)


def _switched(package: Package[EmailSettings], address: object) -> tuple[EmailSettings, str]:
    box = next((box for box in package.settings.mailboxes if box.address == address), None)
    if box is None:
        raise NotFound()
    said = TEXTS.switched_off if box.active else TEXTS.switched_on
    return package.settings.switched(box.address), said.format(address=box.address)


def _with_forward(package: Package[EmailSettings], sent: object) -> tuple[EmailSettings, str]:
    forward = rows.sent_forward(sent, package.domain)
    return package.settings.with_forward(forward), TEXTS.added.format(**vars(forward))


def _without_forward(package: Package[EmailSettings], forward: Forward) -> tuple[EmailSettings, str]:
    return package.settings.without_forward(forward), TEXTS.removed.format(**vars(forward))
