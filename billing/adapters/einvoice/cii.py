"""UN/CEFACT Cross Industry Invoice D16B, as Factur-X puts it inside a PDF. The order of elements is its schema's."""

from datetime import date

from billing.adapters.einvoice.model import CURRENCY, ONE, Days, EInvoice, Line, Payment, VatGroup
from billing.adapters.einvoice.parties import Participant, Profile
from billing.adapters.einvoice.text import amount
from billing.adapters.einvoice.tree import Node

_CII = "urn:un:unece:uncefact:data:standard:"
_NAMESPACES = {
    "rsm": f"{_CII}CrossIndustryInvoice:100",
    "ram": f"{_CII}ReusableAggregateBusinessInformationEntity:100",
    "udt": f"{_CII}UnqualifiedDataType:100",
    "qdt": f"{_CII}QualifiedDataType:100",
}
# Year, month and day without anything between them, of UNTDID 2379.
_DAY = "102"


def cii(invoice: EInvoice) -> bytes:
    """The profile EN 16931 of Factur-X."""
    root = Node.root("CrossIndustryInvoice", _NAMESPACES["rsm"], _NAMESPACES)
    context = root.add("rsm:ExchangedDocumentContext").add("ram:GuidelineSpecifiedDocumentContextParameter")
    context.put("ram:ID", Profile.EN16931.value)
    head = root.add("rsm:ExchangedDocument")
    head.put("ram:ID", invoice.number)
    head.put("ram:TypeCode", invoice.type_code)
    _day(head, "ram:IssueDateTime", invoice.issued_on)
    if invoice.note:
        head.add("ram:IncludedNote").put("ram:Content", invoice.note)
    trade = root.add("rsm:SupplyChainTradeTransaction")
    for position, line in enumerate(invoice.lines, start=1):
        _line(trade.add("ram:IncludedSupplyChainTradeLineItem"), line, position)
    agreement = trade.add("ram:ApplicableHeaderTradeAgreement")
    agreement.put("ram:BuyerReference", invoice.buyer_reference)
    _party(agreement.add("ram:SellerTradeParty"), invoice.seller)
    _party(agreement.add("ram:BuyerTradeParty"), invoice.buyer)
    delivery = trade.add("ram:ApplicableHeaderTradeDelivery").add("ram:ActualDeliverySupplyChainEvent")
    _day(delivery, "ram:OccurrenceDateTime", invoice.supplied_on)
    _settlement(trade.add("ram:ApplicableHeaderTradeSettlement"), invoice)
    return root.written()


def _line(item: Node, line: Line, position: int) -> None:
    item.add("ram:AssociatedDocumentLineDocument").put("ram:LineID", str(position))
    product = item.add("ram:SpecifiedTradeProduct")
    product.put("ram:Name", line.name)
    product.put("ram:Description", line.detail)
    price = item.add("ram:SpecifiedLineTradeAgreement").add("ram:NetPriceProductTradePrice")
    price.put("ram:ChargeAmount", line.price)
    item.add("ram:SpecifiedLineTradeDelivery").put("ram:BilledQuantity", line.quantity, unitCode=ONE)
    settlement = item.add("ram:SpecifiedLineTradeSettlement")
    tax = settlement.add("ram:ApplicableTradeTax")
    tax.put("ram:TypeCode", "VAT")
    tax.put("ram:CategoryCode", line.category.value)
    tax.put("ram:RateApplicablePercent", line.rate)
    _period(settlement, line.period)
    total = settlement.add("ram:SpecifiedTradeSettlementLineMonetarySummation")
    total.put("ram:LineTotalAmount", amount(line.net_cents))


