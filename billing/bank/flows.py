"""Importing files of the bank: each is read outside any transaction, and each statement is booked in one of its own."""

from collections.abc import Callable, Sequence
from typing import Any

from billing import access
from billing.access import Actor
from billing.bank import service
from billing.bank.service import Imported
from billing.collecting import uncollected
from billing.ports import MOST_BYTES, BankFileReader, BankFileRefused, BankStatement
from billing.runtime import Billing


def read(readers: Sequence[BankFileReader], content: bytes) -> Sequence[BankStatement]:
    """The statements in a file, by whichever reader knows its format. Raises BankFileRefused."""
    if len(content) > MOST_BYTES:
        raise BankFileRefused(reason="too_large")
    for reader in readers:
        if reader.reads(content):
            return reader.read(content)
    raise BankFileRefused(reason="unknown_format")


def import_file(billing: Billing, content: bytes) -> list[Imported]:
    """Book all statements of a file, and tell what became of each. Nothing of a file that can't be read is booked.

    Raises BankFileRefused.
    """
    found = read(billing.bank_files, content)
    return [_book(billing, service.import_statement, statement) for statement in found]


def upload(billing: Billing, actor: Actor, content: bytes) -> list[Imported]:
    """The same for somebody of the finance department. Raises NotAllowed, BankFileRefused."""
    billing.ask(access.require_finance, actor)
    found = read(billing.bank_files, content)
    return [_book(billing, service.receive, actor, statement) for statement in found]


def _book(billing: Billing, use_case: Callable[..., Imported], *given: Any) -> Imported:
    with uncollected():
        return billing.do(use_case, *given, billing.policy.bank)
