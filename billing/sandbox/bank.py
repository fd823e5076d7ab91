"""The debtors' banks: they collect when the day has come, refuse, take back, and lose mandates."""

from datetime import datetime
from functools import partial

from billing.sandbox import debits
from billing.sandbox.clock import EmulatedClock, Timers
from billing.sandbox.faults import Faults
from billing.sandbox.outcomes import NotPossible, settle
from billing.sandbox.pushes import Pushes
from billing.sandbox.reasons import CODES
from billing.sandbox.requests import Request, ServiceCall
from billing.sandbox.transactions import SUCCEEDED, NameValue, Transaction, Transactions


class Bank:
    """All debtors' banks in one. Every public method may be called from any thread."""

    def __init__(
        self, transactions: Transactions, faults: Faults, clock: EmulatedClock, timers: Timers, pushes: Pushes
    ) -> None:
        self._transactions, self._faults = transactions, faults
        self._clock, self._timers, self._pushes = clock, timers, pushes

    def begin(self, debit: Transaction, request: Request, call: ServiceCall) -> None:
        """Take up a valid collection; nothing is pushed or timed yet."""
        if "paywithemandate" in call.actions:
            source = self._transactions.mandate(call.parameters["mandatereference"])
        else:
            source = self._transactions.get(request.original_key)
        debits.begin(debit, call, source)
        self._disturb(debit)

    def watch(self, debit: Transaction) -> None:
        """Let its steps happen when their moment comes. Harmless the second time."""
        for step in debit.steps:
            self._timers.at(datetime.fromisoformat(step[0]), partial(self._do, debit, step))

    def reverse(
        self, key: str, reason: str, *, after_days: int | None = None, cents: int = 0, invoice: str = ""
    ) -> Transaction:
        """Take a collection back, as often as asked and in whatever state it is. Raises NotPossible.

        after_days: counted from the collection day; None for now. cents, invoice: for a collection that nobody knows.
        Returns the reversal, or the collection when it is yet to come back.
        """
        require_reason(reason)
        with self._transactions.lock:
            original = self._transactions.get(key) or self._stranger(key, cents, invoice)
            if original.service != debits.SERVICE or original.is_credit:
                raise NotPossible("only a collection can be taken back")
            if after_days is not None:
                moment = max(debits.days_after(original, after_days), self._clock.now())
                debits.plan(original, f"{debits.REVERSE}:{reason}", moment)
                self.watch(original)
                return original
            return self._reversed(original, reason, self._clock.now())

    def refuse(self, key: str, reason: str) -> Transaction:
        """The bank refuses a collection before its day. Raises NotPossible."""
        require_reason(reason)
        with self._transactions.lock:
            debit = self._transactions.get(key)
            if debit is None or debit.service != debits.SERVICE or debit.status != debits.PROCESSING:
                raise NotPossible("no collection that waits for its day has this key")
            debits.refuse(debit, reason, self._clock.now())
        self._pushes.announce(debit)
        return debit

    def withdraw(self, key_or_mandate: str) -> Transaction:
        """A customer takes a mandate, or the leave of a series, back at the bank. Nobody tells the merchant."""
        found = self._transactions.mandate(key_or_mandate) or self._transactions.get(key_or_mandate)
        if found is None or found.status != SUCCEEDED or not (found.is_data_request or found.start_recurrent):
            raise NotPossible("no signed mandate has this key or identity")
        found.withdrawn = True
        return found

    def _disturb(self, debit: Transaction) -> None:
        faults = self._faults.debits
        if not debit.is_pending:
            return
        if self._faults.take(faults, "refuse_submission"):
            debits.refuse(debit, faults.reason, debit.created_at)
        elif self._faults.take(faults, "refuse_later"):
            debits.plan_refusal(debit, faults.reason)
        elif self._faults.take(faults, "reverse"):
            debits.plan(debit, f"{debits.REVERSE}:{faults.reason}", debits.days_after(debit, faults.reverse_after_days))

    def _do(self, debit: Transaction, step: NameValue) -> None:
        with self._transactions.lock:
            if step not in debit.steps or self._transactions.get(debit.key) is not debit:
                return
            debit.steps.remove(step)
            moment = datetime.fromisoformat(step[0])
            name, _, reason = step[1].partition(":")
            if name == debits.REVERSE:
                if debit.status == SUCCEEDED:
                    self._reversed(debit, reason, moment)
                return
            if debit.status != debits.PROCESSING:
                return
            if name == debits.SETTLE:
                settle(debit, "success", moment)
            else:
                debits.refuse(debit, reason, moment)
        self._pushes.announce(debit)

    def _reversed(self, original: Transaction, reason: str, moment: datetime) -> Transaction:
        taken_back = debits.reversal(original, reason, moment)
        self._transactions.add(taken_back)
        self._pushes.announce(taken_back)
        return taken_back

    def _stranger(self, key: str, cents: int, invoice: str) -> Transaction:
        if cents <= 0:
            raise NotPossible("no transaction has this key; a reversal of it needs amount_cents")
        now = self._clock.now()
        return Transaction(
            key=key.upper(), created_at=now, changed_at=now, status=SUCCEEDED, service=debits.SERVICE,
            amount_cents=cents, invoice=invoice, mutation_type=1,
        )  # fmt: skip


def require_reason(code: str) -> str:
    """The reason code. Raises NotPossible for one that is in no list."""
    if code not in CODES:
        raise NotPossible(f"reason: one of {', '.join(CODES)}")
    return code
