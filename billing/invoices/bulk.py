"""Issuing many invoices in one transaction: the same documents as `service` makes one by one, in large statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from billing import audit, locks, outbox, vat
from billing.access import Actor
from billing.accounts import service as accounts
from billing.clock import local_day
from billing.db import Work, table_of
from billing.documents import creditor_reference
from billing.inserting import insert_rows
from billing.invoices import carrying, service
from billing.invoices.service import TERM_DAYS, NewLine
from billing.invoices.tables import DRAFT, ISSUED, Invoice, InvoiceLine, InvoiceVat
from billing.ledger import rules
from billing.ledger import service as ledger
from billing.ledger.rules import EntryKind
from billing.outbox import Task
from billing.ports import Party
from billing.taxes import service as taxes
from billing.vat import VatTotal
from billing.vat_treatment import AT_HOME, VatTreatment

SERIES = "F"
Row = dict[str, Any]


@dataclass(frozen=True)
class Bill:
    """An invoice to be: how it is taxed, its lines, each rounded once, and its VAT. fault: as `Taxation` has it.

    account: an object or a plain row of Account.
    """

    account: Any
    subject: str
    treatment: VatTreatment
    lines: Sequence[NewLine]
    nets: Sequence[int]
    vat: Sequence[VatTotal]
    fault: str = ""

    @property
    def net_cents(self) -> int:
        return sum(self.nets)

    @property
    def vat_cents(self) -> int:
        return sum(total.vat_cents for total in self.vat)

    @property
    def total_cents(self) -> int:
        return self.net_cents + self.vat_cents


def bill(work: Work, account: Any, subject: str, lines: Sequence[NewLine], *, issuing: bool) -> Bill:
    """Compute an invoice. issuing: as in `taxes.taxation`. Raises InvalidAmount for a line that can't be one."""
    nets = [vat.line_net_cents(line.quantity, line.unit_price) for line in lines]
    found, lines = service.taxed(work, account, lines, sum(nets), issuing=issuing)
    totals = vat.totals(zip((line.vat_rate for line in lines), nets, strict=True))
    if found is AT_HOME:
        return Bill(account, subject, found.treatment, lines, nets, totals)
    today = local_day(work.now)
    fault = found.fault_on(line.period_start or today for line in lines)
    return Bill(account, subject, found.treatment, lines, nets, totals, fault)


def number(work: Work, bills: Sequence[Bill], seller: Party, run_id: int | None) -> list[Row]:
    """Give each bill its number and book it; returns the rows of the invoices, open in full, for `write`.

    The accounts must be locked. What settles an invoice at once may lower `open_cents` before it is written.
    """
    today = local_day(work.now)
    taxes.will_sell(work, (bill.treatment for bill in bills))
    series = locks.number_series(work, SERIES, today.year)
    same = {
        "state": DRAFT, "series": SERIES, "year": today.year, "issued_on": today, "issued_at": work.now, "version": 1,
        "due_on": today + timedelta(days=TERM_DAYS), "seller": vars(seller), "currency": "EUR",
        "credits_cents": 0, "credited_cents": 0, "carried_cents": 0, "settled_on": None, "pay_link_serial": 1,
        "run_id": run_id,
    }  # fmt: skip
    first = series.last + 1
    series.last += len(bills)
    work.session.add(series)
    rows: list[Row] = [same | _own(work, bill, today.year, first + place) for place, bill in enumerate(bills)]
    brought = carrying.bring(work, [(row["account_id"], row["id"], row["number"]) for row in rows])
    for row in rows:
        row["brought_cents"] = brought.get(row["id"], 0)
        row["open_cents"] += row["brought_cents"]
    return rows


def carry_small_rests(work: Work, invoices: Sequence[Row]) -> None:
    """Of numbered invoices that were settled at once: let what is left go on to the next one when it is too little."""
    for row in invoices:
        carried = carrying.carry_if_small(
            work, account_id=row["account_id"], invoice_id=row["id"], number=row["number"],
            open_cents=row["open_cents"], payable_cents=row["total_cents"] + row["brought_cents"],
        )  # fmt: skip
        if carried:
            row |= {"open_cents": 0, "carried_cents": carried, "settled_on": row["issued_on"]}


def write(work: Work, actor: Actor, bills: Sequence[Bill], invoices: Sequence[Row]) -> None:
    """Write numbered invoices with their lines and VAT, audit them, and ask for print and mails."""
    table = table_of(Invoice)
    to_consumers = [bill for bill in bills if bill.treatment in taxes.TO_CONSUMERS]
    if to_consumers:
        net_cents, year = sum(bill.net_cents for bill in to_consumers), local_day(work.now).year
        taxes.sold(work, to_consumers[0].treatment, year, net_cents)
    work.session.flush()
    made = list(zip(bills, invoices, strict=True))
    insert_rows(work, Invoice, invoices)
    insert_rows(work, InvoiceLine, [row for bill, invoice in made for row in _lines(bill, invoice)])
    insert_rows(work, InvoiceVat, [row for bill, invoice in made for row in _vat(bill, invoice)])
    # Lines can only be given to a draft, so all are issued at the end.
    ids = [invoice["id"] for invoice in invoices]
    work.session.execute(update(table).where(table.c.id.in_(ids)).values(state=ISSUED))
    audit.load_chains(work, [audit.of_account(invoice["account_id"]) for invoice in invoices])
    for invoice in invoices:
        chain = audit.of_account(invoice["account_id"])
        audit.record(work, actor, "invoice.issued", chain=chain, subject=invoice["number"])
        outbox.put(work, Task.RENDER_INVOICE, f"render:{invoice['id']}:{invoice['version']}", invoice_id=invoice["id"])
        accounts.bump_version(work, invoice["account_id"])
    for bill, invoice in made:
        service.ask_for_network(work, bill.account, invoice["id"])
    about = [(invoice["id"], invoice["account_id"], f"issued:{invoice['id']}") for invoice in invoices]
    service.ask_for_mails(work, Task.MAIL_INVOICE, about)


def _own(work: Work, bill: Bill, year: int, sequence: int) -> Row:
    """What differs from invoice to invoice."""
    invoice_id, account_id, number = work.next_id("invoice"), bill.account.id, service.number_of(year, sequence)
    net_cents, vat_cents = bill.net_cents, bill.vat_cents
    lines = rules.invoice_issued(account_id=account_id, invoice_id=invoice_id, net_cents=net_cents, vat_cents=vat_cents)
    ledger.post(work, EntryKind.INVOICE_ISSUED, f"invoice:{invoice_id}", lines, occurred_on=local_day(work.now))
    return {
        "id": invoice_id, "account_id": account_id, "sequence": sequence, "number": number, "subject": bill.subject,
        "reference": creditor_reference(number), "buyer": vars(service.buyer(bill.account)), "net_cents": net_cents,
        "vat_cents": vat_cents, "total_cents": net_cents + vat_cents, "open_cents": net_cents + vat_cents,
        "vat_treatment": bill.treatment.value, "language": bill.account.language,
    }  # fmt: skip


def _lines(bill: Bill, invoice: Row) -> Iterable[Row]:
    for position, (line, net_cents) in enumerate(zip(bill.lines, bill.nets, strict=True), start=1):
        yield {"invoice_id": invoice["id"], "position": position, "net_cents": net_cents, **vars(line)}


def _vat(bill: Bill, invoice: Row) -> Iterable[Row]:
    for total in bill.vat:
        yield {
            "invoice_id": invoice["id"], "vat_rate": total.rate, "base_cents": total.base_cents,
            "vat_cents": total.vat_cents,
        }  # fmt: skip
