"""Whom a step is mailed to: the payer, then the owner as well, then who else could act."""

from collections.abc import Sequence

from sqlmodel import select

from billing.accounts.queries import billing_recipients, with_role
from billing.accounts.tables import MailTopic, Role, User
from billing.db import Work
from billing.deliveries.service import addresses_in_trouble
from billing.hosting.tables import HostingPackage
from billing.reminders.rules import StepKind

WITH_OWNER = frozenset({StepKind.SECOND, StepKind.FORMAL})


def readers(work: Work, account_id: int, kind: StepKind) -> list[User]:
    """Who gets a step. A payer whose address does not work is passed over; when none is left the owner gets it, or else
    an administrator."""
    payers = billing_recipients(work, account_id, MailTopic.INVOICES)
    owner, others = with_role(work, account_id, Role.OWNER), with_role(work, account_id, Role.ADMINISTRATOR)
    bad = addresses_in_trouble(work, account_id)

    def working(people: Sequence[User]) -> list[User]:
        return [person for person in people if person.email not in bad]

    wanted = [*payers, *owner] if kind in WITH_OWNER else payers
    found = working(wanted) or working(owner) or working(others)
    return list({person.id: person for person in found}.values())


def at_risk(work: Work, account_id: int) -> User | None:
    """The only person who gets the invoices, when that mailbox does not work, or lives on hosting that this very
    account has with us and does not pay for; then somebody else has to know."""
    payers = billing_recipients(work, account_id, MailTopic.INVOICES)
    if len(payers) != 1:
        return None
    domain = payers[0].email.rpartition("@")[2]
    own = select(HostingPackage.domain).where(HostingPackage.account_id == account_id)
    is_own = any(domain == hosted or domain.endswith(f".{hosted}") for hosted in work.session.exec(own))
    return payers[0] if is_own or payers[0].email in addresses_in_trouble(work, account_id) else None


def somebody_else(work: Work, account_id: int, person: User) -> User | None:
    """The owner, or else an administrator, whose mailbox is another one that works."""
    people = [*with_role(work, account_id, Role.OWNER), *with_role(work, account_id, Role.ADMINISTRATOR)]
    bad = {*addresses_in_trouble(work, account_id), person.email}
    return next((one for one in people if one.email not in bad), None)
