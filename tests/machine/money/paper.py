"""The books kept a second time, on paper: what each customer owes and has, by the rules of the trade alone.

Nothing here knows the product's code. Amounts are cents; ids are those of the product, so that both can be compared.
"""

from tests.machine.money import sums
from tests.machine.money.slips import PaperInvoice, PaperLot, PaperPayment, PaperPayout
from tests.machine.money.sums import Vat


class Paper:
    """What all accounts owe and have. floor_cents: less than this is not asked for while something was settled."""

    def __init__(self, floor_cents: int) -> None:
        self.floor_cents = floor_cents
        self.invoices: dict[int, PaperInvoice] = {}
        self.lots: list[PaperLot] = []
        self.payments: dict[int, PaperPayment] = {}
        self.payouts: dict[int, PaperPayout] = {}
        self.gifts_cents = 0

    # Documents

    def issue(self, invoice: PaperInvoice) -> None:
        """A new invoice asks for the small rests that wait, and takes the credits that there are at once."""
        invoice.brought_cents = self.waiting(invoice.account_id)
        invoice.open_cents += invoice.brought_cents
        for earlier in self.invoices.values():
            if earlier.account_id == invoice.account_id:
                earlier.waiting_cents = 0
        self.invoices[invoice.invoice_id] = invoice
        self.use_credits(invoice.invoice_id)

    def use_credits(self, invoice_id: int) -> None:
        """The oldest credits first."""
        invoice = self.invoices[invoice_id]
        left = invoice.open_cents
        for lot in self.lots:
            cents = min(lot.left_cents, left)
            if lot.account_id == invoice.account_id and cents:
                lot.left_cents -= cents
                left -= cents
                invoice.with_credits_cents += cents
                invoice.settled_with[lot.place] = invoice.settled_with.get(lot.place, 0) + cents
        self._settle(invoice, invoice.open_cents - left)

    def _settle(self, invoice: PaperInvoice, cents: int) -> None:
        """Something settles an invoice; what is then left and too little to ask for goes on to the next one."""
        invoice.open_cents -= cents
        asked_cents = invoice.total_cents + invoice.brought_cents
        if cents and invoice.open_cents < self.floor_cents and invoice.open_cents < asked_cents:
            invoice.carried_cents += invoice.open_cents
            invoice.waiting_cents += invoice.open_cents
            invoice.open_cents = 0

    def waiting(self, account_id: int) -> int:
        """The small rests of an account that its next invoice will ask for."""
        return sum(i.waiting_cents for i in self.invoices.values() if i.account_id == account_id)

    def vat_of_note(self, invoice_id: int, taken: dict[int, int]) -> Vat:
        """VAT of a note that takes these amounts of lines: the last of a rate takes the last of its VAT."""
        invoice = self.invoices[invoice_id]
        found = {}
        for rate, (base, tax) in sums.vat_of((invoice.rates[line], cents) for line, cents in taken.items()).items():
            left_base, left_tax = invoice.vat[rate]
            low, high = min(left_tax, 0), max(left_tax, 0)
            found[rate] = (base, left_tax if base == left_base else min(max(tax, low), high))
        return found

    def foresee(self, taken: dict[int, int]) -> list[tuple[int, int, int]]:
        """By invoice: what notes on these lines would come to, and what of it would lower the invoice."""
        found = []
        for invoice in self.invoices.values():
            if mine := {line: cents for line, cents in taken.items() if line in invoice.lines}:
                cents = sums.total(self.vat_of_note(invoice.invoice_id, mine))
                found.append((invoice.invoice_id, cents, min(cents, invoice.open_cents + invoice.waiting_cents)))
        return found

    def balance(self, account_id: int) -> int:
        """What an account has to spend."""
        return sum(lot.left_cents for lot in self.lots if lot.account_id == account_id)

    def credit(self, invoice_id: int, taken: dict[int, int], payout_cents: int) -> tuple[int, int, int]:
        """A credit note: lowers what is owed, gives back the credits used last, the rest is new credit.

        What waits of the invoice for the next one is owed too; what another invoice asks for of it no longer is.

        Returns its total, what of that lowers the invoice, and what becomes credits.
        """
        invoice, vat = self.invoices[invoice_id], self.vat_of_note(invoice_id, taken)
        for line, cents in taken.items():
            invoice.lines[line] -= cents
        for rate, (base, tax) in vat.items():
            left_base, left_tax = invoice.vat[rate]
            invoice.vat[rate] = (left_base - base, left_tax - tax)
        total_cents = sums.total(vat)
        invoice.open_cents += invoice.waiting_cents
        invoice.carried_cents -= invoice.waiting_cents
        invoice.waiting_cents = 0
        offset_cents = min(total_cents, invoice.open_cents)
        self._settle(invoice, offset_cents)
        invoice.credited_cents += total_cents
        credits_cents = total_cents - offset_cents - payout_cents
        back_cents = self._give_back(invoice, credits_cents)
        if rest := credits_cents + payout_cents - back_cents:
            self.add_lot(invoice.account_id, rest, invoice_id=invoice_id)
        return total_cents, offset_cents, credits_cents

    def _give_back(self, invoice: PaperInvoice, cents: int) -> int:
        given = 0
        for place in reversed(invoice.settled_with):
            part = min(invoice.settled_with[place], cents - given)
            invoice.settled_with[place] -= part
            self.lots[place].left_cents += part
            given += part
        return given

    def add_lot(
        self, account_id: int, cents: int, *, payment_id: int | None = None, invoice_id: int | None = None
    ) -> None:
        self.lots.append(PaperLot(len(self.lots), account_id, cents, payment_id, invoice_id))

    # Money that comes in and goes back

    def receive(self, payment_id: int, cents: int) -> None:
        """The invoice that is due first is paid first; the rest waits for a purpose."""
        payment = self.payments[payment_id]
        payment.held_cents += cents
        for invoice in sorted((self.invoices[i] for i in payment.invoice_ids), key=lambda i: (i.due_on, i.invoice_id)):
            cents -= self._pay(payment, invoice, cents)
        payment.loose_cents += cents

    def _pay(self, payment: PaperPayment, invoice: PaperInvoice, cents: int) -> int:
        """So much of a payment is there for an invoice; returns what that takes of it."""
        if part := min(cents, invoice.open_cents):
            payment.paid[invoice.invoice_id] = payment.paid.get(invoice.invoice_id, 0) + part
            self._settle(invoice, part)
        return part

    def made_of(self, payment: PaperPayment) -> list[PaperLot]:
        """Credits that were made of a payment's money: what was kept, then notes on what it is for."""
        kept = [lot for lot in self.lots if lot.payment_id == payment.payment_id]
        return kept + [lot for lot in self.lots if lot.invoice_id in payment.invoice_ids]

    def can_take_back(self, payment_id: int, cents: int) -> bool:
        """Whether that much is there to be undone."""
        payment = self.payments[payment_id]
        there = payment.loose_cents + sum(lot.left_cents for lot in self.made_of(payment)) + sum(payment.paid.values())
        return cents <= min(there, payment.held_cents)

    def take_back(self, payment_id: int, cents: int) -> None:
        """First what has no purpose, then the credits, then the invoices it paid, the last first.

        Who paid such an invoice too often has paid it once less.
        """
        payment = self.payments[payment_id]
        assert self.can_take_back(payment_id, cents)
        payment.held_cents -= cents
        loose = min(payment.loose_cents, cents)
        payment.loose_cents -= loose
        cents -= loose
        for lot in self.made_of(payment):
            part = min(lot.left_cents, cents)
            lot.left_cents -= part
            cents -= part
        for invoice_id in reversed(payment.paid):
            part = min(payment.paid[invoice_id], cents)
            payment.paid[invoice_id] -= part
            self.invoices[invoice_id].open_cents += part
            cents -= part
            if part:
                self._pay_with_surplus(payment, self.invoices[invoice_id])

    def _pay_with_surplus(self, returned: PaperPayment, invoice: PaperInvoice) -> None:
        for other in self.payments.values():
            if other is not returned and invoice.invoice_id in other.invoice_ids:
                other.loose_cents -= self._pay(other, invoice, other.loose_cents)

    # What a customer chooses

    def keep(self, payment_id: int) -> None:
        payment = self.payments[payment_id]
        self.add_lot(payment.account_id, payment.loose_cents, payment_id=payment_id)
        payment.loose_cents = 0

    def give(self, account_id: int, cents: int) -> None:
        self.gifts_cents += cents
        self.add_lot(account_id, cents)

    def way_back(self, lot: PaperLot) -> tuple[int, int]:
        """The payment that credits can go back through, and how much; nothing where there is none."""
        if lot.payment_id is not None:
            found = [(self._there(lot.payment_id), lot.payment_id)]
        else:
            paid = [(p.paid.get(lot.invoice_id or 0, 0), p.payment_id) for p in self.payments.values()]
            found = [(min(cents, self._there(payment_id)), payment_id) for cents, payment_id in paid]
        cents, payment_id = max((one for one in found if one[0] > 0), default=(0, 0))
        return payment_id, min(cents, lot.left_cents)

    def _there(self, payment_id: int) -> int:
        payment = self.payments[payment_id]
        return payment.held_cents - payment.apart_cents

    def set_apart(self, payout_id: int, payout: PaperPayout) -> None:
        self.payouts[payout_id] = payout
        self._move(payout, payout.cents)

    def put_back(self, payout_id: int, cents: int) -> None:
        """So much of a payout goes back to where it was; all of it ends the payout."""
        payout = self.payouts[payout_id]
        self._move(payout, -cents)
        if cents == payout.cents:
            payout.is_open = False
        else:
            payout.cents -= cents

    def set_apart_again(self, payout_id: int) -> None:
        payout = self.payouts[payout_id]
        assert not payout.is_open
        payout.is_open = True
        self._move(payout, payout.cents)

    def is_still_there(self, payout_id: int) -> bool:
        """Whether what a payout was to send back could be set apart again."""
        payout = self.payouts[payout_id]
        lot, payment = payout.lot, self.payments[payout.payment_id]
        return (payment.loose_cents if lot is None else self.lots[lot].left_cents) >= payout.cents

    def pay_out(self, payout_id: int) -> None:
        """What was set apart has gone back."""
        payout = self.payouts[payout_id]
        assert payout.is_open
        payout.is_open = False
        payment = self.payments[payout.payment_id]
        payment.apart_cents -= payout.cents
        payment.held_cents -= payout.cents

    def _move(self, payout: PaperPayout, cents: int) -> None:
        payment = self.payments[payout.payment_id]
        payment.apart_cents += cents
        if payout.lot is None:
            payment.loose_cents -= cents
        else:
            self.lots[payout.lot].left_cents -= cents
