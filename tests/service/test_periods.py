from datetime import date, timedelta

import pytest

from billing.access import Actor
from billing.accounts.tables import Role
from billing.correspondence import periods
from billing.correspondence.periods import Invoiced, Period, invoiced, printed_files
from billing.errors import BillingError, NotAllowed, NotFound, PeriodRefused
from billing.settlement import Label
from tests.factories import Shop

TODAY = date(2026, 3, 6)


def found(shop: Shop, actor: Actor, account: int, first: date = TODAY, last: date = TODAY) -> Invoiced:
    return shop.ask(invoiced, actor, account, Period(first, last))


def refusal(shop: Shop, actor: Actor, account: int, first: date, last: date) -> str:
    with pytest.raises(PeriodRefused) as refused:
        found(shop, actor, account, first, last)
    return str(refused.value.facts["reason"])


def test_a_period_holds_what_was_issued_from_its_first_to_its_last_day(shop: Shop, account: int, owner: Actor) -> None:
    issued = []
    for _ in range(4):
        issued.append(shop.invoice(account))
        shop.clock.advance(days=1)
    shop.draft(account)
    listed = found(shop, owner, account, TODAY + timedelta(days=1), TODAY + timedelta(days=2))
    assert [invoice.number for invoice in listed.invoices] == issued[1:3]


def test_only_the_invoices_of_that_account_are_in_it(shop: Shop, account: int, owner: Actor) -> None:
    mine, other = shop.invoice(account), shop.customer("Ook van mij")
    shop.also_member(owner, other)
    shop.invoice(other)
    listed = found(shop, owner, account)
    assert (listed.customer, [invoice.number for invoice in listed.invoices]) == ("Bakkerij Test", [mine])


def test_a_total_is_what_was_paid_and_settled_and_is_still_open(shop: Shop, account: int, owner: Actor) -> None:
    paid, partly, returned, overpaid = (shop.invoice(account) for _ in range(4))
    shop.pay(owner, paid)
    shop.credit(partly, 1_000)
    shop.hear(shop.gateway.take_back(shop.pay(owner, returned)))
    shop.pay(owner, overpaid)
    shop.credit(overpaid, 5_000)

    rows = {invoice.number: invoice for invoice in found(shop, owner, account).invoices}

    assert {n: (rows[n].paid_cents, rows[n].settled_cents, rows[n].open_cents) for n in rows} == {
        paid: (12_100, 0, 0), partly: (0, 1_210, 10_890), returned: (0, 0, 12_100), overpaid: (12_100, 0, 0),
    }  # fmt: skip
    assert [rows[n].status.label for n in (paid, partly, returned)] == [
        Label.PAID, Label.PARTLY_SETTLED, Label.RETURNED,
    ]  # fmt: skip
    assert {(row.net_cents, row.vat_cents, row.total_cents) for row in rows.values()} == {(10_000, 2_100, 12_100)}


def test_a_credit_note_is_in_the_period_of_its_own_day_and_below_zero(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    shop.clock.advance(days=1)
    note = shop.credit(number, 1_000)
    shop.credit(shop.invoice(shop.customer("Van een ander")), 1_000)
    listed = found(shop, owner, account, TODAY + timedelta(days=1), TODAY + timedelta(days=1))
    assert (listed.invoices, listed.is_printed) == ((), False)
    [row] = listed.notes
    assert (row.number, row.invoice_number, row.buyer) == (note.number, number, "Bakkerij Test")
    assert (row.net_cents, row.vat_cents, row.total_cents) == (-1_000, -210, -1_210)
    shop.carry_out()
    assert found(shop, owner, account, TODAY, TODAY + timedelta(days=1)).is_printed
    assert found(shop, owner, account).notes == ()


def test_the_printed_file_is_the_one_of_the_invoice_as_it_stands_now(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    assert found(shop, owner, account).invoices[0].file_id is None
    shop.carry_out()
    before = found(shop, owner, account).invoices[0].file_id or 0
    shop.pay(owner, number)
    assert found(shop, owner, account).invoices[0].file_id is None
    shop.carry_out()
    now = found(shop, owner, account).invoices[0].file_id or 0
    assert now != before
    first, second = shop.ask(printed_files, owner, account, [now, before])
    assert first != second


def test_a_period_must_run_forward_and_be_of_a_size_to_handle(
    shop: Shop, account: int, owner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refusal(shop, owner, account, TODAY, TODAY - timedelta(days=1)) == "order"
    assert refusal(shop, owner, account, TODAY - timedelta(days=400), TODAY) == "long"
    assert refusal(shop, owner, account, TODAY - timedelta(days=399), TODAY) == "empty"
    monkeypatch.setattr(periods, "MOST_DOCUMENTS", 1)
    shop.invoice(account)
    assert len(found(shop, owner, account).invoices) == 1
    shop.credit(shop.invoice(account), 1_000)
    monkeypatch.setattr(periods, "MOST_DOCUMENTS", 2)
    assert refusal(shop, owner, account, TODAY, TODAY) == "full"


def test_a_period_opens_only_to_who_may_see_the_invoices(shop: Shop, account: int, owner: Actor) -> None:
    shop.invoice(account)
    shop.carry_out()
    file_id = found(shop, owner, account).invoices[0].file_id
    technician, stranger = shop.member(account, Role.TECHNICIAN), shop.member(shop.customer())
    refusals: tuple[tuple[Actor, type[BillingError]], ...] = ((technician, NotAllowed), (stranger, NotFound))
    for actor, refused in refusals:
        with pytest.raises(refused):
            found(shop, actor, account)
        with pytest.raises(refused):
            shop.ask(printed_files, actor, account, [file_id])


def test_a_file_of_another_account_is_not_handed_out(shop: Shop, account: int, owner: Actor) -> None:
    other = shop.customer()
    shop.invoice(other)
    shop.carry_out()
    [foreign] = found(shop, shop.member(other), other).invoices
    with pytest.raises(NotFound):
        shop.ask(printed_files, owner, account, [foreign.file_id])
