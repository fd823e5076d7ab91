"""What each account in the bookkeeping of the sandbox comes to, from its payments and its entries."""

from decimal import Decimal

from billing.sandbox.books import Books


def balances(books: Books) -> dict[str, int]:
    """Cents by ledger account, debit above zero: what settles invoices stands over against them."""
    sums: dict[str, int] = {}
    for invoice in books.invoices():
        for payment in invoice["payments"]:
            _add(sums, payment["ledger_account_id"], _cents(payment["price"]))
    for journal in books.journals():
        for side in journal["general_journal_document_entries"]:
            _add(sums, side["ledger_account_id"], _cents(side["debit"]) - _cents(side["credit"]))
    return sums


def _add(sums: dict[str, int], number: str, cents: int) -> None:
    sums[number] = sums.get(number, 0) + cents


def _cents(text: str) -> int:
    return int(Decimal(text) * 100)
