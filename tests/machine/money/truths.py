"""What must be true after every step: the product's books are those on paper, and those of the gateway."""

from collections.abc import Iterable

from hypothesis.stateful import invariant

from billing.accounts.tables import Account
from billing.credits.tables import CreditLot, CreditNote, Payout
from billing.invoices.tables import CarryForward, Invoice
from billing.ledger.rules import LedgerAccount
from billing.ledger.tables import Posting
from billing.payments.tables import GatewayRecord
from billing.ports import Outcome, TransactionKind
from billing.products.tables import Service
from tests.machine.money.base import Base
from tests.machine.money.contracts import PaperService
from tests.machine.money.sums import ONE_DAY

OPEN_PAYOUTS = {"created", "pending", "unknown"}


class Truths(Base):
    """Invariants, and the reckoning at the end."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: dict[int, tuple[object, int]] = {}

    @invariant()
    def all_is_true(self) -> None:
        """The paper is written first, and then everything is held against it."""
        assert self.shop.broken() == []
        self.follower.catch_up()
        self.the_books_are_those_on_paper()
        self.the_journal_is_what_is_on_paper()
        self.money_in_is_money_out()
        self.each_document_is_in_the_log()
        self.open_screens_look_again()

    def the_books_are_those_on_paper(self) -> None:
        assert self._invoices() == {
            i.invoice_id: (
                i.total_cents, i.open_cents, i.credited_cents, i.with_credits_cents, i.open_cents == 0, i.brought_cents,
                i.carried_cents, i.treatment,
            )
            for i in self.paper.invoices.values()
        }  # fmt: skip
        notes = [(note.invoice_id, note.vat_treatment) for note in self.shop.all(CreditNote)]
        assert notes == [(of, self.paper.invoices[of].treatment) for of, _ in notes]
        lots = [(lot.account_id, lot.left_cents) for lot in self.shop.all(CreditLot)]
        assert lots == [(lot.account_id, lot.left_cents) for lot in self.paper.lots]
        payouts = {p.id: (p.amount_cents, p.state in OPEN_PAYOUTS) for p in self.shop.all(Payout)}
        assert payouts == {number: (p.cents, p.is_open) for number, p in self.paper.payouts.items()}
        assert self._in_use() == {
            s.service_id: (s.next_start - ONE_DAY, s.product.product_id, s.ends_on) for s in self._going_on()
        }

    def the_journal_is_what_is_on_paper(self) -> None:
        payments = self.paper.payments.values()
        wanted = {
            LedgerAccount.RECEIVABLE: sum(i.open_cents for i in self.paper.invoices.values()),
            LedgerAccount.CARRIED_FORWARD: sum(i.waiting_cents for i in self.paper.invoices.values()),
            LedgerAccount.CUSTOMER_CREDIT: -sum(lot.left_cents for lot in self.paper.lots),
            LedgerAccount.UNALLOCATED: -sum(p.loose_cents for p in payments),
            LedgerAccount.PAYOUT: -sum(p.apart_cents for p in payments),
            LedgerAccount.GATEWAY_CLEARING: sum(p.held_cents for p in payments),
            LedgerAccount.GOODWILL: self.paper.gifts_cents,
        }
        totals = self.shop.totals()
        assert {account: totals.get(account.value, 0) for account in wanted} == wanted
        waiting = {p.payment_id: -p.loose_cents for p in payments if p.loose_cents}
        assert self._by_payment(LedgerAccount.UNALLOCATED) == waiting

    def money_in_is_money_out(self) -> None:
        """What came in at the gateway went to invoices, credits or money without a purpose, or it went back."""
        for account_id in self.world.accounts:
            documents = [i for i in self.shop.all(Invoice, account_id=account_id) if i.state == "issued"]
            rests = self.shop.all(CarryForward, account_id=account_id, state="waiting")
            owed = sum(i.open_cents for i in documents) + sum(rest.cents for rest in rests)
            has = sum(lot.left_cents for lot in self.shop.all(CreditLot, account_id=account_id))
            has -= sum(p.cents for p in self.shop.all(Posting, account_id=account_id) if p.ledger_account in _WAITING)
            charged = sum(i.total_cents - i.credited_cents for i in documents)
            paid = self.follower.in_cents[account_id] - self.follower.out_cents[account_id]
            assert owed - has == charged - paid - self.follower.gifts[account_id]

    def each_document_is_in_the_log(self) -> None:
        """Somebody issued it, and that is known."""
        logged = [event.subject for event in self.shop.audit() if event.action in _ISSUED]
        documents = [*self.shop.all(Invoice, state="issued"), *self.shop.all(CreditNote)]
        assert sorted(logged) == sorted(document.number or "" for document in documents)

    def open_screens_look_again(self) -> None:
        """Whatever changed in an account raised its version."""
        for account_id in self.world.accounts:
            state = (
                [i.open_cents for i in self.paper.invoices.values() if i.account_id == account_id],
                [lot.left_cents for lot in self.paper.lots if lot.account_id == account_id],
                [p.loose_cents for p in self.paper.payments.values() if p.account_id == account_id and p.loose_cents],
                [p.apart_cents for p in self.paper.payments.values() if p.account_id == account_id and p.apart_cents],
                self.world.numbers[account_id],
                [s.ends_on for s in self.world.services.values() if s.account_id == account_id and s.ends_on],
            )  # fmt: skip
            version = self.shop.one(Account, id=account_id).version
            before = self._seen.get(account_id)
            assert before is None or before[0] == state or before[1] < version
            self._seen[account_id] = (state, version)

    def reckon(self) -> None:
        """All that the gateway did was booked, or waits for a person."""
        done = {t.key: t for t in self.world.gateway.known.values() if t.outcome is Outcome.SUCCEEDED}
        booked = {r.provider_key: r.amount_cents for r in self.shop.all(GatewayRecord, verdict="booked")}
        wanted = {key: t.amount_cents for key, t in done.items() if key not in self.follower.parked}
        assert booked == wanted
        paid = sum(t.amount_cents for t in done.values() if t.kind is TransactionKind.PAYMENT)
        back = sum(t.amount_cents for t in done.values() if t.kind is not TransactionKind.PAYMENT)
        parked = sum(done[key].amount_cents for key in self.follower.parked)
        assert self.shop.totals().get("gateway_clearing", 0) == paid - back + parked

    def _invoices(self) -> dict[int, tuple[object, ...]]:
        return {
            i.id or 0: (
                i.total_cents, i.open_cents, i.credited_cents, i.credits_cents, i.settled_on is not None,
                i.brought_cents, i.carried_cents, i.vat_treatment,
            )
            for i in self.shop.all(Invoice, state="issued")
        }  # fmt: skip

    def _in_use(self) -> dict[int, tuple[object, ...]]:
        return {
            s.id or 0: (s.paid_through, s.product_id, s.ends_on)
            for s in self.shop.all(Service) if s.state != "ended"
        }  # fmt: skip

    def _going_on(self) -> Iterable[PaperService]:
        ended = {s.id for s in self.shop.all(Service, state="ended")}
        for service in self.world.services.values():
            assert service.service_id not in ended or service.over_on(self.world.today)
            if service.service_id not in ended:
                yield service

    def _by_payment(self, account: LedgerAccount) -> dict[int, int]:
        sums: dict[int, int] = {}
        for posting in self.shop.all(Posting, ledger_account=account.value):
            sums[posting.payment_id or 0] = sums.get(posting.payment_id or 0, 0) + posting.cents
        return {payment_id: cents for payment_id, cents in sums.items() if cents}


_WAITING = {LedgerAccount.UNALLOCATED.value, LedgerAccount.PAYOUT.value}
_ISSUED = {"invoice.issued", "credit_note.issued"}
