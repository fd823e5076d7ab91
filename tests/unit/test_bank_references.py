"""References in bank lines, of which a beginning may by chance be the reference of another invoice."""

import doctest
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.bank import matching
from billing.bank.matching import KnownInvoice, Line, hangs_on_amount, propose, references
from billing.documents import creditor_reference
from billing.invoices.service import number_of

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


@given(st.integers(2000, 2099), st.integers(1, 999_999_999), st.sampled_from(["reference", "end_to_end_id", "text"]))
def test_behind_every_reference_of_ours_is_the_number_of_its_invoice(year: int, sequence: int, field: str) -> None:
    number = number_of(year, sequence)
    assert number in Line(12_100, **{field: creditor_reference(number)}).wanted


def test_whether_others_have_to_pay_as_much_counts_for_a_number_without_a_reference() -> None:
    one, other = invoice(1, "2026-0001"), invoice(2, "2026-0002")
    assert hangs_on_amount(Line(12_100, text="factuur 2026-0001"), [one])
    assert not hangs_on_amount(Line(12_100, text="factuur 2026-0001", reference=one.reference), [one])
    assert not hangs_on_amount(Line(12_100, text="factuur 2026-0001", payers=frozenset({1})), [one])
    two = Line(12_100, text="factuur 2026-0001", reference=f"{one.reference} {other.reference}")
    assert hangs_on_amount(two, [one, other]), "references of two customers decide nothing"


def test_the_examples_are_right() -> None:
    assert doctest.testmod(matching).failed == 0
