"""The words in which tests ask things of the API, and look at the answers."""

from typing import Any

import httpx
from sqlmodel import SQLModel, select

from tests.fakes.house import House
from tests.machines import Machine

LINE = {"description": "Onderhoud", "unit_price_cents": 12_345}
HOOK = {"url": "https://host.example/hook", "events": ["invoice.issued", "invoice.paid"]}


def count(house: House, table: type[SQLModel]) -> int:
    """How many rows there are."""
    return house.billing.ask(lambda work: len(work.session.exec(select(table)).all()))


def draft(machine: Machine, customer: int, **other: object) -> int:
    """The id of a new draft."""
    content = {"customer_id": customer, "subject": "Werk", "lines": [LINE], **other}
    return int(machine.post("/invoices", content).json()["id"])


def problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    """The problem that an answer is about."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    content: dict[str, Any] = answer.json()
    assert content["status"] == status
    return content
