"""The state of the page of websites: a form for each package."""

from dataclasses import replace
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.access import Permission
from billing.errors import BillingError, Conflict
from billing.hosting import queries, service
from billing.hosting.queries import Package
from billing.hosting.settings import WebsiteSettings
from dashboard import run
from dashboard.rows import hosting as rows
from dashboard.rows.hosting import Form, Outcome, WebsiteCard
from dashboard.session import Visit, enter, look, refresh, to_login

ROUTE = "/website"


class WebsiteState(rx.State):
    """Each website as its card shows it. sorry: what went wrong that belongs to no card."""

    cards: tuple[WebsiteCard, ...] = ()
    sorry: str = ""

    # By package, what its form was filled from: a client could say anything about that.
    _forms: rx.Field[dict[str, Form]] = rx.field(default_factory=dict)
    _packages: rx.Field[dict[str, Package[WebsiteSettings]]] = rx.field(default_factory=dict)

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page."""
        return await enter(self, ROUTE, needs=Permission.WEBSITE_MANAGE)

    @rx.event
    async def save(self, sent: dict[str, Any]) -> EventSpec | None:
        """Save what the form of a package says."""
        key = rows.sent_key(sent)
        form = self._forms.get(key)
        if form is None:
            self.sorry = rows.TEXTS.unknown
            return None
        visit = await look(self)
        if visit is None:
            return to_login(self)
        self.sorry, self._forms[key] = "", await _saved(visit, int(key), form, sent)
        await refresh(self)
        return None

    @rx.event
    async def take_over(self, package_id: str) -> None:
        """Fill the form of a package with what holds now, and forget what was typed."""
        key = rows.sent_key(package_id)
        if key in self._packages:
            self._forms[key] = rows.filled_form(self._packages[key], before=self._forms[key])
            await refresh(self)

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        found = await run.ask(queries.websites, visit.actor, visit.account_id)
        self._packages = {str(package.id): package for package in found}
        self._forms = {key: self._form(key, package) for key, package in self._packages.items()}
        self.cards = tuple(
            rows.website_card(package, self._forms[key], is_only=len(found) == 1)
            for key, package in self._packages.items()
        )

    def _form(self, key: str, package: Package[WebsiteSettings]) -> Form:
        form = self._forms.get(key) or rows.filled_form(package)
        # Now that the screen shows what somebody else made of it, another save is a choice.
        return form if form.expected else replace(form, expected=package.version)


async def _saved(visit: Visit, package_id: int, form: Form, sent: object) -> Form:
    """The form after a try to save it: filled from what was saved, or as it was with what went wrong."""
    try:
        settings = rows.sent_website(sent)
        version = await run.do(service.change_website, visit.actor, package_id, form.expected, settings)
    except Conflict as conflict:
        return replace(form, outcome=rows.refusal(conflict), expected=0)
    except (BillingError, run.Problem) as problem:
        return replace(form, outcome=rows.refusal(problem))
    said = rows.TEXTS.same if version == form.expected else rows.TEXTS.saved
    return Form(settings, version, version, form.filled, Outcome(said, version=version))
