"""Booking a report of the gateway, whole or not at all. One transaction a report; told again it changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col, select

from billing import locks
from billing.bank import statements as judging
from billing.bank.matching import BankRules
from billing.clearing import linking, reading
from billing.clearing.reading import Told
from billing.clearing.tables import GatewayLine, GatewayReport, LineKind, ReportState
from billing.db import Work
from billing.ledger import rules
from billing.ledger import service as ledger
from billing.ledger.rules import EntryKind
from billing.ports import BankStatement


@dataclass(frozen=True)
class Reported:
    """What became of a report. reason: why it was set aside, else empty. known: it was here before. fee_cents: what the
    gateway kept by its new lines. arrived: payouts that were found at our bank by now."""

    account: str
    report_id: str
    closed_on: date | None
    lines: int
    reason: str = ""
    known: bool = False
    new_lines: int = 0
    fee_cents: int = 0
    arrived: int = 0


def import_report(work: Work, statement: BankStatement, bank: BankRules) -> Reported:
    """Book a report, or set it aside when it can't be right."""
    locks.bank_account(work, linking.LOCK)
    lines = [reading.told(entry) for entry in statement.entries]
    before = _known(work, lines)
    is_bank = bool(judging.own_iban(statement.account, sorted(bank.ibans)))
    reason = reading.problem(statement, lines, before, is_bank=is_bank)
    fingerprint = judging.fingerprint(statement.account, statement, reason)
    if work.session.exec(select(GatewayReport.id).where(GatewayReport.fingerprint == fingerprint)).first() is not None:
        return replace(_reported(statement, reason), known=True)
    new = [] if reason else [line for line in lines if line.key not in before]
    report = GatewayReport(
        account=statement.account, report_id=statement.statement_id, fingerprint=fingerprint, reason=reason,
        state=(ReportState.SET_ASIDE if reason else ReportState.BOOKED).value, closed_on=statement.closed_on,
        opening_cents=statement.opening_cents, closing_cents=statement.closing_cents, new_lines=len(new),
        imported_at=work.now,
    )  # fmt: skip
    work.session.add(report)
    work.flush()
    _book(work, report.id or 0, new)
    fee_cents = -sum(line.entry.cents for line in new if line.kind is LineKind.FEE)
    arrived = 0 if reason else linking.link(work)
    return replace(_reported(statement, reason), new_lines=len(new), fee_cents=fee_cents, arrived=arrived)


def _known(work: Work, lines: Sequence[Told]) -> dict[str, int]:
    among = select(GatewayLine.key, GatewayLine.cents).where(col(GatewayLine.key).in_([one.key for one in lines]))
    return dict(work.session.exec(among).all())


def _book(work: Work, report_id: int, lines: Sequence[Told]) -> None:
    """Keep the lines. What a customer paid or got back is in the journal already; what the gateway keeps is not."""
    work.session.add_all(
        GatewayLine(
            report_id=report_id, key=line.key, kind=line.kind.value, cents=line.entry.cents,
            told_on=line.entry.booked_on, text=line.entry.text[:200],
        )
        for line in lines
    )  # fmt: skip
    work.flush()
    for line in lines:
        if line.kind is LineKind.FEE and line.entry.cents:
            cost = rules.gateway_fee(cents=-line.entry.cents)
            ledger.post(work, EntryKind.GATEWAY_FEE, f"gateway_fee:{line.key}", cost, occurred_on=line.entry.booked_on)


def _reported(statement: BankStatement, reason: str) -> Reported:
    return Reported(statement.account, statement.statement_id, statement.closed_on, len(statement.entries), reason)
