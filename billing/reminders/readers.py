"""Whom a step is mailed to: the payer, then the owner as well, then who else could act."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from billing.accounts.queries import billing_recipients, payers, with_role
from billing.accounts.tables import MailTopic, Role, User
from billing.db import Work
from billing.deliveries.service import addresses_in_trouble
from billing.hosting.tables import HostingPackage
from billing.reminders.rules import StepKind

WITH_OWNER = frozenset({StepKind.SECOND, StepKind.FORMAL})


@dataclass(frozen=True)
class Mailboxes:
    """all_work: no mail to anybody who is to pay came back, as far as is known, and there is somebody. one_is_safe: at
    least one of them works, and does not live on the account's own hosting."""

    all_work: bool
    one_is_safe: bool


def readers(work: Work, account_id: int, kind: StepKind) -> list[User]:
    """Who gets a step. A payer whose address does not work is passed over; when none is left the owner gets it, or else
    an administrator."""
    paying = billing_recipients(work, account_id, MailTopic.INVOICES)
    owner, others = with_role(work, account_id, Role.OWNER), with_role(work, account_id, Role.ADMINISTRATOR)
    bad = addresses_in_trouble(work, account_id)

    def working(people: Sequence[User]) -> list[User]:
        return [person for person in people if person.email not in bad]

    wanted = [*paying, *owner] if kind in WITH_OWNER else paying
    found = working(wanted) or working(owner) or working(others)
    return list({person.id: person for person in found}.values())


def at_risk(work: Work, account_id: int) -> User | None:
    """The only person who gets the invoices, when that mailbox does not work, or lives on hosting that this very
    account has with us and does not pay for; then somebody else has to know."""
    paying = billing_recipients(work, account_id, MailTopic.INVOICES)
    if len(paying) != 1:
        return None
    is_own = _lives_here(paying[0], _hosted(work, account_id))
    return paying[0] if is_own or paying[0].email in addresses_in_trouble(work, account_id) else None


def mailboxes(work: Work, account_id: int) -> Mailboxes:
    """Of everybody who is to pay."""
    people = work.session.exec(select(User).where(col(User.id).in_(payers(work, account_id)))).all()
    bad, hosted = addresses_in_trouble(work, account_id), _hosted(work, account_id)
    working = [person for person in people if person.email not in bad]
    return Mailboxes(
        all_work=bool(people) and len(working) == len(people),
        one_is_safe=any(not _lives_here(person, hosted) for person in working),
    )


def somebody_else(work: Work, account_id: int, person: User) -> User | None:
    """The owner, or else an administrator, whose mailbox is another one that works."""
    people = [*with_role(work, account_id, Role.OWNER), *with_role(work, account_id, Role.ADMINISTRATOR)]
    bad = {*addresses_in_trouble(work, account_id), person.email}
    return next((one for one in people if one.email not in bad), None)


def _hosted(work: Work, account_id: int) -> Sequence[str]:
    return work.session.exec(select(HostingPackage.domain).where(HostingPackage.account_id == account_id)).all()


def _lives_here(person: User, hosted: Sequence[str]) -> bool:
    domain = person.email.rpartition("@")[2]
    return any(domain == own or domain.endswith(f".{own}") for own in hosted)
