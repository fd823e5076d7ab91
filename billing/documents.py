"""How amounts, dates, references and payment codes look on paper, in mails and on screens, in Dutch and English."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

import segno
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from stdnum import iso11649
from stdnum.iso7064 import mod_97_10

from billing.money import euros, require_payable
from billing.ports import CreditNoteDocument, Document, DocumentSettlement, InvoiceDocument

T = TypeVar("T")

NO_BREAK = "\u00a0"
MINUS = "\u2212"

DUTCH, ENGLISH = "nl", "en"
LANGUAGES = frozenset({DUTCH, ENGLISH})

_LOCALES = {"nl": "nl", "en": "en_GB"}

_METHODS = {
    "nl": {
        "ideal": "met iDEAL",
        "card": "met creditcard",
        "bancontact": "met Bancontact",
        "transfer": "per overboeking",
        "bank": "per overboeking",
        "direct_debit": "met automatische incasso",
        "credit": "met credits",
        "credit_note": "met een creditnota",
    },
    "en": {
        "ideal": "with iDEAL",
        "card": "by card",
        "bancontact": "with Bancontact",
        "transfer": "by bank transfer",
        "bank": "by bank transfer",
        "direct_debit": "by direct debit",
        "credit": "with credits",
        "credit_note": "with a credit note",
    },
}

_SETTLEMENTS = {
    "nl": {
        "credit": "Verrekend met credits",
        "payment": "Ontvangen op {on}",
        "credit_note": "Creditnota",
        "reversal": "Teruggeboekt op {on}",
        "correction": "Hoorde niet bij deze factuur",
        "carried": "Naar je volgende factuur",
        "brought": "Restant van factuur",
    },
    "en": {
        "credit": "Settled with credits",
        "payment": "Received on {on}",
        "credit_note": "Credit note",
        "reversal": "Returned on {on}",
        "correction": "Did not belong to this invoice",
        "carried": "On to your next invoice",
        "brought": "Rest of invoice",
    },
}

_FILES = {"nl": ("factuur", "creditnota"), "en": ("invoice", "credit-note")}
_PERIODS = {"nl": "{first} t/m {last}", "en": "{first} to {last}"}
_MONTHS = {"nl": ("1 maand", "{months} maanden"), "en": ("1 month", "{months} months")}
_SUBJECTS = {
    "nl": ("{name}, {period}", "{name} en {more} andere"),
    "en": ("{name}, {period}", "{name} and {more} more"),
}

_CHANGES = {
    "nl": {
        "cancel": "{name} opgezegd per {on}",
        "downgrade": "Van {name} naar {product} per {on}",
        "upgrade": "Van {name} naar {product} per {on}",
    },
    "en": {
        "cancel": "{name} cancelled from {on}",
        "downgrade": "From {name} to {product} from {on}",
        "upgrade": "From {name} to {product} from {on}",
    },
}

# SEPA takes 70 characters of a name and 140 of a free remittance text. Counted in bytes here, so that the whole
# payload always fits the 331 bytes that a payment code may hold.
_QR_NAME_BYTES = 70
_QR_TEXT_BYTES = 140

_REFERENCE_LENGTH = 21


def money(cents: int, language: str) -> str:
    """An amount for people: `€ 1.234,56` in Dutch, `€1,234.56` in English; the minus sign stands in front."""
    amount = format_currency(euros(abs(cents)), "EUR", locale=locale(language))
    return f"{MINUS}{amount}" if cents < 0 else amount


def unit_price(price: str, language: str) -> str:
    """A price as stored (decimal text, euro), with all its decimals and at least two."""
    value = Decimal(price)
    amount = format_currency(abs(value), "EUR", locale=locale(language), decimal_quantization=False)
    return f"{MINUS}{amount}" if value < 0 else amount


def quantity(amount: str, language: str) -> str:
    """A quantity as stored (decimal text), without trailing zeros."""
    value = Decimal(amount)
    number = format_decimal(abs(value), locale=locale(language), decimal_quantization=False)
    return f"{MINUS}{number}" if value < 0 else number


def percentage(rate: str, language: str) -> str:
    """A VAT rate as stored (per cent, decimal text): `21 %` in Dutch, `21%` in English."""
    number = quantity(rate, language)
    return f"{number}%" if language == "en" else f"{number}{NO_BREAK}%"


def long_date(day: date, language: str) -> str:
    """A date in words: `6 maart 2026`."""
    return format_date(day, format="long", locale=locale(language))


@lru_cache(maxsize=1000)
def period(first: date, last: date, language: str) -> str:
    """A period in words, from its first day to its last: `1 maart 2026 t/m 31 maart 2026`."""
    return _words(_PERIODS, language).format(first=long_date(first, language), last=long_date(last, language))


def subject(names: Sequence[str], months: int, language: str) -> str:
    """What an invoice is about: its only line with the length of the period, or the first and how many more."""
    one, several = _words(_SUBJECTS, language)
    if len(names) > 1:
        return several.format(name=names[0], more=len(names) - 1)
    month, more_months = _words(_MONTHS, language)
    return one.format(name=names[0], period=month if months == 1 else more_months.format(months=months))


def part_of_period(label: str, first: date, last: date, language: str) -> str:
    """What a line about some days of a service says: which one, and from the first day to the last."""
    words = period(first, last, language)
    return f"{label}, {words}" if label else words


def change_reason(what: str, name: str, product: str, on: date, language: str) -> str:
    """Why there is a document about a change of a service. what: cancel, downgrade, upgrade; on: its first day."""
    pattern = _words(_CHANGES, language)[what]
    return pattern.format(name=name, product=product, on=long_date(on, language))


def file_of(document: Document) -> str:
    """What the file of a document is called in the document's own language; without its ending."""
    return file_name(document.number, document.language, is_note=isinstance(document, CreditNoteDocument))


