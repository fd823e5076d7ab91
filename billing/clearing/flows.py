"""Importing reports of the gateway, and looking for its payouts at our bank, whichever comes first."""

from billing.bank import flows as bank
from billing.clearing import linking, service
from billing.clearing.service import Reported
from billing.db import Work
from billing.runtime import Billing


def import_file(billing: Billing, content: bytes) -> list[Reported]:
    """Book all reports in a file, and tell what became of each. Raises BankFileRefused."""
    found = bank.read(billing.bank_files, content)
    return [billing.do(service.import_report, statement, billing.policy.bank) for statement in found]


def find_arrivals(billing: Billing) -> int:
    """Join payouts with bank lines that were imported since; returns how many."""
    return billing.do(linking.link) if billing.ask(_may_link) else 0


def _may_link(work: Work) -> bool:
    return bool(linking.under_way(work) and linking.arrivals(work))
