"""Bank lines that have no place yet, as others may ask: they may well be a payment that was made in time."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import col, select

from billing.bank import known
from billing.bank.tables import BankLine, Statement
from billing.bank.worklist import unmatched
from billing.db import Work


def maybe_of(work: Work, account_id: int, since: datetime, amounts: Collection[int], about_cents: int) -> list[int]:
    """Lines that came in since then and wait: of about one of these amounts, naming an invoice of this customer, or
    from an account that they paid from before."""
    lines = _waiting(work, since)
    payers = known.payers(work, {line.other_iban for line in lines})
    said = {line.id or 0: known.facts(line, payers.get(line.other_iban, ())) for line in lines}
    theirs = [invoice for invoice in known.named(work, said.values()) if invoice.account_id == account_id]
    names = {name for invoice in theirs for name in (invoice.number, invoice.reference)}
    return [
        line_id for line_id, line in said.items()
        if any(abs(line.cents - cents) <= about_cents for cents in amounts)
        or account_id in line.payers
        or line.names & names
    ]  # fmt: skip


def waiting_count(work: Work, since: datetime) -> int:
    """How many lines that came in since then wait for somebody to know whose they are."""
    return len(_waiting(work, since))


def _waiting(work: Work, since: datetime) -> Sequence[BankLine]:
    statement = (
        select(BankLine)
        .join(Statement, col(Statement.id) == col(BankLine.statement_id))
        .where(unmatched(), BankLine.cents > 0, col(Statement.imported_at) > since)
    )
    return work.session.exec(statement.order_by(col(BankLine.id))).all()
