"""The credits of an account and how they came about."""

from dataclasses import dataclass, field

from billing.credits.queries import CreditMove, CreditStatement
from dashboard.rows.common import Amount, amount, cents, day
from dashboard.texts.nl import NL


@dataclass(frozen=True)
class Move:
    """One row of the ledger. url: the invoice that used the credits, empty for credits that came in."""

    on: str
    title: str
    url: str
    after: str
    why: str
    tone: str
    icon: str
    direction: str
    amount: str
    balance: Amount


@dataclass(frozen=True)
class Statement:
    balance: Amount = field(default_factory=Amount)
    moves: tuple[Move, ...] = ()


def statement(credits: CreditStatement) -> Statement:
    """The newest first; the first row's balance is the balance of today."""
    return Statement(balance=amount(credits.balance_cents), moves=tuple(_move(move) for move in credits.moves))


def _move(move: CreditMove) -> Move:
    came_in, texts = move.cents > 0, NL.credits
    return Move(
        on=day(move.on),
        title=texts.note.format(number=move.label) if came_in else NL.invoice.title.format(number=move.invoice_number),
        url="" if came_in else f"/invoices/{move.invoice_number}",
        after="" if came_in else texts.used,
        why=move.why,
        tone="s-credit" if came_in else "s-plain",
        icon="plus" if came_in else "dash",
        direction=texts.gained if came_in else texts.spent,
        amount=cents(abs(move.cents)),
        balance=amount(move.balance_cents),
    )
