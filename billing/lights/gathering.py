"""All receipts of some days with their lights: from what was booked, and from what the others were seen to say. Nothing
is asked outside here."""

from billing.db import Work
from billing.lights import by_bank, by_gateway
from billing.lights.receipts import Receipt, Span, Terms


def of_span(work: Work, span: Span, terms: Terms) -> list[Receipt]:
    """All receipts of these days, the newest first."""
    both = [*by_gateway.receipts(work, span, terms), *by_bank.receipts(work, span, terms)]
    return sorted(both, key=lambda receipt: (receipt.day, receipt.key), reverse=True)


def one(work: Work, key: str, terms: Terms) -> Receipt | None:
    """One receipt by its key; None for a key of nothing."""
    source, _, name = key.partition(":")
    if source == "gateway":
        return by_gateway.receipt(work, name, terms)
    return by_bank.receipt(work, name, terms) if source == "bank" else None
