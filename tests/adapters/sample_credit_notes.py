"""Credit notes as a customer gets them; the sums in them are right, names and numbers are invented."""

from dataclasses import replace
from datetime import date

from sample_invoices import BUYER, SELLER, line

from billing.ports import CreditNoteDocument, DocumentVat

AS_CREDITS = CreditNoteDocument(
    number="C2026-0007",
    issued_on=date(2026, 11, 2),
    invoice_number="2026-0260",
    invoice_issued_on=date(2026, 6, 27),
    reason="Opzegging van Extra opslag, 250 van 365 dagen over",
    seller=SELLER,
    buyer=BUYER,
    lines=(line("Extra opslag", detail="250 van 365 dagen", price="50.00", net_cents=5000),),
    vat=(DocumentVat("21", base_cents=5000, vat_cents=1050),),
    net_cents=5000,
    vat_cents=1050,
    total_cents=6050,
    credit_cents=6050,
)

IN_THREE_PARTS = replace(
    AS_CREDITS,
    lines=(line("Extra opslag", price="50.00", net_cents=5000), replace(line("Boek"), vat_rate="9")),
    vat=(DocumentVat("21", base_cents=5000, vat_cents=1050), DocumentVat("9", base_cents=1000, vat_cents=90)),
    net_cents=6000,
    vat_cents=1140,
    total_cents=7140,
    offset_cents=1140,
    credit_cents=2000,
    payout_cents=4000,
)
