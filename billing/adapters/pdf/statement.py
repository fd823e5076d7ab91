"""An account statement as the strings that its template prints."""

from dataclasses import dataclass

from billing.adapters.pdf.page import buyer_facts, foot, seller_facts
from billing.adapters.pdf.texts import words
from billing.documents import long_date, money, period
from billing.ports import AccountStatement, MoveKind, StatementRow


@dataclass(frozen=True)
class _Words:
    """One language. heads: of the four columns. standing: what a balance means, by its sign."""

    kind: str
    made_on: str
    opening: str
    closing: str
    more: str
    less: str
    heads: tuple[str, str, str, str]
    standing: tuple[str, str, str]
    kinds: dict[MoveKind, str]


_NL = _Words(
    kind="Rekeningoverzicht",
    made_on="Gemaakt op",
    opening="Saldo op de eerste dag",
    closing="Saldo op de laatste dag",
    more="Gefactureerd en teruggeboekt",
    less="Betaald en gecrediteerd",
    heads=("Wat er gebeurde", "Erbij", "Eraf", "Saldo"),
    standing=("Je hebt dit bedrag nog te goed.", "Er staat niets open.", "Dit bedrag stond op de laatste dag open."),
    kinds={
        MoveKind.INVOICE: "Factuur", MoveKind.CREDIT_NOTE: "Creditnota", MoveKind.PAYMENT: "Betaling",
        MoveKind.RETURNED: "Betaling teruggeboekt", MoveKind.PAID_OUT: "Aan jou teruggestort",
        MoveKind.GIFT: "Credits gekregen", MoveKind.UNMATCHED: "Betaling bleek niet van jou",
        MoveKind.OTHER: "Overige boeking",
    },
)  # fmt: skip
_EN = _Words(
    kind="Account statement",
    made_on="Made on",
    opening="Balance on the first day",
    closing="Balance on the last day",
    more="Invoiced and returned",
    less="Paid and credited",
    heads=("What happened", "More", "Less", "Balance"),
    standing=("This amount is yours to spend.", "Nothing is open.", "This amount was open on the last day."),
    kinds={
        MoveKind.INVOICE: "Invoice", MoveKind.CREDIT_NOTE: "Credit note", MoveKind.PAYMENT: "Payment",
        MoveKind.RETURNED: "Payment returned", MoveKind.PAID_OUT: "Sent back to you",
        MoveKind.GIFT: "Credits received", MoveKind.UNMATCHED: "Payment that was not yours",
        MoveKind.OTHER: "Other entry",
    },
)  # fmt: skip


@dataclass(frozen=True)
class MoveRow:
    what: str
    on: str
    more: str
    less: str
    balance: str


@dataclass(frozen=True)
class StatementPage:
    """Everything that is printed, in words. due: label and amount in large type."""

    language: str
    kind: str
    title: str
    period: str
    created: str
    to: str
    seller_name: str
    seller_facts: tuple[str, ...]
    buyer_name: str
    buyer_facts: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    rows: tuple[MoveRow, ...]
    sums: tuple[tuple[str, str], ...]
    due: tuple[str, str]
    note: str
    foot: str
    page_words: tuple[str, str]


def statement_page(statement: AccountStatement) -> StatementPage:
    """All strings of one account statement, in its language."""
    language = statement.language
    said, general = _EN if language == "en" else _NL, words(language)
    more = sum(row.cents for row in statement.rows if row.cents > 0)
    less = sum(row.cents for row in statement.rows if row.cents < 0)
    covered = period(statement.first, statement.last, language)
    return StatementPage(
        language=language, kind=said.kind, title=f"{said.kind} {covered}", period=covered,
        created=statement.made_on.isoformat(), to=general.to, seller_name=statement.seller.name,
        seller_facts=seller_facts(statement.seller, buyer=statement.buyer, language=language),
        buyer_name=statement.buyer.name,
        buyer_facts=buyer_facts(statement.buyer, seller=statement.seller, language=language),
        facts=((said.made_on, long_date(statement.made_on, language)),), heads=said.heads,
        rows=tuple(_row(row, said, language) for row in statement.rows),
        sums=(
            (said.opening, money(statement.opening_cents, language)), (said.more, money(more, language)),
            (said.less, money(less, language)),
        ),
        due=(said.closing, money(statement.closing_cents, language)),
        note=said.standing[1 + _sign(statement.closing_cents)], foot=foot(statement.seller, language),
        page_words=(general.page, general.page_of),
    )  # fmt: skip


def _row(row: StatementRow, said: _Words, language: str) -> MoveRow:
    return MoveRow(
        what=" ".join((said.kinds[row.kind], ", ".join(row.documents))).strip(), on=long_date(row.on, language),
        more=money(row.cents, language) if row.cents > 0 else "",
        less=money(-row.cents, language) if row.cents < 0 else "", balance=money(row.balance_cents, language),
    )  # fmt: skip


def _sign(cents: int) -> int:
    return (cents > 0) - (cents < 0)
