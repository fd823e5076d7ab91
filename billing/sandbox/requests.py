"""A merchant's request, read without regard to the letter case of property names."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from billing.sandbox.transactions import NameValue

LARGEST_CENTS = 10**12


class Malformed(Exception):
    """The body is not a JSON object."""


@dataclass(frozen=True)
class ServiceCall:
    """One service with its action; parameter names in lower case, `actions` split at the comma, in lower case."""

    name: str
    action: str
    parameters: dict[str, str]

    @property
    def actions(self) -> list[str]:
        return [part.strip().lower() for part in self.action.split(",") if part.strip()]


@dataclass(frozen=True)
class Request:
    """A transaction or data request. Amounts in cents; None when absent, -1 when unreadable."""

    debit_cents: int | None
    credit_cents: int | None
    currency: str
    invoice: str = ""
    order: str = ""
    description: str = ""
    return_urls: dict[str, str] = field(default_factory=dict)
    push_url: str = ""
    push_url_failure: str = ""
    original_key: str = ""
    start_recurrent: bool = False
    continue_on_incomplete: bool = False
    selectable: list[str] = field(default_factory=list)
    services: list[ServiceCall] = field(default_factory=list)
    additional: list[NameValue] = field(default_factory=list)
    custom: list[NameValue] = field(default_factory=list)
    culture: str = "en-GB"

    @property
    def main(self) -> ServiceCall | None:
        """The payment service; helpers such as a notification may follow it."""
        return self.services[0] if self.services else None


def read_json(body: bytes) -> dict[str, Any]:
    """The body as an object with lower-case names; numbers exact. Raises Malformed."""
    try:
        value = json.loads(body, parse_float=Decimal, parse_constant=_no_constant)
    except ValueError as error:
        raise Malformed(str(error)) from error
    folded = fold(value)
    if not isinstance(folded, dict):
        raise Malformed("not an object")
    return folded


def fold(value: Any) -> Any:
    """The same value with every object's names in lower case."""
    if isinstance(value, dict):
        return {str(name).lower(): fold(item) for name, item in value.items()}
    if isinstance(value, list):
        return [fold(item) for item in value]
    return value


def read_request(data: dict[str, Any], *, culture: str) -> Request:
    """The request in a folded body. Whether it makes sense is for the validation to say."""
    urls = {kind: _text(data.get(f"returnurl{kind}")) for kind in ("", "cancel", "error", "reject")}
    return Request(
        debit_cents=read_cents(data.get("amountdebit")),
        credit_cents=read_cents(data.get("amountcredit")),
        currency=_text(data.get("currency")).upper(),
        invoice=_text(data.get("invoice")),
        order=_text(data.get("order")),
        description=_text(data.get("description")),
        return_urls={kind: url for kind, url in urls.items() if url},
        push_url=_text(data.get("pushurl")),
        push_url_failure=_text(data.get("pushurlfailure")),
        original_key=_text(data.get("originaltransactionkey")).upper(),
        start_recurrent=_text(data.get("startrecurrent")).lower() == "true",
        continue_on_incomplete=_text(data.get("continueonincomplete")).lower() in ("1", "true", "redirecttohtml"),
        selectable=_names(data.get("servicesselectablebyclient")),
        services=list(_services(data.get("services"))),
        additional=name_values(data.get("additionalparameters")),
        custom=name_values(data.get("customparameters")),
        culture=culture,
    )


def read_cents(value: Any) -> int | None:
    """Whole cents of a JSON number or numeric text; None when absent, -1 when it is no proper amount."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return -1
    try:
        cents = Decimal(value) * 100
    except InvalidOperation:
        return -1
    if not cents.is_finite() or cents != cents.to_integral_value() or not 0 < cents < LARGEST_CENTS:
        return -1
    return int(cents)


def read_date(text: str) -> date:
    """A day as merchants write it, yyyy-mm-dd or dd-mm-yyyy. Raises ValueError."""
    dutch = re.fullmatch(r"(\d\d)-(\d\d)-(\d{4})", text)
    return date.fromisoformat("-".join(reversed(dutch.groups())) if dutch else text)


def name_values(value: Any) -> list[NameValue]:
    """Pairs out of any of the shapes in which they are sent: a list, {"List": …}, {"AdditionalParameter": …}, one."""
    if isinstance(value, dict):
        inner = next(
            (value[name] for name in ("list", "additionalparameter", "customparameter") if name in value), None
        )
        return name_values(inner) if inner is not None else name_values([value])
    if not isinstance(value, list):
        return []
    return [
        (_text(item["name"]), _text(item.get("value"))) for item in value if isinstance(item, dict) and "name" in item
    ]


def _services(value: Any) -> Iterator[ServiceCall]:
    for item in objects(value.get("servicelist") if isinstance(value, dict) else None):
        parameters = dict(name_values(item.get("parameters")))
        yield ServiceCall(
            name=_text(item.get("name")),
            action=_text(item.get("action")),
            parameters={name.lower(): text for name, text in parameters.items()},
        )


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects in a list; empty for anything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _names(value: Any) -> list[str]:
    return [name.strip().lower() for name in _text(value).split(",") if name.strip()]


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
