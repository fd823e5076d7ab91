"""Storing a rendered invoice: once per version, with its digest."""

import hashlib
from dataclasses import dataclass, replace
from typing import TypeVar

from billing.accounts import service as accounts
from billing.accounts.einvoices import form_of
from billing.accounts.tables import EInvoiceForm, User
from billing.correspondence.queries import current_file, invoice_document
from billing.db import Work
from billing.errors import Conflict, NotFound
from billing.invoices.tables import Invoice, InvoiceFile
from billing.ports import Document, InvoiceDocument

D = TypeVar("D", bound=Document)


@dataclass(frozen=True)
class Recipient:
    """Whom a mail is for. language: this person's own, whatever the documents are in."""

    name: str
    email: str
    language: str

    def spoken_to(self, document: D) -> D:
        """A document as a letter to this person tells of it; what is printed and attached stays as it is."""
        return replace(document, language=self.language)


@dataclass(frozen=True)
class ToRender:
    """A document and the version of the invoice it shows; `content` when that version was rendered before.

    einvoice: how the customer wants it for programs.
    """

    invoice_id: int
    version: int
    pay_link_serial: int
    document: InvoiceDocument
    einvoice: EInvoiceForm
    content: bytes | None


def to_render(work: Work, invoice_id: int) -> ToRender:
    """What has to be printed of an invoice now. Raises NotFound."""
    invoice = work.session.get(Invoice, invoice_id)
    if invoice is None:
        raise NotFound()
    stored = current_file(work, invoice)
    return ToRender(
        invoice_id=invoice_id, version=invoice.version, pay_link_serial=invoice.pay_link_serial,
        document=invoice_document(work, invoice), einvoice=form_of(work, invoice.account_id),
        content=stored.content if stored else None,
    )  # fmt: skip


def store_file(work: Work, rendered: ToRender, content: bytes) -> None:
    """Keep a rendered file, unless the invoice moved on meanwhile (Conflict) or somebody stored it first."""
    invoice = work.session.get(Invoice, rendered.invoice_id)
    if invoice is None or invoice.version != rendered.version:
        raise Conflict()
    if current_file(work, invoice) is not None:
        return
    work.session.add(
        InvoiceFile(
            invoice_id=rendered.invoice_id, version=rendered.version, sha256=hashlib.sha256(content).hexdigest(),
            content=content, rendered_at=work.now,
        )
    )  # fmt: skip
    accounts.bump_version(work, invoice.account_id)


def recipient(work: Work, user_id: int) -> Recipient:
    """Whom a mail is for. Raises NotFound."""
    user = work.session.get(User, user_id)
    if user is None:
        raise NotFound()
    return Recipient(user.name, user.email, user.language)
