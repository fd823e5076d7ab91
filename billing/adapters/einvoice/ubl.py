"""UBL 2.1. The order of elements is that of its schema."""

from billing.adapters.einvoice.model import CREDIT_NOTE, CURRENCY, ONE, Days, EInvoice, Line, VatGroup
from billing.adapters.einvoice.parties import Participant, Profile
from billing.adapters.einvoice.text import amount
from billing.adapters.einvoice.tree import Node
from billing.invoice_rules import VatCategory

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_NAMESPACES = {"cac": f"{_UBL}CommonAggregateComponents-2", "cbc": f"{_UBL}CommonBasicComponents-2"}
_PEPPOL_PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"


def ubl(invoice: EInvoice) -> bytes:
    """An Invoice, or a CreditNote, with its amounts above zero."""
    kind = "CreditNote" if invoice.type_code == CREDIT_NOTE else "Invoice"
    root = Node.root(kind, f"{_UBL}{kind}-2", _NAMESPACES)
    _head(root, invoice, kind)
    creditor_id = invoice.payment.creditor_id if invoice.payment else ""
    _party(root.add("cac:AccountingSupplierParty").add("cac:Party"), invoice.seller, creditor_id)
    _party(root.add("cac:AccountingCustomerParty").add("cac:Party"), invoice.buyer)
    root.add("cac:Delivery").put("cbc:ActualDeliveryDate", invoice.supplied_on.isoformat())
    _payment(root, invoice)
    _tax(root.add("cac:TaxTotal"), invoice)
    _totals(root.add("cac:LegalMonetaryTotal"), invoice)
    for position, line in enumerate(invoice.lines, start=1):
        _line(root.add(f"cac:{kind}Line"), line, position, "Credited" if kind == "CreditNote" else "Invoiced")
    return root.written()


def _head(root: Node, invoice: EInvoice, kind: str) -> None:
    root.put("cbc:CustomizationID", invoice.profile.value)
    root.put("cbc:ProfileID", _PEPPOL_PROCESS if invoice.profile is Profile.PEPPOL else "")
    root.put("cbc:ID", invoice.number)
    root.put("cbc:IssueDate", invoice.issued_on.isoformat())
    root.put("cbc:DueDate", invoice.due_on.isoformat() if invoice.due_on else "")
    root.put(f"cbc:{kind}TypeCode", invoice.type_code)
    root.put("cbc:Note", invoice.note)
    root.put("cbc:DocumentCurrencyCode", CURRENCY)
    root.put("cbc:BuyerReference", invoice.buyer_reference)
    _period(root, invoice.period)
    if invoice.corrects:
        number, issued_on = invoice.corrects
        reference = root.add("cac:BillingReference").add("cac:InvoiceDocumentReference")
        reference.put("cbc:ID", number)
        reference.put("cbc:IssueDate", issued_on.isoformat())


def _period(parent: Node, period: Days | None) -> None:
    if period:
        dates = parent.add("cac:InvoicePeriod")
        dates.put("cbc:StartDate", period.first.isoformat())
        dates.put("cbc:EndDate", period.last.isoformat())


def _party(party: Node, who: Participant, creditor_id: str = "") -> None:
    if who.endpoint:
        party.put("cbc:EndpointID", who.endpoint.value, schemeID=who.endpoint.scheme)
    if creditor_id:
        party.add("cac:PartyIdentification").put("cbc:ID", creditor_id, schemeID="SEPA")
    address = party.add("cac:PostalAddress")
    address.put("cbc:StreetName", who.street)
    address.put("cbc:CityName", who.city)
    address.put("cbc:PostalZone", who.postal_code)
    address.add("cac:Country").put("cbc:IdentificationCode", who.country)
    if who.vat_number:
        tax = party.add("cac:PartyTaxScheme")
        tax.put("cbc:CompanyID", who.vat_number)
        tax.add("cac:TaxScheme").put("cbc:ID", "VAT")
    legal = party.add("cac:PartyLegalEntity")
    legal.put("cbc:RegistrationName", who.name)
    if who.legal_id:
        legal.put("cbc:CompanyID", who.legal_id.value, schemeID=who.legal_id.scheme)
    if who.contact or who.email:
        contact = party.add("cac:Contact")
        contact.put("cbc:Name", who.contact)
        contact.put("cbc:ElectronicMail", who.email)


def _payment(root: Node, invoice: EInvoice) -> None:
    if invoice.payment:
        means = root.add("cac:PaymentMeans")
        means.put("cbc:PaymentMeansCode", invoice.payment.means)
        means.put("cbc:PaymentID", invoice.payment.reference)
        if invoice.payment.mandate:
            means.add("cac:PaymentMandate").put("cbc:ID", invoice.payment.mandate)
            return
        account = means.add("cac:PayeeFinancialAccount")
        account.put("cbc:ID", invoice.payment.iban)
        account.put("cbc:Name", invoice.payment.holder)


def _tax(total: Node, invoice: EInvoice) -> None:
    _money(total, "cbc:TaxAmount", invoice.vat_cents)
    for group in invoice.vat:
        part = total.add("cac:TaxSubtotal")
        _money(part, "cbc:TaxableAmount", group.base_cents)
        _money(part, "cbc:TaxAmount", group.vat_cents)
        _group(part.add("cac:TaxCategory"), group)


def _group(tax: Node, group: VatGroup) -> None:
    reason, code = group.exemption
    tax.put("cbc:ID", group.category.value)
    tax.put("cbc:Percent", group.rate)
    tax.put("cbc:TaxExemptionReasonCode", code)
    tax.put("cbc:TaxExemptionReason", reason)
    tax.add("cac:TaxScheme").put("cbc:ID", "VAT")


def _totals(totals: Node, invoice: EInvoice) -> None:
    _money(totals, "cbc:LineExtensionAmount", invoice.net_cents)
    _money(totals, "cbc:TaxExclusiveAmount", invoice.net_cents)
    _money(totals, "cbc:TaxInclusiveAmount", invoice.total_cents)
    if invoice.prepaid_cents:
        _money(totals, "cbc:PrepaidAmount", invoice.prepaid_cents)
    _money(totals, "cbc:PayableAmount", invoice.payable_cents)


def _line(parent: Node, line: Line, position: int, counted: str) -> None:
    parent.put("cbc:ID", str(position))
    parent.put(f"cbc:{counted}Quantity", line.quantity, unitCode=ONE)
    _money(parent, "cbc:LineExtensionAmount", line.net_cents)
    _period(parent, line.period)
    item = parent.add("cac:Item")
    item.put("cbc:Description", line.detail)
    item.put("cbc:Name", line.name)
    _line_tax(item.add("cac:ClassifiedTaxCategory"), line.category, line.rate)
    _price(parent.add("cac:Price"), line.price)


def _line_tax(tax: Node, category: VatCategory, rate: str) -> None:
    tax.put("cbc:ID", category.value)
    tax.put("cbc:Percent", rate)
    tax.add("cac:TaxScheme").put("cbc:ID", "VAT")


def _price(price: Node, euros: str) -> None:
    price.put("cbc:PriceAmount", euros, currencyID=CURRENCY)


def _money(parent: Node, name: str, cents: int) -> None:
    parent.put(name, amount(cents), currencyID=CURRENCY)
