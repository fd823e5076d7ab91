from datetime import date, timedelta

import pytest

from billing.access import Actor
from billing.accounts.tables import Role
from billing.credits.documents import document_page
from billing.errors import NotAllowed, NotFound
from billing.invoices import queries
from billing.invoices.queries import PAGE_SIZE, Filter, InvoicePage, OpenInvoices
from billing.payments.queries import overpaid_cents
from billing.products.queries import services
from billing.settlement import Label
from tests import renewals
from tests.factories import Shop

DUE = date(2026, 3, 20)


def page(shop: Shop, actor: Actor, account: int, **wanted: object) -> InvoicePage:
    return shop.ask(queries.invoice_page, actor, account, **wanted)  # type: ignore[arg-type]  # filters of a page


def documents(shop: Shop, actor: Actor, account: int, **wanted: object) -> list[str]:
    found = shop.ask(document_page, actor, account, **wanted)  # type: ignore[arg-type]  # filters of a page
    return [row.number for row in found.rows]


def numbers(found: InvoicePage | OpenInvoices) -> list[str]:
    return [row.number for row in found.rows]


def test_open_invoices_come_with_the_oldest_due_date_first(shop: Shop, account: int, owner: Actor) -> None:
    late, early = shop.invoice(account), shop.invoice(account, "10.00", due_on=DUE - timedelta(days=9))
    shop.pay(owner, shop.invoice(account))
    shop.draft(account)
    shop.invoice(shop.customer())

    found = shop.ask(queries.open_invoices, owner, account)

    assert (numbers(found), found.count, found.total_cents) == ([early, late], 2, 13_310)


def test_more_open_invoices_than_fit_are_still_counted(shop: Shop, account: int, owner: Actor) -> None:
    shop.invoice(account, "1.00")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "OPEN_LIMIT", 2)
        for _ in range(2):
            shop.invoice(account, "1.00")
        found = shop.ask(queries.open_invoices, owner, account)
    assert (len(found.rows), found.count, found.total_cents) == (2, 3, 363)


def test_a_row_shows_what_is_left_to_pay_and_how_it_stands(shop: Shop, account: int, owner: Actor) -> None:
    shop.credit(shop.invoice(account, due_on=date(2026, 3, 1)), 1_000)
    shop.invoice(account, due_on=date(2026, 3, 5))
    shop.invoice(account)
    rows = shop.ask(queries.open_invoices, owner, account).rows
    assert [(row.status.label, row.open_cents) for row in rows] == [
        (Label.PARTLY_SETTLED, 10_890), (Label.OVERDUE, 12_100), (Label.UNPAID, 12_100),
    ]  # fmt: skip


def test_the_newest_invoice_comes_first_on_the_page(shop: Shop, account: int, owner: Actor) -> None:
    issued = [shop.invoice(account) for _ in range(3)]
    assert numbers(page(shop, owner, account)) == issued[::-1]


def test_pages_run_on_and_a_page_that_does_not_exist_is_the_nearest(
    shop: Shop, account: int, owner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    first, second, third = (shop.invoice(account) for _ in range(3))
    assert numbers(page(shop, owner, account, page=1)) == [third, second]
    assert numbers(page(shop, owner, account, page=2)) == [first]
    assert [page(shop, owner, account, page=n).page for n in (-1, 0, 9)] == [1, 1, 2]
    assert (page(shop, owner, account).total, page(shop, owner, account).pages) == (3, 2)


def test_an_account_without_invoices_has_one_empty_page(shop: Shop, account: int, owner: Actor) -> None:
    assert page(shop, owner, account) == InvoicePage((), 0, 1, 1)


def test_invoices_are_filtered_by_how_they_stand(shop: Shop, account: int, owner: Actor) -> None:
    unpaid, paid, credited = (shop.invoice(account) for _ in range(3))
    shop.pay(owner, paid)
    shop.credit(credited, 10_000)
    note = shop.credit(paid, 1_000)
    shown = {shown: documents(shop, owner, account, shown=shown) for shown in Filter}
    assert shown == {
        Filter.ALL: [note.number, "C2026-0001", credited, paid, unpaid], Filter.OPEN: [unpaid], Filter.PAID: [paid],
        Filter.CREDITED: [note.number, "C2026-0001"],
    }  # fmt: skip
    assert numbers(page(shop, owner, account, shown=Filter.PAID)) == [paid]


def test_credit_notes_are_found_by_their_own_number_and_that_of_their_invoice(
    shop: Shop, account: int, owner: Actor
) -> None:
    credited, other = shop.invoice(account), shop.invoice(account)
    note = shop.credit(credited, 1_000)
    assert documents(shop, owner, account, search=credited) == [note.number, credited]
    assert documents(shop, owner, account, search=note.number.lower()) == [note.number]
    assert documents(shop, owner, account, search=other) == [other]


def test_a_list_of_documents_has_pages(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    for _ in range(PAGE_SIZE):
        shop.credit(number, 100)
    first = shop.ask(document_page, owner, account)
    last = shop.ask(document_page, owner, account, page=9)
    assert (len(first.rows), first.total, first.pages) == (PAGE_SIZE, PAGE_SIZE + 1, 2)
    assert ([row.number for row in last.rows], last.page) == ([number], 2)


def test_documents_of_somebody_else_stay_out_of_the_list(shop: Shop, account: int, owner: Actor) -> None:
    shop.credit(shop.invoice(shop.customer("Een ander")), 100)
    assert shop.ask(document_page, owner, account).rows == ()


@pytest.mark.parametrize(
    ("search", "count"),
    [("0001", 1), ("HOSTING", 2), (" 2026 ", 2), ("", 2), ("%", 0), ("_", 0), ("'", 0), ("niets", 0)],
)
def test_a_search_looks_in_numbers_and_subjects(
    shop: Shop, account: int, owner: Actor, search: str, count: int
) -> None:
    for _ in range(2):
        shop.invoice(account)
    assert page(shop, owner, account, search=search).total == count


def test_lists_open_only_to_who_may_see_them(shop: Shop, account: int) -> None:
    technician, stranger = shop.member(account, Role.TECHNICIAN), shop.member(shop.customer())
    for query in (queries.open_invoices, queries.invoice_page, overpaid_cents):
        with pytest.raises(NotAllowed):
            shop.ask(query, technician, account)
        with pytest.raises(NotFound):
            shop.ask(query, stranger, account)


def test_a_technician_sees_the_services(shop: Shop, account: int) -> None:
    mail = renewals.product(shop, "36.00", months=12)
    renewals.service(shop, account, date(2026, 1, 1), mail, label="8 mailboxen")
    [service] = shop.ask(services, shop.member(account, Role.TECHNICIAN), account)
    assert (service.name, service.label, service.net_cents, service.total_cents) == (
        "Webhosting",
        "8 mailboxen",
        3600,
        4356,
    )
    with pytest.raises(NotFound):
        shop.ask(services, shop.member(shop.customer()), account)
