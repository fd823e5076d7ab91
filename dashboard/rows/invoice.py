"""The page of one invoice: status, amount card, payment panel, sheet and history."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from billing import documents
from billing.correspondence.queries import InvoiceView, Receipt
from billing.documents import method_phrase
from billing.settlement import Label
from dashboard.rows.collecting import Automatic, Back
from dashboard.rows.common import Amount, Badge, amount, badge, cents, day, distance, moment
from dashboard.rows.history import Told, told
from dashboard.rows.notes import Note, note
from dashboard.rows.paper import Paper, Sum, paper
from dashboard.texts.languages import SAID, language


@dataclass(frozen=True)
class Transfer:
    """Where to transfer the money; empty when a transfer makes no sense. hint: what to mind."""

    iban: str = ""
    reference: str = ""
    holder: str = ""
    qr: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Facts:
    """How and by whom it was paid."""

    method: str = ""
    paid_by: str = ""
    at: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Pending:
    """Money that is on its way: the sentence about it, and its steps."""

    sentence: str = ""
    title: str = ""
    expected_on: str = ""


@dataclass(frozen=True)
class Card:
    """The large amount and what made it. sentence: due date or how it ended; tone: its CSS class."""

    open: Amount = field(default_factory=Amount)
    sentence: str = ""
    tone: str = ""
    sums: tuple[Sum, ...] = ()


@dataclass(frozen=True)
class Page:
    """One invoice. panel: what stands on the right: methods, planned, pending, paid, credited or look.

    paid_on: what a screen reader hears when it changes. returned: what the bank did, empty when nothing. automatic: how
    it stands with the standing mandate.
    """

    number: str = ""
    badge: Badge = field(default_factory=Badge)
    card: Card = field(default_factory=Card)
    panel: str = ""
    paid_on: str = ""
    returned: Back = field(default_factory=Back)
    automatic: Automatic = field(default_factory=Automatic)
    pending: Pending = field(default_factory=Pending)
    facts: Facts = field(default_factory=Facts)
    transfer: Transfer = field(default_factory=Transfer)
    paper: Paper = field(default_factory=Paper)
    history: tuple[Told, ...] = ()
    notes: tuple[Note, ...] = ()
    download_url: str = ""
    einvoice_url: str = ""
    seller: str = ""
    may_pay: bool = False
    may_withdraw: bool = False


def page(view: InvoiceView, automatic: Automatic, today: date) -> Page:
    """Everything that the page of one invoice shows."""
    number, panel = view.document.number, _panel(view, automatic)
    return Page(
        number=number,
        badge=badge(view.status),
        card=_card(view, today),
        panel=panel,
        paid_on=SAID.invoice.said_paid.format(date=day(view.status.on)) if panel == "paid" else "",
        returned=_returned(view, automatic),
        automatic=automatic,
        pending=_pending(view) if panel == "pending" else Pending(),
        facts=_facts(view.receipt) if view.receipt else Facts(),
        transfer=_transfer(view) if panel in {"methods", "planned"} else Transfer(),
        paper=paper(view.document, view.status.label),
        history=told(view.history, number),
        notes=tuple(note(row) for row in view.notes),
        download_url=f"/files/invoices/{number}.pdf?download=1",
        einvoice_url=f"/files/invoices/{number}.xml",
        seller=view.document.seller.name,
        may_pay=view.may_pay,
        may_withdraw=view.may_withdraw,
    )


def _panel(view: InvoiceView, automatic: Automatic) -> str:
    if view.status.label is Label.CREDITED and not view.status.open_cents:
        return "credited"
    if not view.status.open_cents:
        return "paid"
    if view.status.label is Label.UNDER_WAY:
        return "pending"
    if automatic.planned.sentence:
        return "planned"
    return "methods" if view.may_pay else "look"


def _card(view: InvoiceView, today: date) -> Card:
    sentence, tone = _standing(view, today)
    return Card(open=amount(view.status.open_cents), sentence=sentence, tone=tone, sums=_sums(view))


def _standing(view: InvoiceView, today: date) -> tuple[str, str]:
    status, due_on = view.status, view.document.due_on
    if status.label is Label.PAID:
        return (SAID.invoice.paid_on.format(date=day(status.on)) if status.on else "", "green b")
    if not status.open_cents or status.label is Label.UNDER_WAY:
        return "", ""
    sentence = SAID.invoice.due.format(date=day(due_on), days=distance(due_on, today))
    return sentence, "late" if due_on < today else "mut"


def _sums(view: InvoiceView) -> tuple[Sum, ...]:
    settled = Counter[str]()
    for settlement in view.document.settlements:
        settled[settlement.kind] += settlement.cents
    received = Sum(_received_label(view), cents(-view.received_cents), "green" if view.received_cents else "")
    rows = (
        Sum(SAID.invoice.total, cents(view.document.total_cents)),
        Sum(SAID.invoice.brought, cents(-settled["brought"])) if settled["brought"] else None,
        Sum(SAID.invoice.credits, cents(-settled["credit"]), "cred") if settled["credit"] else None,
        Sum(SAID.invoice.credit_note, cents(-settled["credit_note"]), "cred") if settled["credit_note"] else None,
        received if view.received_cents or view.status.open_cents else None,
        Sum(SAID.invoice.carried, cents(-settled["carried"]), "cred") if settled["carried"] else None,
    )
    return tuple(row for row in rows if row)


def _received_label(view: InvoiceView) -> str:
    methods = {s.label for s in view.document.settlements if s.kind == "payment"}
    if len(methods) != 1 or not view.received_cents:
        return SAID.invoice.received
    return SAID.invoice.received_with.format(method=method_phrase(methods.pop(), language()))


def _returned(view: InvoiceView, automatic: Automatic) -> Back:
    """What came back, in the words of the collection when it was one."""
    if automatic.back.title or view.status.label is not Label.RETURNED:
        return automatic.back if view.status.open_cents else Back()
    return Back(SAID.invoice.returned_title, SAID.invoice.returned.format(date=day(view.status.on)))


def _pending(view: InvoiceView) -> Pending:
    expected_on = day(view.status.on)
    return Pending(
        sentence=SAID.invoice.pending.format(amount=cents(view.status.open_cents), date=expected_on),
        title=SAID.invoice.pending_card.format(method=method_phrase(view.pending, language()) if view.pending else ""),
        expected_on=expected_on,
    )


def _facts(receipt: Receipt) -> Facts:
    return Facts(
        method=SAID.methods.names.get(receipt.method, receipt.method),
        paid_by=receipt.paid_by,
        at=moment(receipt.at),
        reference=receipt.reference,
    )


def _transfer(view: InvoiceView) -> Transfer:
    """The order of the customer when there is one, else the seller's own account with the invoice's reference."""
    ordered, seller = view.transfer, view.document.seller
    iban, holder = (ordered.iban, ordered.holder) if ordered else (seller.iban, seller.name)
    reference = ordered.reference if ordered else view.document.reference
    if not iban:
        return Transfer()
    return Transfer(
        iban=documents.in_fours(iban),
        reference=documents.reference_text(reference),
        holder=holder,
        qr=documents.payment_qr_svg(holder=holder, iban=iban, cents=view.status.open_cents, reference=reference),
        hint=SAID.methods.transfer_ordered if ordered else SAID.methods.transfer_hint,
    )
