"""How the accounts and events of the journal are called in a Dutch administration. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from billing.ledger.rules import EntryKind, LedgerAccount


@dataclass(frozen=True)
class Ledger:
    """An account. is_balance: on the balance sheet, else in the result."""

    number: str
    name: str
    is_balance: bool = True


@dataclass(frozen=True)
class Journal:
    """A book of first entry. kind: as the audit file has it: S sales, B money, M other."""

    code: str
    name: str
    kind: str


LEDGERS = {
    LedgerAccount.BANK: Ledger("1100", "Bank"),
    LedgerAccount.BANK_OTHER: Ledger("1190", "Bank, niet van klanten"),
    LedgerAccount.GATEWAY_CLEARING: Ledger("1200", "Betalingen onderweg"),
    LedgerAccount.RECEIVABLE: Ledger("1300", "Debiteuren"),
    LedgerAccount.CARRIED_FORWARD: Ledger("1320", "Kleine restanten van facturen"),
    LedgerAccount.VAT: Ledger("1500", "Af te dragen btw"),
    LedgerAccount.CUSTOMER_CREDIT: Ledger("1600", "Tegoeden van klanten"),
    LedgerAccount.UNALLOCATED: Ledger("1610", "Ontvangen, nog te verdelen"),
    LedgerAccount.PAYOUT: Ledger("1620", "Terugbetalingen onderweg"),
    LedgerAccount.DEFERRED_REVENUE: Ledger("1700", "Vooruit gefactureerde omzet"),
    LedgerAccount.GATEWAY_FEES: Ledger("4500", "Kosten van de betaaldienst", is_balance=False),
    LedgerAccount.BAD_DEBT: Ledger("4900", "Oninbare vorderingen", is_balance=False),
    LedgerAccount.GOODWILL: Ledger("4910", "Gegeven tegoeden", is_balance=False),
}
SALES, MONEY, OTHER = (
    Journal("VRK", "Verkoop", "S"),
    Journal("GLD", "Ontvangsten", "B"),
    Journal("MEM", "Memoriaal", "M"),
)
JOURNALS = (SALES, MONEY, OTHER)
_JOURNAL_OF = {
    EntryKind.INVOICE_ISSUED: SALES, EntryKind.CREDIT_NOTE_ISSUED: SALES, EntryKind.PAYMENT_RECEIVED: MONEY,
    EntryKind.MONEY_RETURNED: MONEY, EntryKind.BANK_UNMATCHED: MONEY, EntryKind.GATEWAY_PAID_OUT: MONEY,
    EntryKind.BANK_OTHER: MONEY, EntryKind.MATCH_UNDONE: MONEY, EntryKind.GATEWAY_FEE: MONEY,
}  # fmt: skip
EVENTS = {
    EntryKind.INVOICE_ISSUED: "Factuur",
    EntryKind.CREDIT_NOTE_ISSUED: "Creditnota",
    EntryKind.PAYMENT_RECEIVED: "Ontvangst",
    EntryKind.MONEY_RETURNED: "Teruggeboekt",
    EntryKind.SURPLUS_APPLIED: "Te veel betaald gebruikt",
    EntryKind.CREDIT_APPLIED: "Verrekend met credits",
    EntryKind.OVERPAYMENT_KEPT: "Te veel betaald bewaard als credits",
    EntryKind.CREDITS_GIVEN: "Credits gegeven",
    EntryKind.PAYOUT_ASKED: "Terugbetaling gevraagd",
    EntryKind.PAYOUT_UNDONE: "Terugbetaling ging niet door",
    EntryKind.CARRIED_FORWARD: "Restant naar volgende factuur",
    EntryKind.BROUGHT_FORWARD: "Restant van vorige factuur",
    EntryKind.BANK_UNMATCHED: "Ontvangen, nog onbekend waarvoor",
    EntryKind.GATEWAY_PAID_OUT: "Uitbetaald door de betaaldienst",
    EntryKind.BANK_OTHER: "Bank, niet van klanten",
    EntryKind.MATCH_UNDONE: "Koppeling teruggedraaid",
    EntryKind.GATEWAY_FEE: "Kosten van de betaaldienst",
}


# Codes of documents without VAT.
_UNTAXED = {"reverse_charge": "Btw verlegd", "outside": "Dienst buiten de EU"}


def ledger(name: str) -> Ledger:
    """An account of the journal by its name; one that has none here yet keeps its own."""
    return LEDGERS.get(LedgerAccount(name)) or Ledger(name[:35], name)


def journal_of(kind: str) -> Journal:
    """Which book an event belongs in."""
    return _JOURNAL_OF.get(EntryKind(kind), OTHER)


def event(kind: str) -> str:
    """What happened, in words."""
    return EVENTS.get(EntryKind(kind), kind)


def vat_words(code: str) -> str:
    """A VAT code in words."""
    if code in _UNTAXED:
        return _UNTAXED[code]
    of_country, _, rate = code.rpartition("_")
    return " ".join(filter(None, ("Btw", of_country.rpartition("_")[2], rate.replace(".", ","), "%")))


def per_cent_of(code: str) -> Decimal:
    """The rate that a VAT code stands for."""
    return Decimal(0) if code in _UNTAXED else Decimal(code.rpartition("_")[2])
