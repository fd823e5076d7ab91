"""Writing on paper what has happened, as the journal tells: that it did and in which order, but never how much."""

from collections.abc import Iterable
from itertools import groupby

from sqlmodel import col, select

from billing.credits.tables import CreditNote, CreditNoteLine, CreditNoteVat, Payout
from billing.invoices.tables import Invoice, InvoiceLine, InvoiceVat
from billing.ledger.rules import EntryKind
from billing.ledger.tables import JournalEntry
from billing.payments.tables import GatewayRecord, Payment, PaymentShare
from billing.ports import GatewayTransaction, Outcome, TransactionKind
from tests.machine.money import sums
from tests.machine.money.slips import PaperInvoice, PaperPayment, PaperPayout
from tests.machine.money.world import World


class Follower:
    """Reads the journal from where it stopped. in_cents, out_cents, gifts: by account. parked: left for a person."""

    def __init__(self, world: World) -> None:
        self.world, self.paper, self.shop = world, world.paper, world.shop
        self._last_entry = 0
        self._brought: dict[str, int] = {}
        self.in_cents = dict.fromkeys(world.accounts, 0)
        self.out_cents = dict.fromkeys(world.accounts, 0)
        self.gifts = dict.fromkeys(world.accounts, 0)
        self.parked: set[str] = set()

    def catch_up(self) -> None:
        """Everything since the last time."""
        self._learn_of_attempts()
        parked = self._newly_parked()
        had_place = [self._has_place(record) for record in parked]
        newer = select(JournalEntry).where(col(JournalEntry.id) > self._last_entry).order_by(col(JournalEntry.id))
        for entry in self.shop.ask(lambda work: work.session.exec(newer).all()):
            self._last_entry = entry.id or 0
            name, _, rest = entry.source_key.partition(":")
            match name:
                case "invoice":
                    self._invoice(int(rest))
                case "credit_note":
                    self._note(int(rest))
                case "lot":
                    self._lot(EntryKind(entry.kind))
                case "payout":
                    self._payout(*rest.split(":"))
                case "gateway":
                    self._money(self.world.gateway.known[rest])
        for record, had in zip(parked, had_place, strict=True):
            self.parked.add(record.provider_key)
            assert record.reason == "returns_more_than_received", record
            # What came back to the customer in the same moment may have come after it.
            assert not (had and self._has_place(record)), "what is left for a person fits nowhere"

    def _learn_of_attempts(self) -> None:
        shares = self.shop.all(PaymentShare)
        for payment in self.shop.all(Payment)[len(self.paper.payments) :]:
            meant = [share.invoice_id for share in shares if share.payment_id == payment.id]
            self.paper.payments[payment.id or 0] = PaperPayment(
                payment.id or 0, payment.account_id, payment.token, meant, payment.method == "transfer"
            )

    # Documents

    def _invoice(self, invoice_id: int) -> None:
        invoice = self.shop.one(Invoice, id=invoice_id)
        lines = self.shop.all(InvoiceLine, invoice_id=invoice_id)
        nets = {line.id or 0: sums.net_cents(line.quantity, line.unit_price) for line in lines}
        rates = {line.id or 0: line.vat_rate for line in lines}
        vat = sums.vat_of((rates[line], cents) for line, cents in nets.items())
        self._require_sums(invoice, lines, self.shop.all(InvoiceVat, invoice_id=invoice_id), nets, vat)
        assert (invoice.buyer or {})["vat_number"] == self.world.numbers[invoice.account_id]
        self._require_asked(invoice, lines, nets)
        total_cents = sums.total(vat)
        assert invoice.due_on is not None
        self.paper.issue(PaperInvoice(
            invoice_id, invoice.account_id, invoice.due_on, rates, nets, vat, total_cents, total_cents,
            self.world.treatment(invoice.account_id),
        ))  # fmt: skip

    def _require_asked(self, invoice: Invoice, lines: Iterable[InvoiceLine], nets: dict[int, int]) -> None:
        """An invoice says what was asked for: by hand, by an upgrade, or because a period is due."""
        asked = self.world.asked
        if asked.invoice is not None:
            assert [(nets[line.id or 0], line.vat_rate) for line in lines] == asked.invoice
        elif asked.charges is not None and asked.service is not None and asked.product is not None:
            assert [nets[line.id or 0] for line in lines] == [cents for _, _, cents in asked.charges]
            assert {line.vat_rate for line in lines} == {self.world.rate_for(invoice.account_id, asked.product)}
            for line, (start, until, cents) in zip(lines, asked.charges, strict=True):
                asked.service.charge(line.id or 0, start, until, cents, asked.product)
        else:
            assert asked.runs_until is not None, f"nobody asked for {invoice.number}"
            for line in lines:
                service = self.world.services[line.service_id or 0]
                assert service.account_id == invoice.account_id
                assert service.is_due(asked.runs_until), f"{line.period_start} of {service} is not due"
                period = service.invoice_next(line.id or 0)
                assert (line.period_start, line.period_end, nets[line.id or 0]) == period
                assert line.vat_rate == self.world.rate_for(invoice.account_id, service.product)

    def _note(self, note_id: int) -> None:
        note = self.shop.one(CreditNote, id=note_id)
        lines = self.shop.all(CreditNoteLine, credit_note_id=note_id)
        taken = {line.invoice_line_id: line.net_cents for line in lines}
        asked = self.world.asked.notes
        assert asked is not None, f"nobody asked for {note.number}"
        assert taken == {line: asked[line] for line in taken}
        vat = self.paper.vat_of_note(note.invoice_id, taken)
        self._require_sums(note, lines, self.shop.all(CreditNoteVat, credit_note_id=note_id), None, vat)
        split = self.paper.credit(note.invoice_id, taken, self.world.asked.payout_cents)
        assert (note.total_cents, note.offset_cents, note.credit_cents) == split
        for service in self.world.services.values():
            for line_id, cents in taken.items():
                if line_id in service.parts:
                    service.parts[line_id].credited += cents

    def _require_sums(
        self, document: Invoice | CreditNote, lines: Iterable[InvoiceLine | CreditNoteLine],
        breakdown: Iterable[InvoiceVat | CreditNoteVat], nets: dict[int, int] | None, vat: sums.Vat,
    ) -> None:  # fmt: skip
        """The arithmetic of EN 16931."""
        lines, breakdown = list(lines), list(breakdown)
        assert nets is None or {line.id: line.net_cents for line in lines} == nets
        assert document.net_cents == sum(line.net_cents for line in lines), "BR-CO-10 and BR-CO-13"
        assert document.vat_cents == sum(row.vat_cents for row in breakdown), "BR-CO-14"
        assert document.total_cents == document.net_cents + document.vat_cents, "BR-CO-15"
        assert {row.vat_rate: (row.base_cents, row.vat_cents) for row in breakdown} == vat, "BR-CO-17"
        by_rate = sorted(lines, key=lambda line: line.vat_rate)
        bases = {rate: sum(line.net_cents for line in group) for rate, group in groupby(by_rate, lambda x: x.vat_rate)}
        assert bases == {row.vat_rate: row.base_cents for row in breakdown}, "BR-S-08"

    # Money

    def _lot(self, kind: EntryKind) -> None:
        asked = self.world.asked
        if kind is EntryKind.OVERPAYMENT_KEPT:
            self.paper.keep(asked.payment_id)
        else:
            assert asked.cents, "nobody gave credits"
            self.paper.give(asked.account_id, asked.cents)
            self.gifts[asked.account_id] += asked.cents

    def _payout(self, payout_id: str, what: str) -> None:
        number = int(payout_id)
        match what:
            case "asked":
                self.paper.set_apart(number, self._payout_asked())
            case "again":
                self.paper.set_apart_again(number)
            case "undone":
                self.paper.put_back(number, self.paper.payouts[number].cents)
            case "shrunk":
                payout = self.paper.payouts[number]
                self.paper.put_back(number, payout.cents - self._refundable(number))

    def _payout_asked(self) -> PaperPayout:
        asked = self.world.asked
        if asked.payout_cents:
            lot = self.paper.lots[-1]
            return PaperPayout(self.paper.way_back(lot)[0], lot.place, asked.payout_cents)
        if asked.lot is not None:
            payment_id, cents = self.paper.way_back(self.paper.lots[asked.lot])
            return PaperPayout(payment_id, asked.lot, cents)
        assert asked.payment_id, "nobody asked for money back"
        return PaperPayout(asked.payment_id, None, self.paper.payments[asked.payment_id].loose_cents)

    def _refundable(self, payout_id: int) -> int:
        """What the gateway could send back of the payment of a payout, before it sent that one."""
        token = self.shop.one(Payout, id=payout_id).token
        known = self.world.gateway.known
        payment_id = self.paper.payouts[payout_id].payment_id
        left = {key: known[key].amount_cents for key, paid_to in self._brought.items() if paid_to == payment_id}
        for back in known.values():
            if back.original_key in left and back.attempt != token and _is_done(back):
                left[back.original_key] -= back.amount_cents
        return max(left.values())

    def _money(self, transaction: GatewayTransaction) -> None:
        cents = transaction.amount_cents
        assert _is_done(transaction), "only money that moved is booked"
        if transaction.kind is TransactionKind.PAYMENT:
            payment_id = self._brought[transaction.key] = self._paid_by(transaction)
            self.paper.receive(payment_id, cents)
            self.in_cents[self.paper.payments[payment_id].account_id] += cents
            return
        payment_id = self._brought[transaction.original_key]
        self.out_cents[self.paper.payments[payment_id].account_id] += cents
        tokens = {payout.token: payout.id or 0 for payout in self.shop.all(Payout)}
        payout_id = tokens.get(transaction.attempt)
        if payout_id and self.paper.payouts[payout_id].is_open:
            assert self.paper.payouts[payout_id].cents == cents
            self.paper.pay_out(payout_id)
        else:
            assert payout_id is None or not self.paper.is_still_there(payout_id)
            self.paper.take_back(payment_id, cents)

    def _newly_parked(self) -> list[GatewayRecord]:
        return [r for r in self.shop.all(GatewayRecord, verdict="parked") if r.provider_key not in self.parked]

    def _has_place(self, record: GatewayRecord) -> bool:
        paid_to = self._brought.get(record.original_key)
        return paid_to is not None and self.paper.can_take_back(paid_to, record.amount_cents)

    def _paid_by(self, transaction: GatewayTransaction) -> int:
        """The attempt whose order a payment names; a transfer of another amount belongs to the newest for its invoice.

        The gateway's copy of an order names the first of its invoices.
        """
        if transaction.attempt:
            [found] = [p.payment_id for p in self.paper.payments.values() if p.token == transaction.attempt]
            return found
        invoice_id = self.shop.one(Invoice, number=transaction.invoice_number).id
        return max(p.payment_id for p in self.paper.payments.values() if p.by_transfer and invoice_id in p.invoice_ids)


def _is_done(transaction: GatewayTransaction) -> bool:
    return transaction.outcome is Outcome.SUCCEEDED
