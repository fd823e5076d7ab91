"""References in bank lines, of which a beginning may by chance be the reference of another invoice."""

import doctest
from datetime import date

import pytest

from billing.bank import matching
from billing.bank.matching import KnownInvoice, Line, propose, references
from billing.documents import creditor_reference

DAY = date(2026, 11, 23)


def invoice(invoice_id: int, number: str) -> KnownInvoice:
    return KnownInvoice(invoice_id, invoice_id, number, creditor_reference(number), 12_100, DAY)


def alike() -> tuple[KnownInvoice, KnownInvoice]:
    """Two invoices of different customers, where the reference of one begins with that of the other."""
    for sequence in range(10_000, 100_000):
        longer, shorter = invoice(1, f"2026-{sequence}"), invoice(2, f"2026-{sequence // 10}")
        if shorter.reference in references(longer.reference):
            return longer, shorter
    raise AssertionError("there are such")


@pytest.mark.parametrize("field", ["reference", "end_to_end_id"])
def test_a_reference_in_its_own_field_is_that_one_alone(field: str) -> None:
    longer, shorter = alike()
    found = propose(Line(12_100, **{field: longer.reference}), [longer, shorter], [], [], by_iban=False)
    assert found is not None
    assert (found.invoice_ids, found.is_certain) == ((longer.invoice_id,), True)


def test_in_running_text_nobody_knows_where_it_ends_so_a_person_decides() -> None:
    longer, shorter = alike()
    line = Line(12_100, text=f"betaling {longer.reference}")
    assert propose(line, [longer, shorter], [], [], by_iban=False) is None


def test_the_examples_are_right() -> None:
    assert doctest.testmod(matching).failed == 0
