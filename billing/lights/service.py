"""Writing down what the outside parties were seen to say, and what a person had set right."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, or_, select

from billing import access, audit, locks
from billing.access import Actor
from billing.bookkeeping.tables import BookEntry
from billing.clock import local_day
from billing.db import Work, table_of
from billing.lights.receipts import Receipt
from billing.lights.rules import ABSENT, Repair
from billing.lights.tables import BookSeen, GatewaySeen
from billing.payments.tables import Payment
from billing.ports import BookStanding, GatewayTransaction


def saw_gateway(work: Work, found: Sequence[GatewayTransaction], asked: Collection[str]) -> None:
    """Keep what the gateway said. asked: all keys that it was asked about; those it does not know are kept as absent.

    Of one that is absent and was never seen nothing else is known, so it is left out.
    """
    payments = _payments_of(work, found)
    for one in found:
        payment_id = payments.get(one.attempt) or payments.get(one.key)
        _keep(work, GatewaySeen, "provider_key", {
            "provider_key": one.key, "payment_id": payment_id,
            "kind": one.kind.value, "outcome": one.outcome.value, "amount_cents": one.amount_cents,
            "invoice_number": one.invoice_number, 
            # Whose a payment of ours is, is known; a second name would outlive an account that is erased.
            "payer_name": "" if payment_id else one.payer_name,
            "changed_on": local_day(one.changed_at or work.now), "seen_at": work.now,
        }, *(() if one.changed_at else ("changed_on",)))  # fmt: skip
    missing = set(asked) - {one.key for one in found}
    for seen in work.session.exec(select(GatewaySeen).where(col(GatewaySeen.provider_key).in_(missing))):
        seen.outcome, seen.seen_at = ABSENT, work.now
        work.session.add(seen)


def saw_books(work: Work, entry_ids: Collection[int], found: Sequence[BookStanding]) -> None:
    """Keep what stands in the bookkeeping of these documents; one that was not among what was found is not there."""
    by_number: dict[str, list[BookStanding]] = {}
    for one in found:
        by_number.setdefault(one.reference, []).append(one)
    for entry in work.session.exec(select(BookEntry).where(col(BookEntry.id).in_(entry_ids))):
        there = by_number.get(entry.number, [])
        # What stands on a second document is told by its number; only one of them counts for the amounts.
        kept = next((one for one in there if one.document_id == entry.remote_id), there[0] if there else None)
        _keep(work, BookSeen, "entry_id", {
            "entry_id": entry.id, "documents": len(there), "settlements": _amounts(kept), "seen_at": work.now,
        })  # fmt: skip


def note_repair(work: Work, actor: Actor, receipt: Receipt, repair: Repair) -> None:
    """Write in the log of somebody of finance what was set right, before it is tried. Raises NotAllowed."""
    user_id = access.require_finance(work, actor)
    locks.user(work, user_id)
    about = ", ".join(receipt.numbers) or receipt.key
    audit.record(
        work, actor, "receipt.repaired", chain=audit.of_user(user_id), subject=about,
        key=receipt.key, repair=repair.value, cause=receipt.cause.value if receipt.cause else "", cents=receipt.cents,
    )  # fmt: skip


def _amounts(standing: BookStanding | None) -> dict[str, list[int]]:
    amounts: dict[str, list[int]] = {}
    for reference, cents in standing.settlements if standing else ():
        amounts.setdefault(reference, []).append(cents)
    return amounts


def _payments_of(work: Work, found: Sequence[GatewayTransaction]) -> dict[str, int]:
    """The attempts behind transactions, by our token and by the gateway's key, also of what they undo."""
    tokens = [one.attempt for one in found if one.attempt]
    keys = {one.key: one.original_key or one.key for one in found}
    ours = select(Payment.id, Payment.token, Payment.provider_key).where(
        or_(col(Payment.token).in_(tokens), col(Payment.provider_key).in_(keys.values()))
    )
    known: dict[str, int] = {}
    for payment_id, token, key in work.session.exec(ours):
        known |= {name: payment_id or 0 for name in (token, key) if name}
    return known | {key: known[original] for key, original in keys.items() if original in known}


def _keep(
    work: Work, table: type[GatewaySeen] | type[BookSeen], key: str, values: Mapping[str, Any], *at_first: str
) -> None:
    """The newest word counts. at_first: what is only written when there was no word before."""
    insert = (postgresql.insert if work.on_postgresql else sqlite.insert)(table_of(table)).values(**values)
    newer = {name: insert.excluded[name] for name in values if name not in {key, *at_first}}
    work.session.execute(insert.on_conflict_do_update(index_elements=[key], set_=newer))
