"""Entries of a statement: one that the bank booked for several transfers becomes a line for each of them."""

from collections.abc import Sequence
from datetime import date

from lxml import etree

from billing.adapters.camt.elements import Unreadable, cents, child, day, find, texts, unsigned_cents
from billing.ports import BankEntry

# What payers' banks write where the payer said nothing.
_NOTHING = {"NOTPROVIDED", "NONREF", "NOT PROVIDED"}


def entries_of(entry: etree._Element) -> list[BankEntry]:
    """The lines of one `Ntry`; none while it is not booked yet. Raises Unreadable."""
    status = child(entry, "Sts", "Cd") or child(entry, "Sts")
    if status not in {"", "BOOK"}:
        return []
    total = cents(entry)
    details = find(entry, "NtryDtls", "TxDtls")
    parts = _parts(details, total) if len(details) > 1 else None
    if parts is not None:
        return [_line(entry, [detail], part) for detail, part in zip(details, parts, strict=True)]
    return [_line(entry, details, total)]


def _parts(details: Sequence[etree._Element], total: int) -> list[int] | None:
    """What each transfer within an entry is worth; None when the bank does not tell all of it."""
    parts = []
    for detail in details:
        amount = child(detail, "Amt") or child(detail, "AmtDtls", "TxAmt", "Amt")
        if not amount:
            return None
        sign = {"CRDT": 1, "DBIT": -1}.get(child(detail, "CdtDbtInd"), 1 if total >= 0 else -1)
        parts.append(sign * unsigned_cents(amount))
    return parts if sum(parts) == total else None


def _line(entry: etree._Element, details: Sequence[etree._Element], amount: int) -> BankEntry:
    is_reversal = child(entry, "RvslInd").lower() in {"true", "1"}
    # Several transfers of which only the sum is known have no one other party.
    detail = details[0] if len(details) == 1 else None
    name, iban = _other_party(detail, came_in=(amount > 0) != is_reversal)
    booked_on = _booked_on(entry)
    return BankEntry(
        cents=amount, value_on=day(entry, "ValDt") or booked_on, booked_on=booked_on, name=name, iban=iban,
        text=_text(entry, details), reference=_first(details, "RmtInf", "Strd", "CdtrRefInf", "Ref"),
        end_to_end_id=_first(details, "Refs", "EndToEndId"),
        bank_reference=child(entry, "AcctSvcrRef") or _first(details, "Refs", "AcctSvcrRef"),
        return_reason=_first(details, "RtrInf", "Rsn", "Cd"), is_reversal=is_reversal,
    )  # fmt: skip


def _booked_on(entry: etree._Element) -> date:
    found = day(entry, "BookgDt") or day(entry, "ValDt")
    if found is None:
        raise Unreadable("date")
    return found


def _other_party(detail: etree._Element | None, *, came_in: bool) -> tuple[str, str]:
    if detail is None:
        return "", ""
    role = "Dbtr" if came_in else "Cdtr"
    name = child(detail, "RltdPties", role, "Nm") or child(detail, "RltdPties", role, "Pty", "Nm")
    return name, child(detail, "RltdPties", f"{role}Acct", "Id", "IBAN").replace(" ", "").upper()


def _text(entry: etree._Element, details: Sequence[etree._Element]) -> str:
    said: list[str] = []
    for detail in details:
        said += texts(detail, "RmtInf", "Ustrd")
        said += texts(detail, "RmtInf", "Strd", "AddtlRmtInf")
        said += texts(detail, "AddtlTxInf")
    return " ".join([*said, *texts(entry, "AddtlNtryInf")])


def _first(details: Sequence[etree._Element], *path: str) -> str:
    found = (child(detail, *path) for detail in details[:1])
    return next((text for text in found if text.upper() not in _NOTHING), "")
