"""What the gateway does with money: starts payments and refunds, plays outcomes, and lets time pass."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from billing.sandbox import outcomes
from billing.sandbox.bank import Bank
from billing.sandbox.catalogue import SERVICES
from billing.sandbox.clock import EmulatedClock, Timers
from billing.sandbox.debits import is_collection, is_with_bank
from billing.sandbox.faults import Faults, NextSuccess, WebsiteSettings
from billing.sandbox.mandates import begin_mandate, mandate_problems
from billing.sandbox.outcomes import NotPossible
from billing.sandbox.pushes import Pushes
from billing.sandbox.requests import Request, ServiceCall
from billing.sandbox.transactions import SUCCEEDED, Transaction, Transactions, new_key
from billing.sandbox.validation import missing_parameters, missing_problem, problems_of, refundable_cents

HOSTED_LIFETIME = timedelta(hours=1)


class Gateway:
    """The pretend gateway's core. Every public method may be called from any thread."""

    def __init__(
        self,
        transactions: Transactions,
        website: WebsiteSettings,
        faults: Faults,
        clock: EmulatedClock,
        timers: Timers,
        pushes: Pushes,
        bank: Bank,
    ) -> None:
        self.transactions = transactions
        self._website, self._faults = website, faults
        self._clock, self._timers, self._pushes, self._bank = clock, timers, pushes, bank

    def start(self, request: Request) -> Transaction:
        """Take a transaction request. Nothing is pushed yet: that is for the caller, once it has answered."""
        with self.transactions.lock:
            transaction = self._new(request)
            problems = problems_of(request, self.transactions)
            missing = missing_parameters(request.main) if request.main and not problems else []
            if request.main and not request.continue_on_incomplete:
                problems += [missing_problem(request.main, name) for name in missing]
            if problems:
                transaction.status, transaction.errors = 491, [problem.as_row() for problem in problems]
            elif request.main is None:
                self._host(transaction, HOSTED_LIFETIME)
            else:
                self._act(transaction, request, request.main, missing)
            self.transactions.add(transaction)
        self.watch(transaction)
        return transaction

    def start_data(self, request: Request) -> Transaction:
        """Take a data request; no money is in it."""
        with self.transactions.lock:
            transaction = self._new(request)
            transaction.is_data_request = True
            problems = mandate_problems(request, self.transactions)
            if problems:
                transaction.status, transaction.errors = 491, [problem.as_row() for problem in problems]
            elif begin_mandate(transaction, request, self.transactions):
                self._host(transaction, HOSTED_LIFETIME)
            self.transactions.add(transaction)
        self.watch(transaction)
        return transaction

    def outcome(
        self, key: str, name: str, *, bank: str = "", service: str = "", deviation: NextSuccess | None = None
    ) -> Transaction:
        """Let the customer or the bank decide, and push it. Raises NotPossible.

        name: one of outcomes.OUTCOMES, or "close" for a window that is shut. bank: code of the chosen one.
        service: the method chosen on the hosted page. deviation: how a success differs from what was asked.
        """
        with self.transactions.lock:
            transaction = self.found(key)
            if name == "close":
                transaction.window_closed = True
                return transaction
            outcomes.check_move(transaction, name)
            if service and not transaction.service:
                outcomes.choose(transaction, service)
            outcomes.settle(transaction, name, self._clock.now(), bank=bank)
            if name == "success":
                self._deviate(transaction, deviation)
        self._bank.watch(transaction)
        self._pushes.announce(transaction)
        return transaction

    def outcome_of_many(self, keys: Iterable[str], name: str) -> int:
        """The same outcome for many, passing over those that can't have it; returns how many had it."""
        done = 0
        for key in keys:
            try:
                self.outcome(key, name)
            except NotPossible:
                continue
            done += 1
        return done

    def cancel(self, key: str) -> bool:
        """The merchant's own cancellation; whether it could still be done, of a debit before it leaves for the bank."""
        debit = self.transactions.get(key)
        if debit is not None and is_with_bank(debit, self._clock.now()):
            return False
        return self.outcome_of_many([key], "withdraw") == 1

    def refund_by_hand(self, key: str, cents: int | None) -> Transaction:
        """A refund from the gateway's back office, news to the merchant. None: all that is left. Raises NotPossible."""
        with self.transactions.lock:
            original = self.found(key)
            left = refundable_cents(original, self.transactions)
            amount = left if cents is None else cents
            if not 0 < amount <= left:
                raise NotPossible(f"at most {left} cents can be refunded")
            refund = self._copy(original, amount)
            refund.is_credit, refund.action = True, "Refund"
            self._refund(refund, original)
            self.transactions.add(refund)
        self._pushes.announce(refund)
        return refund

    def receive_transfer(self, key_or_reference: str, cents: int) -> Transaction:
        """Money comes in by bank transfer: the asked amount settles that transaction, any other makes a new one."""
        with self.transactions.lock:
            original = self._transfer(key_or_reference)
            if original.status == 792 and cents == original.amount_cents:
                return self.outcome(original.key, "success")
            received = self._copy(original, cents)
            outcomes.settle(received, "success", self._clock.now())
            self.transactions.add(received)
        self._pushes.announce(received)
        return received

    def found(self, key: str) -> Transaction:
        """The transaction with this key. Raises NotPossible."""
        transaction = self.transactions.get(key)
        if transaction is None:
            raise NotPossible("no transaction has this key")
        return transaction

    def watch(self, transaction: Transaction) -> None:
        """Let what is to come of it happen; and let it fail when its time is up and nobody has decided."""
        self._bank.watch(transaction)
        moment = transaction.expires_at
        if moment is not None and transaction.status == 790:
            self._timers.at(moment, lambda: self._expire(transaction, moment))

    def _expire(self, transaction: Transaction, moment: datetime) -> None:
        with self.transactions.lock:
            if transaction.status != 790 or self.transactions.get(transaction.key) is not transaction:
                return
            outcomes.settle(transaction, "expire", moment)
        self._pushes.announce(transaction)

    def _act(self, transaction: Transaction, request: Request, call: ServiceCall, missing: list[str]) -> None:
        service = SERVICES[transaction.service]
        transaction.missing = missing
        if {"refund", "instantrefund"}.intersection(call.actions):
            self._refund(transaction, self.found(request.original_key))
        elif is_collection(call) and not missing:
            self._bank.begin(transaction, request, call)
        elif "payrecurrent" in call.actions:
            transaction.recurring = True
            outcomes.settle(transaction, "success", transaction.created_at)
        elif missing or service.first_status == 790:
            self._host(transaction, service.lifetime)
            transaction.transaction_type, transaction.mutation_type = service.pay_type, service.mutation_type
            if not missing:
                transaction.sub_code, transaction.sub_text = service.first_sub_code, service.first_sub_text
        else:
            outcomes.begin(transaction, service, call.parameters)

    def _host(self, transaction: Transaction, lifetime: timedelta) -> None:
        transaction.token = secrets.token_hex(16)
        transaction.expires_at = transaction.created_at + lifetime

    def _refund(self, refund: Transaction, original: Transaction) -> None:
        service = SERVICES[original.service]
        refund.status, refund.payment_key = self._website.refund_status, original.payment_key
        refund.transaction_type, refund.mutation_type = service.refund_type, service.mutation_type
        refund.related = [("refund", original.key)]
        if refund.status == SUCCEEDED:
            _, refund.sub_code, refund.sub_text = outcomes.OUTCOMES["success"]

    def _deviate(self, transaction: Transaction, deviation: NextSuccess | None) -> None:
        if deviation is not None:
            outcomes.deviate(transaction, deviation)
        elif self._faults.take(self._faults.success, "count"):
            outcomes.deviate(transaction, self._faults.success)

    def _transfer(self, key_or_reference: str) -> Transaction:
        by_key = self.transactions.get(key_or_reference)
        found = by_key or self.transactions.by_output("PaymentReference", key_or_reference)
        if found is None or found.service != "transfer" or found.is_credit:
            raise NotPossible("no bank transfer has this key or payment reference")
        return found

    def _new(self, request: Request) -> Transaction:
        now, call = self._clock.now(), request.main
        is_credit = request.credit_cents is not None
        cents = request.credit_cents if is_credit else request.debit_cents
        return Transaction(
            key=new_key(),
            created_at=now,
            changed_at=now,
            status=790,
            service=call.name.lower() if call else "",
            action=call.action if call else "",
            amount_cents=max(cents or 0, 0),
            is_credit=is_credit,
            currency=request.currency,
            invoice=request.invoice,
            order=request.order,
            description=request.description,
            additional=request.additional,
            custom=request.custom,
            selectable=request.selectable,
            return_urls=request.return_urls,
            push_url=request.push_url,
            push_url_failure=request.push_url_failure,
            start_recurrent=request.start_recurrent,
            culture=request.culture,
        )

    def _copy(self, original: Transaction, cents: int) -> Transaction:
        """A further transaction for the same invoice; the merchant's own parameters stay with the first."""
        now = self._clock.now()
        return Transaction(
            key=new_key(),
            created_at=now,
            changed_at=now,
            status=790,
            service=original.service,
            action=original.action,
            amount_cents=cents,
            currency=original.currency,
            is_test=original.is_test,
            invoice=original.invoice,
            order=original.order,
            description=original.description,
            push_url=original.push_url,
            push_url_failure=original.push_url_failure,
            culture=original.culture,
        )