def _party(party: Node, who: Participant) -> None:
    party.put("ram:Name", who.name)
    if who.legal_id:
        party.add("ram:SpecifiedLegalOrganization").put("ram:ID", who.legal_id.value, schemeID=who.legal_id.scheme)
    if who.contact or who.email:
        contact = party.add("ram:DefinedTradeContact")
        contact.put("ram:PersonName", who.contact)
        if who.email:
            contact.add("ram:EmailURIUniversalCommunication").put("ram:URIID", who.email)
    address = party.add("ram:PostalTradeAddress")
    address.put("ram:PostcodeCode", who.postal_code)
    address.put("ram:LineOne", who.street)
    address.put("ram:CityName", who.city)
    address.put("ram:CountryID", who.country)
    if who.endpoint:
        party.add("ram:URIUniversalCommunication").put("ram:URIID", who.endpoint.value, schemeID=who.endpoint.scheme)
    if who.vat_number:
        party.add("ram:SpecifiedTaxRegistration").put("ram:ID", who.vat_number, schemeID="VA")


def _settlement(settlement: Node, invoice: EInvoice) -> None:
    if invoice.payment:
        settlement.put("ram:CreditorReferenceID", invoice.payment.creditor_id)
        settlement.put("ram:PaymentReference", invoice.payment.reference)
    settlement.put("ram:InvoiceCurrencyCode", CURRENCY)
    if invoice.payment:
        _means(settlement.add("ram:SpecifiedTradeSettlementPaymentMeans"), invoice.payment)
    for group in invoice.vat:
        _group(settlement.add("ram:ApplicableTradeTax"), group)
    _period(settlement, invoice.period)
    if invoice.due_on:
        terms = settlement.add("ram:SpecifiedTradePaymentTerms")
        _day(terms, "ram:DueDateDateTime", invoice.due_on)
        terms.put("ram:DirectDebitMandateID", invoice.payment.mandate if invoice.payment else "")
    _totals(settlement.add("ram:SpecifiedTradeSettlementHeaderMonetarySummation"), invoice)
    if invoice.corrects:
        number, issued_on = invoice.corrects
        reference = settlement.add("ram:InvoiceReferencedDocument")
        reference.put("ram:IssuerAssignedID", number)
        _day(reference, "ram:FormattedIssueDateTime", issued_on, kind="qdt")


def _means(means: Node, payment: Payment) -> None:
    means.put("ram:TypeCode", payment.means)
    if not payment.mandate:
        account = means.add("ram:PayeePartyCreditorFinancialAccount")
        account.put("ram:IBANID", payment.iban)
        account.put("ram:AccountName", payment.holder)


def _group(tax: Node, group: VatGroup) -> None:
    reason, code = group.exemption
    tax.put("ram:CalculatedAmount", amount(group.vat_cents))
    tax.put("ram:TypeCode", "VAT")
    tax.put("ram:ExemptionReason", reason)
    tax.put("ram:BasisAmount", amount(group.base_cents))
    tax.put("ram:CategoryCode", group.category.value)
    tax.put("ram:ExemptionReasonCode", code)
    tax.put("ram:RateApplicablePercent", group.rate)


def _totals(totals: Node, invoice: EInvoice) -> None:
    totals.put("ram:LineTotalAmount", amount(invoice.net_cents))
    totals.put("ram:TaxBasisTotalAmount", amount(invoice.net_cents))
    totals.put("ram:TaxTotalAmount", amount(invoice.vat_cents), currencyID=CURRENCY)
    totals.put("ram:GrandTotalAmount", amount(invoice.total_cents))
    if invoice.prepaid_cents:
        totals.put("ram:TotalPrepaidAmount", amount(invoice.prepaid_cents))
    totals.put("ram:DuePayableAmount", amount(invoice.payable_cents))


def _period(parent: Node, period: Days | None) -> None:
    if period:
        dates = parent.add("ram:BillingSpecifiedPeriod")
        _day(dates, "ram:StartDateTime", period.first)
        _day(dates, "ram:EndDateTime", period.last)


def _day(parent: Node, name: str, day: date, *, kind: str = "udt") -> None:
    parent.add(name).put(f"{kind}:DateTimeString", day.strftime("%Y%m%d"), format=_DAY)
