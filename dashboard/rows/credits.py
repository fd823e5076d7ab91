"""The credits of an account: how they came about, what is too much, and what is on its way back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from billing.clock import local_day
from billing.credits.queries import CreditMove, CreditStatement, LotRow, MoveKind, PayoutRow
from billing.documents import method_phrase
from billing.errors import BillingError
from billing.payments.queries import Overpayment
from billing.states import OPEN_STATES, PaymentState
from dashboard.rows import problems
from dashboard.rows.common import Amount, amount, cents, day
from dashboard.rows.notes import Note, note
from dashboard.texts.languages import SAID, language

TEXTS = SAID.credits


@dataclass(frozen=True)
class Move:
    """One row of the ledger. url: the invoice that used the credits; file_url: the credit note they came from."""

    on: str
    title: str
    url: str
    file_url: str
    after: str
    why: str
    tone: str
    icon: str
    direction: str
    amount: str
    balance: Amount


@dataclass(frozen=True)
class Overpaid:
    """What is too much of one payment; id: of the payment, for the events."""

    id: str
    title: str
    sentence: str


@dataclass(frozen=True)
class Payable:
    """Credits that can be sent back; id: of the lot, for the events."""

    id: str
    name: str
    sentence: str


@dataclass(frozen=True)
class Payout:
    """Money on its way back, or that was; tone and icon say how it stands."""

    title: str
    asked: str
    state: str
    tone: str
    icon: str


@dataclass(frozen=True)
class Sure:
    """The question before money goes back. kind: of what; empty while nothing is asked."""

    kind: str = ""
    id: str = ""
    title: str = ""
    text: str = ""
    submit: str = ""
    done: str = ""


@dataclass(frozen=True)
class Statement:
    """Everything on the page of credits; payable: only what the reader may decide about."""

    balance: Amount = field(default_factory=Amount)
    moves: tuple[Move, ...] = ()
    notes: tuple[Note, ...] = ()
    overpaid: tuple[Overpaid, ...] = ()
    payable: tuple[Payable, ...] = ()
    payouts: tuple[Payout, ...] = ()
    may_choose: bool = False


OVERPAID, LOT = "overpaid", "lot"


def statement(credits: CreditStatement, overpaid: Sequence[Overpayment], *, may_choose: bool) -> Statement:
    """The newest first; the first row's balance is the balance of today."""
    return Statement(
        balance=amount(credits.balance_cents),
        moves=tuple(_move(move) for move in credits.moves),
        notes=tuple(note(row) for row in credits.notes),
        overpaid=tuple(_overpaid(row) for row in overpaid),
        payable=tuple(_payable(lot) for lot in credits.lots if lot.payable_cents) if may_choose else (),
        payouts=tuple(_payout(row) for row in credits.payouts),
        may_choose=may_choose,
    )


def sure_overpaid(row: Overpayment) -> Sure:
    """Whether what was overpaid is to go back."""
    said, money = TEXTS.overpaid.sure, cents(row.cents)
    done = TEXTS.overpaid.asked.format(amount=money)
    return Sure(OVERPAID, str(row.payment_id), said.title.format(amount=money), said.text, said.submit, done)


def sure_lot(lot: LotRow) -> Sure:
    """Whether credits are to go back."""
    said, money = TEXTS.payouts.sure, cents(lot.payable_cents)
    done = TEXTS.overpaid.asked.format(amount=money)
    return Sure(LOT, str(lot.lot_id), said.title.format(amount=money), said.text, said.submit, done)


def kept(row: Overpayment) -> str:
    """What is said once it is kept."""
    return TEXTS.overpaid.kept.format(amount=cents(row.cents))


def sentence(problem: Exception) -> str:
    """What to say about an error on this page, where nothing is about paying an invoice."""
    code = problem.code if isinstance(problem, BillingError) else ""
    return TEXTS.problems.get(code) or problems.sentence(problem)


def _move(move: CreditMove) -> Move:
    came_in, kind = move.cents > 0, move.kind.value
    facts = {"label": move.label, "invoice": move.invoice_number}
    is_note = move.kind in {MoveKind.CREDIT_NOTE, MoveKind.GIVEN_BACK}
    return Move(
        on=day(move.on),
        title=TEXTS.titles[kind].format(**facts),
        url=f"/invoices/{move.invoice_number}" if move.kind is MoveKind.USED else "",
        file_url=f"/files/credit-notes/{move.label}.pdf" if is_note else "",
        after=TEXTS.afters.get(kind, ""),
        why=TEXTS.whys[kind].format(**facts) if kind in TEXTS.whys else move.why,
        tone="s-credit" if came_in else "s-plain",
        icon="plus" if came_in else "dash",
        direction=TEXTS.gained if came_in else TEXTS.spent,
        amount=cents(abs(move.cents)),
        balance=amount(move.balance_cents),
    )


def _overpaid(row: Overpayment) -> Overpaid:
    said = TEXTS.overpaid
    return Overpaid(
        id=str(row.payment_id),
        title=said.title.format(amount=cents(row.cents)),
        sentence=said.sentence.format(
            date=day(row.on), method=method_phrase(row.method, language()), invoices=_joined(row.invoice_numbers)
        ),
    )


def _joined(numbers: Sequence[str]) -> str:
    if len(numbers) < 2:
        return "".join(numbers)
    return TEXTS.overpaid.several.format(first=", ".join(numbers[:-1]), last=numbers[-1])


def _payable(lot: LotRow) -> Payable:
    said = TEXTS.payouts
    label = lot.label or TEXTS.titles[lot.source.value]
    return Payable(str(lot.lot_id), said.named.format(label=label), said.most.format(amount=cents(lot.payable_cents)))


def _payout(row: PayoutRow) -> Payout:
    said = TEXTS.payouts
    title = said.of_credits if row.from_credits else said.overpaid
    tone, icon = ("s-pending", "way") if row.state in OPEN_STATES else ("s-open", "x")
    if row.state is PaymentState.SUCCEEDED:
        tone, icon = "s-paid", "okc"
    return Payout(
        title=title.format(amount=cents(row.cents)),
        asked=said.asked.format(who=row.asked_by, date=day(local_day(row.asked_at))),
        state=said.states[row.state.value],
        tone=tone,
        icon=icon,
    )
