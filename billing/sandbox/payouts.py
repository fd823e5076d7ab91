"""The merchant's account with the gateway: each day's report, its costs, and the payout of what is on it."""

import threading
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from billing.sandbox.clock import local_date
from billing.sandbox.gatewayfile import Entry, statement
from billing.sandbox.transactions import Transaction, Transactions, new_key

# What a transaction costs the merchant, and one that was taken back.
FEE_CENTS, REVERSAL_FEE_CENTS = 29, 250
HOLDER, HOLDER_IBAN = "Stichting Derdengelden Sandbox", "NL20SAND0001234567"

Json = dict[str, Any]


class Payouts:
    """Pays out at the end of each day; a day on which more went back than came in waits for a better one. May be
    called from any thread."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions, self._lock = transactions, threading.Lock()
        self._balance_cents = self._last = 0

    def pay_out(self, iban: str, until: date) -> list[Json]:
        """The report of every day to the given one on which something happened, and the transfer that our bank gets of
        it (None when nothing could be paid out). Each transaction is reported once."""
        with self._lock:
            moved = [one for one in self._transactions.to_report() if local_date(one.changed_at) <= until]
            days = groupby(moved, key=lambda one: local_date(one.changed_at))
            return [self._day(day, list(items), iban) for day, items in days]

    def clear(self) -> None:
        with self._lock:
            self._balance_cents = self._last = 0

    def dump(self) -> Json:
        """Everything as plain JSON values; which transactions were reported is theirs to know."""
        with self._lock:
            return {"balance_cents": self._balance_cents, "last": self._last}

    def load(self, state: Json) -> None:
        with self._lock:
            self._balance_cents, self._last = state["balance_cents"], state["last"]

    def _day(self, day: date, moved: Sequence[Transaction], iban: str) -> Json:
        entries = [*_entries(moved), _costs(day, moved)]
        opening, self._last = self._balance_cents, self._last + 1
        cents, key = opening + sum(entry.cents for entry in entries), new_key()
        if cents > 0:
            words = f"Uitbetaling {day:%d-%m-%Y}"
            entries.append(Entry(-cents, "N404", f"{iban} Merchant", words, key))
        self._balance_cents = min(cents, 0)
        for transaction in moved:
            transaction.reported = True
        transfer = {
            "amount_cents": cents, "text": f"Uitbetaling {day:%d-%m-%Y} xid.: {key}", "name": HOLDER,
            "iban": HOLDER_IBAN,
        }  # fmt: skip
        return {
            "on": day.isoformat(), "reference": key, "amount_cents": max(cents, 0),
            "report": statement(self._last, opening, entries, day), "transfer": transfer if cents > 0 else None,
        }  # fmt: skip


def _entries(moved: Sequence[Transaction]) -> Iterator[Entry]:
    for one in moved:
        sign = -1 if one.is_credit else 1
        yield Entry(sign * one.amount_cents, "N090", one.customer_name, f"factuur/order: {one.invoice}", one.key)


def _costs(day: date, moved: Sequence[Transaction]) -> Entry:
    reversals = sum(1 for one in moved if any(relation == "reversal" for relation, _ in one.related))
    cents = FEE_CENTS * (len(moved) - reversals) + REVERSAL_FEE_CENTS * reversals
    return Entry(-cents, "N901", HOLDER, f"Transactiekosten {day:%d-%m-%Y}", new_key())
