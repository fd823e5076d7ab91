"""Documents that make e-invoices of every sort; the sums in them are right, names and numbers are invented."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import sample_credit_notes
import sample_invoices as samples

from billing import vat
from billing.ports import CreditNoteDocument, DocumentLine, DocumentSettlement, DocumentVat, InvoiceDocument, Party

ISSUED = date(2026, 11, 20)
SELLER = replace(samples.SELLER, email="facturen@voorbeeld-hosting.test")
DUTCH_BUSINESS = replace(samples.BUYER, chamber_number="87654321", vat_number="NL123456782B90")
BELGIAN = replace(
    samples.BUYER,
    name="Atelier Lumière BV",
    country="BE",
    city="Brussel",
    postal_code="1000",
    vat_number="BE0428759497",
)


def made(
    *lines: DocumentLine, of: InvoiceDocument = samples.UNPAID, settled_cents: int = 0, seller: Party = SELLER
) -> InvoiceDocument:
    """An invoice of these lines with the sums that the product makes of them."""
    nets = [vat.line_net_cents(Decimal(line.quantity), Decimal(line.unit_price)) for line in lines]
    totals = vat.totals(zip((Decimal(line.vat_rate) for line in lines), nets, strict=True))
    net_cents, vat_cents = sum(nets), sum(total.vat_cents for total in totals)
    return replace(
        of, seller=seller,
        lines=tuple(replace(line, net_cents=net) for line, net in zip(lines, nets, strict=True)),
        vat=tuple(DocumentVat(format(t.rate, "f"), t.base_cents, t.vat_cents) for t in totals),
        net_cents=net_cents, vat_cents=vat_cents, total_cents=net_cents + vat_cents,
        open_cents=net_cents + vat_cents - settled_cents,
    )  # fmt: skip


def line(price: str, *, rate: str = "21", quantity: str = "1", name: str = "Webhosting Start") -> DocumentLine:
    return DocumentLine(name, "voorbeeld.test", quantity, price, rate, net_cents=0)


YEAR = replace(line("36.00"), period_start=date(2026, 12, 1), period_end=date(2027, 11, 30))

AT_HOME = made(YEAR, line("7.50", quantity="3", name="Domeinnaam"))
MIXED_RATES = made(line("9.95"), line("20.00", rate="9", name="Handboek"), line("5.00", rate="0", name="Reis"))
TAKEN_BACK = made(line("100.00"), line("-12.34", name="Korting"), line("10.00", quantity="-1", name="Teruggave"))
PARTS_OF_CENTS = made(line("0.03571", quantity="733", name="Verkeer per GB"))
FREE_OF_CHARGE = made(line("36.00"), line("0", name="Proefmaand"), line("5.00", quantity="0", name="Niet gebruikt"))
REVERSED = made(line("36.00", rate="0"), of=replace(samples.UNPAID, buyer=BELGIAN, vat_treatment="reverse_charge"))
REVERSED_IN_ENGLISH = replace(REVERSED, language="en")
SWISS = replace(samples.BUYER, name="Beispiel AG", country="CH", vat_number="")
OUTSIDE = made(line("36.00", rate="0"), of=replace(samples.UNPAID, buyer=SWISS, vat_treatment="outside"))
OUTSIDE_IN_ENGLISH = replace(OUTSIDE, language="en")
GERMAN_CONSUMER = replace(samples.BUYER, name="H. Beispiel", country="DE", vat_number="", chamber_number="")
OSS = made(line("36.00", rate="19"), of=replace(samples.UNPAID, buyer=GERMAN_CONSUMER, vat_treatment="oss"))
OSS_WITH_PARTS = made(
    line("9.99", rate="25.5"),
    line("0.07", rate="25.5"),
    line("5.00", rate="0", name="Kosten"),
    of=replace(samples.UNPAID, buyer=replace(GERMAN_CONSUMER, country="FI"), vat_treatment="oss"),
)
UNION_CONSUMER = made(YEAR, of=replace(samples.UNPAID, buyer=GERMAN_CONSUMER, vat_treatment="union_consumer"))
TO_DUTCH_BUSINESS = made(YEAR, of=replace(samples.UNPAID, buyer=DUTCH_BUSINESS))
WITH_CREDITS = made(
    YEAR, settled_cents=1000,
    of=replace(samples.UNPAID, settlements=(DocumentSettlement("credit", "C2026-0007", ISSUED, 1000),)),
)  # fmt: skip
BY_CREDITS_ALONE = made(
    YEAR, settled_cents=4356,
    of=replace(samples.UNPAID, settlements=(DocumentSettlement("credit", "C2026-0007", ISSUED, 4356),)),
)  # fmt: skip
WITH_SMALL_REST = made(
    YEAR, settled_cents=-50,
    of=replace(samples.UNPAID, settlements=(DocumentSettlement("brought", "2026-0097", ISSUED, -50),)),
)  # fmt: skip
LONG = made(*(line("10.00", name=f"Domeinnaam {position}") for position in range(500)))
HOSTILE = made(
    line("10.00", name='<Invoice xmlns="x">&amp;]]><!-- \x00\x0b\ud800\uffff -->'),
    line("10.00", name="\u202e\U0001f389 \u05e9\u05dc\u05d5\u05dd\r\n\t regel twee"),
    of=replace(
        samples.UNPAID, reference="RF00 <&>\x1b",
        buyer=replace(samples.BUYER, name="<b>&\x07 \u0628\u0642\u0627\u0644\u0629", street="'\"><x/>", city="\x00"),
    ),
)  # fmt: skip
LONG_NAMES = made(
    line("10.00", name="Omschrijving " * 400),
    of=replace(samples.UNPAID, buyer=replace(samples.BUYER, name="Stichting " * 100, street="Lange Laan " * 100)),
)

BY_MANDATE = made(
    YEAR,
    of=replace(samples.UNPAID, buyer=DUTCH_BUSINESS, mandate="X6A0000000042"),
    seller=replace(SELLER, creditor_id="NL22ZZZ000000000000"),
)
BY_MANDATE_ABROAD = replace(BY_MANDATE, buyer=BELGIAN)

NOTE = sample_credit_notes.AS_CREDITS
NOTE_OF_ALL_SORTS = sample_credit_notes.IN_THREE_PARTS
NOTE_REVERSED: CreditNoteDocument = replace(
    NOTE, buyer=BELGIAN, vat_treatment="reverse_charge", lines=(replace(NOTE.lines[0], vat_rate="0"),),
    vat=(DocumentVat("0", base_cents=5000, vat_cents=0),), vat_cents=0, total_cents=5000, credit_cents=5000,
)  # fmt: skip
NOTE_OUTSIDE = replace(NOTE_REVERSED, buyer=SWISS, vat_treatment="outside")
NOTE_OSS = replace(
    NOTE, buyer=GERMAN_CONSUMER, vat_treatment="oss", lines=(replace(NOTE.lines[0], vat_rate="19"),),
    vat=(DocumentVat("19", base_cents=5000, vat_cents=950),), vat_cents=950, total_cents=5950, credit_cents=5950,
)  # fmt: skip
# The last of an invoice takes the last cent of its VAT, which need not be the VAT of its own lines.
NOTE_WITH_LAST_CENT: CreditNoteDocument = replace(
    NOTE, vat=(DocumentVat("21", base_cents=5000, vat_cents=1051),), vat_cents=1051, total_cents=6051, credit_cents=6051
)

ALL: dict[str, InvoiceDocument | CreditNoteDocument] = {
    "at home": AT_HOME, "mixed rates": MIXED_RATES, "taken back": TAKEN_BACK, "parts of cents": PARTS_OF_CENTS,
    "free of charge": FREE_OF_CHARGE, "reversed": REVERSED, "reversed in English": REVERSED_IN_ENGLISH,
    "to a Dutch business": TO_DUTCH_BUSINESS, "with credits": WITH_CREDITS, "by credits alone": BY_CREDITS_ALONE,
    "with a small rest": WITH_SMALL_REST, "500 lines": LONG, "hostile": HOSTILE, "long names": LONG_NAMES,
    "paid": samples.PAID, "partly settled": made(YEAR, of=samples.PARTLY_SETTLED, settled_cents=6050),
    "by mandate": BY_MANDATE, "by mandate, abroad": BY_MANDATE_ABROAD,
    "credit note": NOTE, "credit note of all sorts": NOTE_OF_ALL_SORTS, "credit note, reversed": NOTE_REVERSED,
    "credit note with the last cent": NOTE_WITH_LAST_CENT, "outside the Union": OUTSIDE,
    "outside the Union in English": OUTSIDE_IN_ENGLISH, "by OSS": OSS, "by OSS, of all sorts": OSS_WITH_PARTS,
    "to a consumer in the Union": UNION_CONSUMER, "credit note outside the Union": NOTE_OUTSIDE,
    "credit note by OSS": NOTE_OSS,
}  # fmt: skip
