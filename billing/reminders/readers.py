"""Whom a step is mailed to: the payer, then the owner as well, then who else could act."""

from collections.abc import Sequence

from sqlmodel import col, select

from billing.accounts.queries import billing_recipients, payers, with_role
from billing.accounts.tables import MailTopic, Role, User
from billing.db import Work
from billing.deliveries.service import addresses_in_trouble
from billing.hosting.tables import HostingPackage
from billing.reminders.rules import StepKind

WITH_OWNER = frozenset({StepKind.SECOND, StepKind.FORMAL})


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


def addresses_work(work: Work, account_id: int) -> bool:
    """Whether no mail to anybody who is to pay came back, as far as is known, and there is somebody."""
    people, bad = _concerned(work, account_id), addresses_in_trouble(work, account_id)
    return bool(people) and not any(person.email in bad for person in people)


def has_safe_mailbox(work: Work, account_id: int) -> bool:
    """Whether somebody who is to pay has a mailbox that works, and that does not live on the account's own hosting."""
    hosted, bad = _hosted(work, account_id), addresses_in_trouble(work, account_id)
    return any(person.email not in bad and not _lives_here(person, hosted) for person in _concerned(work, account_id))


def somebody_else(work: Work, account_id: int, person: User) -> User | None:
    """The owner, or else an administrator, whose mailbox is another one that works."""
    people = [*with_role(work, account_id, Role.OWNER), *with_role(work, account_id, Role.ADMINISTRATOR)]
    bad = {*addresses_in_trouble(work, account_id), person.email}
    return next((one for one in people if one.email not in bad), None)


def _concerned(work: Work, account_id: int) -> Sequence[User]:
    return work.session.exec(select(User).where(col(User.id).in_(payers(work, account_id)))).all()


def _hosted(work: Work, account_id: int) -> Sequence[str]:
    return work.session.exec(select(HostingPackage.domain).where(HostingPackage.account_id == account_id)).all()


def _lives_here(person: User, hosted: Sequence[str]) -> bool:
    domain = person.email.rpartition("@")[2]
    return any(domain == own or domain.endswith(f".{own}") for own in hosted)
