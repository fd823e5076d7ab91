"""Reading the settings of hosting packages: how they should be, who decided that, and whether the panel knows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlmodel import col, func, select

from billing import access, outbox
from billing.access import Actor, Permission
from billing.db import Work
from billing.errors import NotFound
from billing.hosting.settings import Area, EmailSettings, WebsiteSettings
from billing.hosting.tables import HostingPackage, HostingVersion
from billing.outbox import OutboxMessage
from billing.ports import DesiredState

RIGHTS = {Area.WEBSITE: Permission.WEBSITE_MANAGE, Area.EMAIL: Permission.EMAIL_MANAGE}
CHANGES_LIMIT = 6
# An unknown package asks the door about an account that nobody has, so that it takes as long as a foreign one.
NOBODY = 0

S = TypeVar("S")


class HandOver(StrEnum):
    """Whether the control panel has the newest settings. REFUSED: it will not take them; a person looks into it."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True)
class Change:
    """A version: who made it, and when."""

    version: int
    by: str
    at: datetime


@dataclass(frozen=True)
class Package(Generic[S]):
    """One area of a package. changes: the last ones, the newest first. handed_at: only when the hand-over is done."""

    id: int
    domain: str
    settings: S
    changes: tuple[Change, ...]
    hand_over: HandOver
    handed_at: datetime | None

    @property
    def version(self) -> int:
        return self.changes[0].version


def websites(work: Work, actor: Actor, account_id: int) -> tuple[Package[WebsiteSettings], ...]:
    """The website settings of an account's packages, by domain. Raises NotFound or NotAllowed."""
    return _packages(work, actor, account_id, Area.WEBSITE, WebsiteSettings.from_json)


def emails(work: Work, actor: Actor, account_id: int) -> tuple[Package[EmailSettings], ...]:
    """The e-mail settings of an account's packages, by domain. Raises NotFound or NotAllowed."""
    return _packages(work, actor, account_id, Area.EMAIL, EmailSettings.from_json)


def open_package(work: Work, actor: Actor, needs: Permission, package_id: int) -> HostingPackage:
    """A package in whose account the actor has this right.

    Raises NotFound when it does not exist or is somebody else's: the same answer, the same work.
    """
    package = work.session.get(HostingPackage, package_id)
    access.require(work, actor, needs, package.account_id if package else NOBODY)
    if package is None:
        raise NotFound()
    return package


def desired_state(work: Work, package_id: int, area: Area, message_key: str) -> DesiredState | None:
    """The newest settings, when the outbox row with this key asks for those; None when that row has been overtaken."""
    package = work.session.get(HostingPackage, package_id)
    if package is None:
        raise NotFound()
    [newest] = _newest(work, [package_id], area, limit=1)
    if outbox_key(package_id, area, newest.version) != message_key:
        return None
    return DesiredState(
        message_id=f"msg_{outbox.identity(message_key)}", domain=package.domain, area=area.value,
        version=newest.version, settings=newest.settings, decided_at=newest.created_at,
    )  # fmt: skip


def outbox_key(package_id: int, area: Area, version: int) -> str:
    """The key under which a version is handed to the panel."""
    return f"hosting:{package_id}:{area}:{version}"


def _packages(
    work: Work, actor: Actor, account_id: int, area: Area, parsed: Callable[[object], S]
) -> tuple[Package[S], ...]:
    allowed = access.require(work, actor, RIGHTS[area], account_id)
    mine = select(HostingPackage).where(HostingPackage.account_id == allowed).order_by(col(HostingPackage.domain))
    packages = {package.id or 0: package.domain for package in work.session.exec(mine)}
    versions: dict[int, list[HostingVersion]] = {package_id: [] for package_id in packages}
    for row in _newest(work, list(packages), area, limit=CHANGES_LIMIT):
        versions[row.package_id].append(row)
    handed = _handed_over(work, [outbox_key(id_, area, rows[0].version) for id_, rows in versions.items()])
    return tuple(
        _package(package_id, packages[package_id], rows, parsed(rows[0].settings), handed)
        for package_id, rows in versions.items()
    )


def _newest(work: Work, package_ids: Sequence[int], area: Area, *, limit: int) -> Sequence[HostingVersion]:
    """The last versions of each of these packages, the newest first."""
    place = func.row_number().over(
        partition_by=col(HostingVersion.package_id), order_by=col(HostingVersion.version).desc()
    )
    placed = (
        select(HostingVersion.id, place.label("place"))
        .where(col(HostingVersion.package_id).in_(package_ids), HostingVersion.area == area.value)
        .subquery()
    )
    statement = select(HostingVersion).join(placed, placed.c.id == col(HostingVersion.id))
    return work.session.exec(
        statement.where(placed.c.place <= limit).order_by(col(HostingVersion.version).desc())
    ).all()  # fmt: skip


def _handed_over(work: Work, keys: Sequence[str]) -> dict[str, tuple[HandOver, datetime | None]]:
    looks = {outbox.DONE: HandOver.DONE, outbox.GIVEN_UP: HandOver.REFUSED, outbox.WAITING: HandOver.WAITING}
    rows = select(OutboxMessage.dedup_key, OutboxMessage.state, OutboxMessage.done_at).where(
        col(OutboxMessage.dedup_key).in_(keys)
    )
    return {key: (looks[state], done_at) for key, state, done_at in work.session.exec(rows)}


def _package(
    package_id: int, domain: str, rows: Sequence[HostingVersion], settings: S, handed: dict[str, Any]
) -> Package[S]:
    hand_over, handed_at = handed[outbox_key(package_id, Area(rows[0].area), rows[0].version)]
    changes = tuple(Change(row.version, row.changed_by_name, row.created_at) for row in rows)
    return Package(package_id, domain, settings, changes, hand_over, handed_at)
