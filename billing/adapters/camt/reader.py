"""Statements in CAMT.053, versions 02 to 14: elements are known by their local names, which no version changed.

Source: ISO 20022, camt.053.001.02 to .14.
"""

import re
from collections.abc import Sequence
from datetime import date

from lxml import etree

from billing.adapters.camt.elements import Unreadable, cents, child, day, find, texts
from billing.adapters.camt.entries import entries_of
from billing.ports import BankEntry, BankFileRefused, BankStatement

_NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.\d\d")
# Two pages of one statement are joined by an interim balance.
_OPENING, _CLOSING, _INTERIM = ("OPBD", "PRCD"), ("CLBD",), "ITBD"


class CamtReader:
    """Reads CAMT.053; refuses anything that could make an XML parser fetch, expand or hang."""

    def reads(self, content: bytes) -> bool:
        """Whether it is XML of some kind."""
        return content.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:2] in {b"<?", b"<D", b"<!", b"<\x00"}

    def read(self, content: bytes) -> Sequence[BankStatement]:
        """All statements in a file. Raises BankFileRefused: hostile, malformed, no_statement."""
        root = _parse(content)
        if not _NAMESPACE.fullmatch(etree.QName(root).namespace or ""):
            raise BankFileRefused(reason="no_statement")
        found = tuple(_statement(element) for element in find(root, "BkToCstmrStmt", "Stmt"))
        if not found:
            raise BankFileRefused(reason="no_statement")
        return found


def _parse(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as trouble:
        raise BankFileRefused(reason="malformed", detail=str(trouble)[:200]) from None
    if root.getroottree().docinfo.doctype:
        raise BankFileRefused(reason="hostile")
    return root


def _statement(element: etree._Element) -> BankStatement:
    opening, closing = _ends(element)
    problem = ""
    entries: list[BankEntry] = []
    ends: tuple[int | None, int | None] = (None, None)
    try:
        entries = [line for entry in find(element, "Ntry") for line in entries_of(entry)]
        ends = (_worth(opening), _worth(closing))
    except Unreadable as trouble:
        problem = str(trouble)
    currencies = _currencies(element, [end for end in (opening, closing) if end is not None])
    return BankStatement(
        account=child(element, "Acct", "Id", "IBAN") or child(element, "Acct", "Id", "Othr", "Id"),
        statement_id=child(element, "Id"), currency=currencies.pop() if len(currencies) == 1 else "",
        opening_cents=ends[0], closing_cents=ends[1], opened_on=_on(opening), closed_on=_on(closing),
        entries=tuple(entries), problem=problem,
    )  # fmt: skip


def _ends(element: etree._Element) -> tuple[etree._Element | None, etree._Element | None]:
    """The balances with which it begins and ends."""
    by_code: dict[str, list[etree._Element]] = {}
    for balance in find(element, "Bal"):
        by_code.setdefault(child(balance, "Tp", "CdOrPrtry", "Cd"), []).append(balance)
    interim = by_code.get(_INTERIM, [])
    opening = next((by_code[code][0] for code in _OPENING if code in by_code), None)
    closing = next((by_code[code][-1] for code in _CLOSING if code in by_code), None)
    if opening is None and interim:
        opening = interim.pop(0)
    return opening, closing if closing is not None or not interim else interim[-1]


def _currencies(element: etree._Element, ends: Sequence[etree._Element]) -> set[str]:
    amounts = [amount for balance in ends for amount in find(balance, "Amt")]
    found = {amount.get("Ccy") or "" for amount in [*amounts, *find(element, "Ntry", "Amt")]}
    return found | set(texts(element, "Acct", "Ccy"))


def _worth(balance: etree._Element | None) -> int | None:
    return None if balance is None else cents(balance)


def _on(balance: etree._Element | None) -> date | None:
    try:
        return None if balance is None else day(balance, "Dt")
    except Unreadable:
        return None