def file_name(number: str, language: str, *, is_note: bool = False) -> str:
    """What the file of an invoice, or of a credit note, is called; without its ending."""
    return f"{_words(_FILES, language)[is_note]}-{number}"


def country_name(code: str, language: str) -> str:
    """A country by its ISO 3166 code, in words; the code itself when it is none."""
    return str(Locale.parse(locale(language)).territories.get(code, code))


def method_phrase(method: str, language: str) -> str:
    """How it was paid, to follow a date: `met iDEAL`.

    method: a payment method, or the kind of settlement when that was the last of it. One without words of its own is
    named as it is.
    """
    other = "with" if language == "en" else "met"
    return _words(_METHODS, language).get(method, f"{other} {method}")


def settlement_label(settlement: DocumentSettlement, language: str) -> str:
    """What stands in front of the amount of a settlement: `Verrekend met credits, C2026-0007`."""
    pattern = _words(_SETTLEMENTS, language)[settlement.kind]
    label = pattern.format(on=long_date(settlement.on, language))
    if not settlement.label or settlement.kind in ("payment", "reversal"):
        return label
    separator = " " if settlement.kind in ("credit_note", "brought") else ", "
    return f"{label}{separator}{settlement.label}"


def settled_cents(document: InvoiceDocument, *kinds: str) -> int:
    """What settlements of these kinds come to together; below zero raised what is to pay."""
    return sum(settlement.cents for settlement in document.settlements if settlement.kind in kinds)


def in_fours(text: str) -> str:
    """Letters and digits in groups of four, as people read and type an IBAN or a reference."""
    compact = "".join(text.split())
    return " ".join(compact[start : start + 4] for start in range(0, len(compact), 4))


def creditor_reference(invoice_number: str) -> str:
    """The RF reference of an invoice, without spaces.

    Only letters and digits count; of a number too long for a reference the end is used, because that is what differs.
    Raises ValueError when there is no letter or digit at all.
    Source: ISO 11649 (RF, two check digits by ISO 7064 mod 97-10, at most 21 characters).
    """
    reference = re.sub(r"[^A-Z0-9]", "", invoice_number.upper())[-_REFERENCE_LENGTH:]
    if not reference:
        raise ValueError("a reference needs at least one letter or digit")
    return f"RF{mod_97_10.calc_check_digits(f'{reference}RF')}{reference}"


def reference_text(reference: str) -> str:
    """A reference for people: RF references and Dutch 16-digit ones in fours, anything else as it was given."""
    is_grouped = iso11649.is_valid(reference) or re.fullmatch(r"\d{16}", "".join(reference.split()))
    return in_fours(reference) if is_grouped else reference


def payment_qr_payload(*, holder: str, iban: str, cents: int, reference: str) -> str:
    """The text inside a payment code: a SEPA credit transfer of exactly `cents` to `holder`.

    reference: structured when it is a valid RF reference, free text otherwise. Raises InvalidAmount when there is
    nothing to pay.
    Source: EPC069-12 version 002, character set 1 (UTF-8).
    """
    amount = euros(require_payable(cents))
    is_structured = iso11649.is_valid(reference)
    structured = iso11649.compact(reference) if is_structured else ""
    free = "" if is_structured else _fitting(reference, _QR_TEXT_BYTES)
    name = _fitting(holder, _QR_NAME_BYTES)
    account = "".join(iban.split())
    fields = ["BCD", "002", "1", "SCT", "", name, account, f"EUR{amount}", "", structured, free]
    return "\n".join(fields).rstrip("\n")


def payment_qr_svg(*, holder: str, iban: str, cents: int, reference: str) -> str:
    """The payment code as an SVG element that takes the size of its box, black on white with its quiet zone.

    Raises InvalidAmount when there is nothing to pay. The standard asks for error correction M; any mask is legal,
    and choosing one saves trying all eight.
    """
    payload = payment_qr_payload(holder=holder, iban=iban, cents=cents, reference=reference)
    code = segno.make_qr(payload.encode(), error="m", mask=3, boost_error=False)
    return code.svg_inline(border=4, light="#fff", omitsize=True, svgclass=None, lineclass=None)


def locale(language: str) -> str:
    """How dates and figures are written in it: the name that Babel knows it by, Dutch for one that we do not speak."""
    return _LOCALES.get(language, _LOCALES["nl"])


def _words(table: Mapping[str, T], language: str) -> T:
    return table.get(language, table["nl"])


def _fitting(text: str, limit: int) -> str:
    # A line break would start another field of the payload.
    line = " ".join(text.split())
    return line.encode()[:limit].decode(errors="ignore").rstrip()
