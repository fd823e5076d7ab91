"""Pay links in mails: signed, for one invoice, showing its number and amount and nothing else."""

from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer

from billing.access import Actor
from billing.clock import local_day
from billing.db import Work
from billing.errors import NotFound
from billing.invoices.queries import status_of
from billing.invoices.tables import ISSUED, Invoice
from billing.settlement import Status

_PURPOSE = "pay-link"


@dataclass(frozen=True)
class PayLinkView:
    """All that the bearer of a link may know."""

    number: str
    status: Status

    @property
    def payable(self) -> bool:
        return self.status.open_cents > 0


def sign(invoice_id: int, signing_key: str) -> str:
    """The token of an invoice's pay link."""
    return str(URLSafeSerializer(signing_key, salt=_PURPOSE).dumps(invoice_id))


def bearer(token: str, signing_key: str) -> Actor:
    """Who holds a link: somebody who may pay one invoice. Raises NotFound when the signature is not ours."""
    try:
        invoice_id = URLSafeSerializer(signing_key, salt=_PURPOSE).loads(token[:300])
    except BadSignature:
        raise NotFound() from None
    return Actor(name="Betaallink", pays_invoice_id=int(invoice_id))


def view(work: Work, actor: Actor) -> PayLinkView:
    """What the link shows. Raises NotFound."""
    invoice = work.session.get(Invoice, actor.pays_invoice_id)
    if invoice is None or invoice.state != ISSUED:
        raise NotFound()
    return PayLinkView(number=invoice.number or "", status=status_of(invoice, local_day(work.now)))
