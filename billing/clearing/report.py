"""Reports of the gateway and what is wrong with them, in words for employees."""

from billing import documents
from billing.bank.report import REASONS as BANK_REASONS
from billing.clearing.differences import Difference, What
from billing.clearing.service import Reported

REASONS = BANK_REASONS | {
    "bank_statement": "this is a statement of our own bank, for `voldaan bank import`",
    "no_identity": "a line has no transaction's identity (xid)",
    "told_twice": "two of its lines have the same identity",
    "contradicts": "it tells of a line otherwise than an earlier report",
}
_WORDS = {
    What.UNKNOWN_TRANSACTION: "the gateway reports a transaction that is not in the journal",
    What.AMOUNT_DIFFERS: "the gateway reports another amount than was booked",
    What.NOT_REPORTED: "booked, but in no report of the gateway",
    What.PAYOUT_MISSING: "paid out by the gateway, but not at the bank",
    What.PAYOUT_DIFFERS: "the payout at the bank has another amount than the gateway reports",
    What.PAYOUT_UNEXPLAINED: "a payout at the bank that no report tells of",
    What.SET_ASIDE: "a report was set aside",
}


def as_line(reported: Reported) -> str:
    """A report in a line of text."""
    head = f"{reported.account} {reported.report_id} to {reported.closed_on or 'an unknown day'}"
    if reported.reason:
        return f"{head}: SET ASIDE, {REASONS[reported.reason]}; nothing of it is booked"
    if reported.known:
        return f"{head}: known already, nothing new"
    fees = documents.money(reported.fee_cents, "en")
    return f"{head}: {reported.lines} lines, {reported.new_lines} new, fees {fees}, {reported.arrived} payouts arrived"


def difference(found: Difference) -> str:
    """What is wrong, in a line of text."""
    if found.what is What.SET_ASIDE:
        return f"{found.on}  {found.key}: {_WORDS[found.what]}: {REASONS[found.note]}"
    ours = "nothing" if found.expected_cents is None else documents.money(found.expected_cents, "en")
    told = documents.money(found.cents, "en")
    return f"{found.on}  {found.key}: {_WORDS[found.what]} (told {told}, ours {ours})"
