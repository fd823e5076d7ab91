"""Pay links in mails: signed, for one invoice, showing its number and amount and nothing else."""

from dataclasses import dataclass

from billing import access, audit, locks, tokens
from billing.access import Actor, Permission
from billing.accounts import service as accounts
from billing.clock import local_day
from billing.db import Work
from billing.errors import NotFound
from billing.invoices.queries import status_of, visible_invoices
from billing.invoices.tables import ISSUED, Invoice
from billing.settlement import Status
from billing.tokens import Purpose

# How the audit log calls it.
WITHDRAWN = "pay_link.withdrawn"


@dataclass(frozen=True)
class PayLinkView:
    """All that the bearer of a link may know."""

    number: str
    status: Status

    @property
    def payable(self) -> bool:
        return self.status.open_cents > 0


def sign(invoice_id: int, signing_key: str, serial: int = 1) -> str:
    """The token of an invoice's pay link. serial: the invoice's own, which grows when its links are withdrawn."""
    return tokens.sign(Purpose.PAY, signing_key, invoice_id, serial)


def bearer(work: Work, token: str, signing_key: str) -> Actor:
    """Who holds a link: somebody who may pay one invoice. Raises NotFound when it is not ours or was withdrawn."""
    invoice_id, serial = tokens.read(Purpose.PAY, signing_key, token, 2)
    invoice = work.session.get(Invoice, invoice_id)
    if invoice is None or invoice.pay_link_serial != serial:
        raise NotFound()
    return Actor(name="Betaallink", pays_invoice_id=invoice_id)


def withdraw(work: Work, actor: Actor, number: str) -> None:
    """Make every pay link of an invoice that was mailed so far worthless; the next mail has a new one.

    Only for who may also see the invoice. Raises NotFound, NotAllowed.
    """
    invoice = visible_invoices(work, actor, [number])[0]
    access.require(work, actor, Permission.NOTIFICATIONS_MANAGE, invoice.account_id)
    locks.account(work, invoice.account_id)
    invoice = locks.invoices(work, [invoice.id or 0])[invoice.id or 0]
    invoice.pay_link_serial += 1
    work.session.add(invoice)
    audit.record(work, actor, WITHDRAWN, chain=audit.of_account(invoice.account_id), subject=number)
    accounts.bump_version(work, invoice.account_id)


def view(work: Work, actor: Actor) -> PayLinkView:
    """What the link shows. Raises NotFound."""
    invoice = work.session.get(Invoice, actor.pays_invoice_id)
    if invoice is None or invoice.state != ISSUED:
        raise NotFound()
    return PayLinkView(number=invoice.number or "", status=status_of(invoice, local_day(work.now)))
