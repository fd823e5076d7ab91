"""What came in on the bank from a customer: a line that waits, and one that found its place."""

from sqlmodel import select

from billing.bank.tables import BankLine
from tests.banking import Bank, entry
from tests.factories import Shop


def give_lines(shop: Shop, account_id: int, word: str, number: str) -> dict[str, str]:
    """The ids of both. The first names an invoice with another amount than is open, so it is only a suggestion."""
    # Of two customers nothing is alike.
    cents = 100 + account_id % 100
    waits = entry(7_700 + cents, f"deel van {number}", name=f"{word} betaler", iban="")
    placed = entry(cents, shop.row(number).reference, name=f"{word} eerder", iban="")
    Bank(shop).tell(waits, placed)
    found = shop.ask(lambda work: work.session.exec(select(BankLine).order_by(BankLine.id)).all())[-2:]
    return {"line": str(found[0].id), "matched": str(found[1].id)}
