"""Carrying out what the outbox asks for: printing, sending mails and e-invoices, money back, news for the panel."""

import logging
from collections.abc import Callable, Sequence

from billing import loglines, metrics, outbox, steps
from billing.access import Actor
from billing.accounts import service as accounts
from billing.accounts.tables import EInvoiceForm
from billing.correspondence import credit_notes, files, network, service
from billing.correspondence.credit_notes import NoteToRender
from billing.correspondence.handing_over import hand_over
from billing.correspondence.letters import account_mail
from billing.correspondence.service import ToRender
from billing.db import Work
from billing.deliveries import service as deliveries
from billing.deliveries.reports import read_report
from billing.documents import file_of
from billing.errors import Conflict, NotFound, ProviderRefused, ProviderUnclear
from billing.hosting import flows as hosting
from billing.mandates import flows as mandates
from billing.outbox import OutboxMessage, Task
from billing.payments import paylinks, sending
from billing.ports import Attachment, CreditNoteMail, InvoiceMail
from billing.runtime import Billing
from billing.taxes import flows as taxes

log = logging.getLogger(__name__)


def carry_out(billing: Billing, limit: int = 4) -> int:
    """Take due rows from the outbox and do them, but for questions to outsiders; returns how many were taken."""
    messages = billing.do(outbox.claim, limit) if billing.ask(outbox.any_due) else ()
    for place, message in enumerate(messages):
        if billing.stopping.is_set():
            billing.do(outbox.let_go, messages[place:])
            break
        if not outbox.needs_keeping(message, billing.clock.now()) or billing.do(outbox.keep, message):
            _one(billing, message)
    return len(messages)


def ask_outsiders(billing: Billing) -> int:
    """Ask one of the questions that outsiders take their time for; returns how many were taken."""
    if not billing.ask(outbox.any_due, outbox.QUESTIONS):
        return 0
    messages = billing.do(outbox.claim, 1, outbox.QUESTIONS, outbox.LONG_LEASE)
    for message in messages:
        _one(billing, message)
    return len(messages)


def ensure_file(billing: Billing, invoice_id: int) -> ToRender:
    """The printed invoice as it stands now, rendered when that has not been done yet."""
    wanted = billing.ask(service.to_render, invoice_id)
    if wanted.content is None:
        with steps.step("invoice.print", invoice_id=invoice_id):
            content = billing.pdf.invoice(wanted.document)
        billing.do(service.store_file, wanted, content)
        wanted = billing.ask(service.to_render, invoice_id)
    if wanted.content is None:
        raise Conflict()
    return wanted


def ensure_note_file(billing: Billing, note_id: int) -> NoteToRender:
    """The printed credit note, rendered when that has not been done yet."""
    wanted = billing.ask(credit_notes.to_render, note_id)
    if wanted.content is None:
        billing.do(credit_notes.store_file, wanted, billing.pdf.credit_note(wanted.document))
        wanted = billing.ask(credit_notes.to_render, note_id)
    return wanted


def invoice_xmls(billing: Billing, actor: Actor, numbers: Sequence[str]) -> tuple[bytes, ...]:
    """Invoices for programs (UBL), as they stand now. Raises NotFound or NotAllowed."""
    return tuple(map(billing.einvoices.ubl, billing.ask(files.invoice_documents, actor, numbers)))


def note_xmls(billing: Billing, actor: Actor, numbers: Sequence[str]) -> tuple[bytes, ...]:
    """Credit notes for programs (UBL). Raises NotFound or NotAllowed."""
    return tuple(map(billing.einvoices.ubl, billing.ask(files.note_documents, actor, numbers)))


def receive_report(billing: Billing, raw: bytes) -> bool:
    """Record a mail server's report about a mail, as it came; False when it is about none of ours.

    Raises ReportRefused when it can't be read, and Conflict when it has to come again later.
    """
    report = read_report(raw)
    is_ours = billing.do(deliveries.record_report, report, billing.policy.public_url)
    if is_ours:
        metrics.MAILS.labels(report.state.value).inc()
    return is_ours


def _one(billing: Billing, message: OutboxMessage) -> None:
    ids = {name: message.payload.get(name) for name in ("account_id", "payment_id", "credit_note_id")}
    about = {**ids, "outbox_id": message.id, "invoice_id": message.invoice_id}
    with loglines.about(**{name: value for name, value in about.items() if value is not None}):
        _try(billing, message, about)


