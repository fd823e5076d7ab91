"""Changing the settings of a hosting package: a new version each time, and word of it to the control panel."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from billing import audit, locks, outbox
from billing.access import Actor
from billing.accounts import service as accounts
from billing.db import Work
from billing.errors import Conflict, InvalidSetting
from billing.hosting import queries
from billing.hosting.settings import Area, EmailSettings, WebsiteSettings, is_domain
from billing.hosting.tables import HostingPackage, HostingVersion
from billing.outbox import Task

_ACTIONS = {Area.WEBSITE: "website.changed", Area.EMAIL: "mailboxes.changed"}


@dataclass(frozen=True)
class AddPackage:
    """A new hosting package, with the settings that it starts with."""

    account_id: int
    domain: str
    website: WebsiteSettings
    email: EmailSettings


def add_package(work: Work, actor: Actor, command: AddPackage) -> int:
    """Add a package to an account, tell the panel, and return its id.

    Raises NotFound, AccountErased or InvalidSetting.
    """
    locks.living_account(work, command.account_id)
    if not is_domain(command.domain):
        raise InvalidSetting(field="domain", reason="domain")
    command.website.require_valid(command.website)
    command.email.require_valid(command.email, command.domain)
    package = HostingPackage(account_id=command.account_id, domain=command.domain)
    work.session.add(package)
    work.flush()
    audit.record(
        work, actor, "hosting.added", chain=audit.of_account(command.account_id), subject=command.domain
    )  # fmt: skip
    _append(work, actor, package, Area.WEBSITE, 1, command.website.to_json())
    _append(work, actor, package, Area.EMAIL, 1, command.email.to_json())
    return package.id or 0


def change_website(work: Work, actor: Actor, package_id: int, expected_version: int, settings: WebsiteSettings) -> int:
    """Set how a website is served; returns the version that holds now, the same one when nothing differs.

    expected_version: the one that the actor has seen. Raises NotFound, NotAllowed, InvalidSetting, or Conflict when
    somebody else was first.
    """
    package, before = _taken(work, actor, package_id, Area.WEBSITE, expected_version)
    settings.require_valid(WebsiteSettings.from_json(before.settings))
    return _changed(work, actor, package, before, settings.to_json())


def change_email(work: Work, actor: Actor, package_id: int, expected_version: int, settings: EmailSettings) -> int:
    """Switch mailboxes and set forwards; returns and raises as `change_website` does."""
    package, before = _taken(work, actor, package_id, Area.EMAIL, expected_version)
    settings.require_valid(EmailSettings.from_json(before.settings), package.domain)
    return _changed(work, actor, package, before, settings.to_json())


def _taken(
    work: Work, actor: Actor, package_id: int, area: Area, expected_version: int
) -> tuple[HostingPackage, HostingVersion]:
    """The package, its account locked, with the version that the actor has seen and that still holds."""
    package = queries.open_package(work, actor, queries.RIGHTS[area], package_id)
    locks.account(work, package.account_id)
    versions = select(HostingVersion).where(HostingVersion.package_id == package.id, HostingVersion.area == area.value)
    newest = work.session.exec(versions.order_by(col(HostingVersion.version).desc()).limit(1)).one()
    if newest.version != expected_version:
        raise Conflict()
    return package, newest


def _changed(
    work: Work, actor: Actor, package: HostingPackage, before: HostingVersion, settings: dict[str, Any]
) -> int:
    if settings == before.settings:
        return before.version
    area, version = Area(before.area), before.version + 1
    _append(work, actor, package, area, version, settings)
    audit.record(
        work, actor, _ACTIONS[area], chain=audit.of_account(package.account_id), subject=package.domain,
        version=version,
    )  # fmt: skip
    accounts.bump_version(work, package.account_id)
    return version


def _append(
    work: Work, actor: Actor, package: HostingPackage, area: Area, version: int, settings: dict[str, Any]
) -> None:
    package_id = package.id or 0
    work.session.add(
        HostingVersion(
            package_id=package_id, area=area.value, version=version, settings=settings, changed_by=actor.user_id,
            changed_by_name=actor.name, created_at=work.now,
        )
    )  # fmt: skip
    outbox.put(
        work, Task.HOSTING_CHANGED, queries.outbox_key(package_id, area, version), account_id=package.account_id,
        package_id=package_id, area=area.value, version=version,
    )  # fmt: skip
