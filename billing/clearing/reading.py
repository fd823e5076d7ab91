"""What a line of the gateway's report is about, by the words it is told in.

Source: Buckaroo, "Exact" and "Buckaroo statements" (its account statements in MT940 and CAMT.053): each line ends with
`xid.:` and the identity of the transaction; costs begin with "Transactiekosten", payouts with "Uitbetaling".
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from billing.bank import statements as judging
from billing.clearing.tables import LineKind
from billing.ports import BankEntry, BankStatement

_KEY = re.compile(r"xid\.?\s*:?\s*([0-9A-Fa-f]{32})(?![0-9A-Fa-f])")


@dataclass(frozen=True)
class Told:
    """One line, understood. key: empty when it has none."""

    key: str
    kind: LineKind
    entry: BankEntry


def told(entry: BankEntry) -> Told:
    """What a line is about.

    >>> from datetime import date
    >>> day = date(2026, 11, 25)
    >>> told(BankEntry(-29, day, day, text="Transactiekosten 25-11-2026 xid.: " + "A" * 32)).kind.value
    'fee'
    """
    words = entry.text.strip()
    found = _KEY.search(words)
    if words.startswith("Transactiekosten"):
        kind = LineKind.FEE
    elif words.startswith("Uitbetaling") and entry.cents < 0:
        kind = LineKind.PAYOUT
    else:
        kind = LineKind.TRANSACTION
    return Told(found[1].upper() if found else "", kind, entry)


def named_in(text: str) -> str:
    """The identity that a text ends with; empty when there is none."""
    found = _KEY.search(text)
    return found[1].upper() if found else ""


def problem(statement: BankStatement, lines: list[Told], known: Mapping[str, int], *, is_bank: bool) -> str:
    """Why a report must not be booked, in a word; empty when nothing speaks against it.

    known: cents by key, of lines that were booked before. is_bank: it is a statement of one of our own bank accounts.
    """
    if is_bank:
        return "bank_statement"
    general = judging.problem(statement, is_ours=True)
    if general:
        return general
    if not all(line.key for line in lines):
        return "no_identity"
    if any(count > 1 for count in Counter(line.key for line in lines).values()):
        return "told_twice"
    return "contradicts" if any(known.get(one.key, one.entry.cents) != one.entry.cents for one in lines) else ""
