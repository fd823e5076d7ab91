"""What came in on the bank from a customer: a line that waits, one that found its place, and one that went back."""

from sqlmodel import select

from billing.bank.tables import BankLine, BankMatch
from tests.banking import Bank, entry
from tests.factories import Shop


def give_lines(shop: Shop, account_id: int, word: str, number: str) -> dict[str, str]:
    """The ids of all. The first names an invoice with another amount than is open, so it is only a suggestion."""
    # Of two customers nothing is alike.
    cents = 100 + account_id % 100
    waits = entry(7_700 + cents, f"deel van {number}", name=f"{word} betaler", iban="")
    placed = entry(cents, shop.row(number).reference, name=f"{word} eerder", iban="")
    came = entry(cents + 1, shop.row(number).reference, name=f"{word} terug", iban="")
    went_back = entry(-cents - 1, name=f"{word} terug", iban="", return_reason="AC04")
    Bank(shop).tell(waits, placed, came, went_back)
    found = shop.ask(lambda work: work.session.exec(select(BankLine).order_by(BankLine.id)).all())[-4:]
    of_receipt = BankMatch.line_id == found[2].id
    [payment_id] = shop.ask(lambda work: work.session.exec(select(BankMatch.payment_id).where(of_receipt)).all())
    lines = {"line": str(found[0].id), "matched": str(found[1].id), "went_back": str(found[3].id)}
    return lines | {"origin": f"payment:{payment_id}"}