def _try(billing: Billing, message: OutboxMessage, about: dict[str, int | None]) -> None:
    try:
        with steps.step(f"outbox.{message.task}", after=message.traceparent, **about):
            HANDLERS[Task(message.task)](billing, message)
    except (ProviderRefused, NotFound) as never:
        billing.do(_end, message, outbox.give_up, str(never))
        log.error("outbox row %s given up: %s", message.id, never.code)
    except (ProviderUnclear, Conflict) as later:
        billing.do(outbox.put_back, message.id or 0, message.tries, str(later))
    except Exception as bug:
        log.exception("outbox row %s failed", message.id)
        billing.do(outbox.put_back, message.id or 0, message.tries, type(bug).__name__)
    else:
        billing.do(_end, message, outbox.finish)


def _end(work: Work, message: OutboxMessage, end: Callable[..., None], *facts: str) -> None:
    end(work, message.id or 0, *facts)
    # Some screens show whether it has happened yet; they look again.
    if "account_id" in message.payload:
        accounts.bump_version(work, message.payload["account_id"])


def _render(billing: Billing, message: OutboxMessage) -> None:
    ensure_file(billing, message.invoice_id or 0)


def _mail(billing: Billing, message: OutboxMessage) -> None:
    printed = ensure_file(billing, message.invoice_id or 0)
    paid = message.task == Task.MAIL_PAID
    if paid and printed.document.paid_on is None:
        # The money went back before this was sent: a thank-you would no longer be true.
        return
    reader = billing.ask(service.recipient, message.payload["user_id"])
    # A receipt brings no second copy: programs that book what comes in would book it twice.
    xml = () if paid else _xml(billing, printed)
    written = billing.mail_writer.invoice(
        InvoiceMail(
            kind="paid" if paid else "invoice", recipient=reader.name, document=reader.spoken_to(printed.document),
            pay_url="" if paid else _pay_url(billing, printed),
            dashboard_url=f"{billing.policy.public_url}/invoices/{printed.document.number}", has_xml=bool(xml),
        )
    )  # fmt: skip
    pdf = Attachment(f"{file_of(printed.document)}.pdf", "application/pdf", printed.content or b"")
    hand_over(billing, message, reader.name, reader.email, written, (pdf, *xml))


def _render_note(billing: Billing, message: OutboxMessage) -> None:
    ensure_note_file(billing, message.payload["credit_note_id"])


def _mail_note(billing: Billing, message: OutboxMessage) -> None:
    printed = ensure_note_file(billing, message.payload["credit_note_id"])
    reader = billing.ask(service.recipient, message.payload["user_id"])
    xml = _xml(billing, printed)
    dashboard_url = f"{billing.policy.public_url}/credits"
    letter = reader.spoken_to(printed.document)
    mail = CreditNoteMail(reader.name, letter, dashboard_url=dashboard_url, has_xml=bool(xml))
    written = billing.mail_writer.credit_note(mail)
    pdf = Attachment(f"{file_of(printed.document)}.pdf", "application/pdf", printed.content or b"")
    hand_over(billing, message, reader.name, reader.email, written, (pdf, *xml))


def _xml(billing: Billing, printed: ToRender | NoteToRender) -> tuple[Attachment, ...]:
    """The e-invoice to go along, for a customer who wants that."""
    is_wanted = printed.einvoice is EInvoiceForm.MAIL
    return (network.xml_file(billing, printed.document),) if is_wanted else ()


def _pay_url(billing: Billing, printed: ToRender) -> str:
    token = paylinks.sign(printed.invoice_id, billing.policy.signing_key, printed.pay_link_serial)
    return f"{billing.policy.public_url}/pay/{token}"


# A later subject adds its own.
HANDLERS: dict[Task, Callable[[Billing, OutboxMessage], None]] = {
    Task.HOSTING_CHANGED: hosting.hand_over,
    Task.SERVICE_NEWS: hosting.tell,
    Task.RENDER_INVOICE: _render,
    Task.MAIL_INVOICE: _mail,
    Task.MAIL_PAID: _mail,
    Task.MAIL_ACCOUNT: account_mail,
    Task.RENDER_CREDIT_NOTE: _render_note,
    Task.MAIL_CREDIT_NOTE: _mail_note,
    Task.PAY_OUT: sending.pay_out,
    Task.FOLLOW_PAYMENT: mandates.follow_payment,
    Task.SEND_EINVOICE: network.send_einvoice,
    Task.MAIL_EINVOICE: network.mail_einvoice,
    Task.MAIL_CAME_BACK: mandates.follow_lost_mail,
    Task.CHECK_VAT_NUMBER: taxes.check_number,
}
