"""Invoice documents in the states that a customer meets; the sums in them are right, names and numbers are invented."""

from dataclasses import replace
from datetime import date

from billing.documents import creditor_reference
from billing.ports import DocumentLine, DocumentSettlement, DocumentVat, InvoiceDocument, Party

SELLER = Party(
    name="Voorbeeld Hosting B.V.",
    street="Demostraat 1",
    postal_code="1234 AB",
    city="Voorbeeldstad",
    chamber_number="00000000",
    vat_number="NL000000000B00",
    iban="NL93DEMO0123456789",
)
BUYER = Party(
    name="Bakkerij De Korenaar",
    attention="Hanna de Graan",
    street="Molenpad 12",
    postal_code="1234 CD",
    city="Voorbeeldstad",
)


def line(description: str, *, detail: str = "", price: str = "10.00", net_cents: int = 1000) -> DocumentLine:
    return DocumentLine(description, detail, quantity="1", unit_price=price, vat_rate="21", net_cents=net_cents)


UNPAID = InvoiceDocument(
    number="2026-0441",
    issued_on=date(2026, 11, 20),
    due_on=date(2026, 12, 4),
    reference=creditor_reference("2026-0441"),
    seller=SELLER,
    buyer=BUYER,
    lines=(line("Webhosting Start", detail="1 december 2026 t/m 30 november 2027", price="36.00", net_cents=3600),),
    vat=(DocumentVat("21", base_cents=3600, vat_cents=756),),
    net_cents=3600,
    vat_cents=756,
    total_cents=4356,
    open_cents=4356,
)

PARTLY_SETTLED = replace(
    UNPAID,
    number="2026-0438",
    reference=creditor_reference("2026-0438"),
    issued_on=date(2026, 11, 16),
    due_on=date(2026, 11, 30),
    lines=(
        line("Webhosting Plus", detail="bakkerij.test, 1 december 2026 t/m 30 november 2027", net_cents=21600),
        line("Domeinnaam", detail="bakkerij.test, 1 december 2026 t/m 30 november 2027", net_cents=1200),
        line("Dagelijkse back-up", net_cents=1200),
    ),
    vat=(DocumentVat("21", base_cents=24000, vat_cents=5040),),
    net_cents=24000,
    vat_cents=5040,
    total_cents=29040,
    settlements=(DocumentSettlement("credit", "C2026-0007", date(2026, 11, 16), 6050),),
    open_cents=22990,
)

PAID = replace(
    UNPAID,
    number="2026-0097",
    reference=creditor_reference("2026-0097"),
    issued_on=date(2026, 3, 4),
    due_on=date(2026, 3, 18),
    lines=(line("Webshopmodule", price="73.00", net_cents=7300),),
    vat=(DocumentVat("21", base_cents=7300, vat_cents=1533),),
    net_cents=7300,
    vat_cents=1533,
    total_cents=8833,
    settlements=(DocumentSettlement("payment", "ideal", date(2026, 3, 6), 8833),),
    open_cents=0,
    paid_on=date(2026, 3, 6),
    paid_with="ideal",
)

SETTLED_BY_CREDITS = replace(
    UNPAID,
    settlements=(DocumentSettlement("credit", "C2026-0007", date(2026, 11, 20), 4356),),
    open_cents=0,
)


def with_lines(count: int) -> InvoiceDocument:
    """An unpaid invoice of so many lines of ten euro."""
    net_cents, vat_cents = 1000 * count, 210 * count
    return replace(
        UNPAID,
        lines=tuple(line(f"Domeinnaam {position}", detail=f"voorbeeld-{position}.test") for position in range(count)),
        vat=(DocumentVat("21", base_cents=net_cents, vat_cents=vat_cents),),
        net_cents=net_cents,
        vat_cents=vat_cents,
        total_cents=net_cents + vat_cents,
        open_cents=net_cents + vat_cents,
    )


_ENDLESS = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk" * 4

HOSTILE = replace(
    PARTLY_SETTLED,
    number="X" * 40,
    seller=replace(SELLER, name=f"<script>alert(1)</script> {_ENDLESS}"),
    buyer=replace(
        BUYER,
        name="<img src='file:///etc/hostname'> \U0001f389 \u0628\u0642\u0627\u0644\u0629",
        attention="\u05e9\u05dc\u05d5\u05dd " * 20,
        street=f"<link rel=stylesheet href=http://example.test/x.css> {_ENDLESS}",
        city=_ENDLESS,
    ),
    lines=(
        line(_ENDLESS, detail=_ENDLESS, price="98765432.123456789", net_cents=999_999_999),
        line("<style>@import url(http://example.test)</style>", detail="url(file:///etc/hostname)"),
        line("1 cent", price="0.01", net_cents=1),
    ),
    vat=(DocumentVat("21", base_cents=999_999_999, vat_cents=999_999_999),),
    settlements=(DocumentSettlement("credit", "C" * 80, date(2026, 9, 30), 999_999_999),),
    open_cents=999_999_999,
)
