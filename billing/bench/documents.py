"""The invoice that is printed over and over: 15 lines, VAT, and a settlement."""

from datetime import date

from billing.ports import DocumentLine, DocumentSettlement, DocumentVat, InvoiceDocument, Party

LINES = 15
_LINE_CENTS = 1250


def fifteen_lines(sequence: int) -> InvoiceDocument:
    """One of a series of alike but different invoices."""
    net_cents = LINES * _LINE_CENTS
    vat_cents = net_cents * 21 // 100
    settled_cents = 1000
    number = f"2026-{sequence + 1:04d}"
    return InvoiceDocument(
        number=number, issued_on=date(2026, 11, 1), due_on=date(2026, 11, 15), reference=number,
        seller=Party("Voorbeeld Hosting B.V.", street="Demostraat 1", postal_code="1234 AB", city="Voorbeeldstad",
                     vat_number="NL000000000B00", chamber_number="00000000", iban="NL93DEMO0123456789"),
        buyer=Party("Bakkerij De Korenaar", "Hanna de Graan", "Molenpad 12", "1234 CD", "Voorbeeldstad"),
        lines=tuple(
            DocumentLine(f"Webhosting, pakket {line}", f"voorbeeldsite-{line}.test", "1", "12.50", "21", _LINE_CENTS)
            for line in range(1, LINES + 1)
        ),
        vat=(DocumentVat("21", net_cents, vat_cents),), net_cents=net_cents, vat_cents=vat_cents,
        total_cents=net_cents + vat_cents, open_cents=net_cents + vat_cents - settled_cents,
        settlements=(DocumentSettlement("credit", "C2026-0001", date(2026, 11, 1), settled_cents),),
    )  # fmt: skip
