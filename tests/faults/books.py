"""What is in our books beside what the gateway holds."""

from collections import Counter
from decimal import Decimal
from typing import Any

from sqlmodel import SQLModel, col, func, select

from billing import health, inbox, outbox
from billing.db import Work
from billing.health import Counts
from billing.inbox import InboxMessage
from billing.invoices.tables import Invoice
from billing.ledger.rules import LedgerAccount
from billing.ledger.tables import Posting
from billing.outbox import OutboxMessage, Task
from billing.payments.tables import GatewayRecord, Payment, PaymentShare
from tests.faults.processes import Installation, Json

SUCCEEDED = 190
# As many as the sandbox lists at once.
LONGEST_LIST = 1000


def gateway_transactions(installation: Installation) -> list[Json]:
    """All that the gateway holds."""
    listed: list[Json] = installation.sandbox("control/transactions", limit=LONGEST_LIST)["transactions"]
    assert len(listed) < LONGEST_LIST
    return listed


def code(transaction: Json) -> int:
    """The status of one of the gateway's transactions."""
    return int(transaction["Status"]["Code"]["Code"])


def successes(installation: Installation) -> dict[str, int]:
    """The gateway's successful transactions: cents by key."""
    return {t["Key"]: _cents(t) for t in gateway_transactions(installation) if code(t) == SUCCEEDED}


def received_by_invoice(installation: Installation) -> Counter[str]:
    """Cents that the gateway took in for each invoice."""
    received: Counter[str] = Counter()
    for transaction in gateway_transactions(installation):
        if code(transaction) == SUCCEEDED:
            received[transaction["Invoice"]] += _cents(transaction)
    return received


def booked(installation: Installation) -> dict[str, int]:
    """The gateway's transactions that are in our books: cents by key."""
    return installation.billing.ask(_booked)


def unallocated_by_invoice(installation: Installation) -> Counter[str]:
    """Cents that came in for each invoice and were too much."""
    return installation.billing.ask(_unallocated)


def open_cents(installation: Installation) -> dict[str, tuple[int, int]]:
    """Total and open cents of each invoice."""
    return installation.billing.ask(_open_cents)


def counts(installation: Installation) -> Counts:
    """What the operators' figures say."""
    return installation.billing.ask(health.counts)


def mails_waiting(installation: Installation) -> int:
    """Mails that have still to be sent."""
    return installation.billing.ask(_mails_waiting)


def messages_waiting(installation: Installation) -> int:
    """Stored messages of the gateway that have still to be dealt with."""
    return installation.billing.ask(_messages_waiting)


def snapshot(installation: Installation) -> dict[str, Any]:
    """All that matters of the books: what changes nothing leaves it as it is."""
    return installation.billing.ask(_snapshot)


def _cents(transaction: Json) -> int:
    return int(Decimal(transaction["AmountDebit"]) * 100)


def _booked(work: Work) -> dict[str, int]:
    records = select(GatewayRecord.provider_key, GatewayRecord.amount_cents).where(GatewayRecord.verdict == "booked")
    return dict(work.session.exec(records).all())


def _unallocated(work: Work) -> Counter[str]:
    statement = (
        select(Invoice.number, -func.sum(Posting.cents))
        .join(PaymentShare, col(PaymentShare.invoice_id) == col(Invoice.id))
        .join(Posting, col(Posting.payment_id) == col(PaymentShare.payment_id))
        .where(Posting.ledger_account == LedgerAccount.UNALLOCATED.value)
        .group_by(col(Invoice.number))
    )
    return Counter({number or "": int(cents) for number, cents in work.session.exec(statement)})


def _open_cents(work: Work) -> dict[str, tuple[int, int]]:
    statement = select(Invoice.number, Invoice.total_cents, Invoice.open_cents)
    return {number or "": (total, still_open) for number, total, still_open in work.session.exec(statement)}


def _mails_waiting(work: Work) -> int:
    waiting = select(func.count()).where(
        col(OutboxMessage.state) == outbox.WAITING, col(OutboxMessage.task) != Task.RENDER_INVOICE.value
    )
    return int(work.session.exec(waiting).one())


def _messages_waiting(work: Work) -> int:
    return int(work.session.exec(select(func.count()).where(col(InboxMessage.state) == inbox.NEW)).one())


def _snapshot(work: Work) -> dict[str, Any]:
    rows = {
        name: work.session.exec(select(func.count()).select_from(table)).one()
        for name, table in SQLModel.metadata.tables.items()
    }
    postings = select(Posting.ledger_account, func.sum(Posting.cents), func.sum(func.abs(Posting.cents)))
    invoices = select(Invoice.id, Invoice.open_cents, Invoice.version, Invoice.settled_on).order_by(col(Invoice.id))
    return {
        "rows": rows,
        "postings": sorted(map(tuple, work.session.exec(postings.group_by(Posting.ledger_account)))),
        "invoices": list(map(tuple, work.session.exec(invoices))),
        "payments": list(map(tuple, work.session.exec(select(Payment.id, Payment.state).order_by(col(Payment.id))))),
    }
