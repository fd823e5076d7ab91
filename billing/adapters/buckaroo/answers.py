"""Reads what the gateway says. Any field may be missing or odd: what can't be read is never taken for a fact."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NoReturn

from billing.adapters.buckaroo import codes
from billing.adapters.buckaroo.messages import ATTEMPT
from billing.clock import AMSTERDAM
from billing.errors import InvalidAmount
from billing.money import MAX_CENTS, euros, parse_euros, round_cents
from billing.ports import GatewayTransaction, TransactionKind, TransferDetails

Answer = Mapping[str, Any]

_MONEY_BACK = (TransactionKind.REFUND, TransactionKind.REVERSAL, TransactionKind.CHARGEBACK)
_ERROR_LISTS = ("ChannelErrors", "ServiceErrors", "ActionErrors", "ParameterErrors", "CustomParameterErrors")
_KEY_DIGITS = frozenset("0123456789ABCDEF")
_MAX_TEXT = 300


def parsed(body: bytes) -> Answer | None:
    """The JSON object in `body`, numbers with a point as Decimal; None when it is anything else."""
    try:
        answer = json.loads(body, parse_float=Decimal, parse_constant=_refuse_constant)
    # Not UTF-8, not JSON, a number beyond all bounds, or lists within lists without end.
    except (ValueError, ArithmeticError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def key_of(answer: Answer) -> str:
    """The transaction key in capitals; empty when there is none or it is no 32 hexadecimal digits."""
    return as_key(answer.get("Key"))


def as_key(value: object) -> str:
    """A transaction key in capitals; empty for anything that can't be one."""
    key = value.upper() if isinstance(value, str) else ""
    return key if len(key) == 32 and _KEY_DIGITS.issuperset(key) else ""


def status_code(answer: Answer) -> int:
    """The status number; 0, which means nothing to the gateway, when there is none."""
    code = _object(_object(answer.get("Status")).get("Code")).get("Code")
    if isinstance(code, str) and code.isascii() and code.isdigit() and len(code) == 3:
        return int(code)
    return code if isinstance(code, int) and not isinstance(code, bool) and 0 < code < 1000 else 0


def sub_code(answer: Answer) -> str:
    """The sub-code; empty when there is none."""
    return text(_object(_object(answer.get("Status")).get("SubCode")).get("Code"))


def changed_at(answer: Answer) -> datetime | None:
    """When the status was reached, to the second. The gateway writes Dutch local time without saying so."""
    return local_instant(text(_object(answer.get("Status")).get("DateTime")))


def local_instant(written: str) -> datetime | None:
    """The instant of a Dutch local time as the gateway writes it; None when it is no time."""
    try:
        moment = datetime.fromisoformat(written)
        return (moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def amounts(answer: Answer) -> tuple[int, int]:
    """Cents coming in and cents going out; raises InvalidAmount when either can't be read exactly."""
    return cents(answer.get("AmountDebit")), cents(answer.get("AmountCredit"))


def cents(value: object) -> int:
    """Whole cents of an amount written as a number or as text; 0 for none. Raises InvalidAmount."""
    if value is None or value == "":
        return 0
    if isinstance(value, str):
        value = Decimal(parse_euros(value)).scaleb(-2)
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= value <= euros(MAX_CENTS):
        raise InvalidAmount()
    whole = round_cents(Decimal(value) * 100)
    if euros(whole) != value:
        raise InvalidAmount()
    return whole


def transaction(answer: Answer) -> GatewayTransaction | None:
    """One transaction as a status answer describes it; None when it has no key to know it by.

    An amount that can't be read, or one in both directions, makes the kind UNKNOWN and the amount 0: for a person.
    """
    key = key_of(answer)
    if not key:
        return None
    try:
        debit, credit = amounts(answer)
    except InvalidAmount:
        debit = credit = 0
    readable = bool(debit) != bool(credit)
    kind = _kind(answer, is_credit=credit > 0) if readable else TransactionKind.UNKNOWN
    parameters = output_parameters(answer)
    code = status_code(answer)
    return GatewayTransaction(
        key=key,
        kind=kind,
        outcome=codes.outcome(code),
        amount_cents=debit + credit if readable else 0,
        currency=text(answer.get("Currency")).upper(),
        is_test=is_test(answer),
        status_code=code,
        sub_code=sub_code(answer),
        invoice_number=text(answer.get("Invoice")),
        attempt=attempt(answer),
        original_key=_original_key(answer) if kind in _MONEY_BACK else "",
        service=text(answer.get("ServiceCode")).lower(),
        payer_name=text(answer.get("CustomerName")) or parameters.get("consumername", ""),
        payer_iban=parameters.get("consumeriban", "") or parameters.get("customeriban", ""),
        reason_code=parameters.get("reasoncode", ""),
        changed_at=changed_at(answer),
        collect_on=collect_on(answer),
    )


def is_test(answer: Answer) -> bool:
    """Only a plain "no" makes a thing real: a test must never settle an invoice."""
    return answer.get("IsTest") is not False


def attempt(answer: Answer) -> str:
    """Our own token; empty when it did not come back."""
    # Requests call the list one way; status answers, pushes and data requests the other.
    additional = _object(answer.get("AdditionalParameters"))
    pairs = [_object(pair) for name in ("List", "AdditionalParameter") for pair in _list(additional.get(name))]
    return next((text(pair.get("Value")) for pair in pairs if text(pair.get("Name")).lower() == ATTEMPT), "")


def collect_on(answer: Answer) -> date | None:
    """The bank day on which a direct debit is collected; None when there is none that can be read."""
    try:
        return date.fromisoformat(output_parameters(answer).get("collectdate", ""))
    except ValueError:
        return None


def output_parameters(answer: Answer) -> dict[str, str]:
    """The services' output parameters by lower-case name, since their letter case differs between answers."""
    services = [_object(service) for service in _list(answer.get("Services"))]
    found = [_object(parameter) for service in services for parameter in _list(service.get("Parameters"))]
    return {text(parameter.get("Name")).lower(): text(parameter.get("Value")) for parameter in found}


def transfer_details(answer: Answer) -> TransferDetails | None:
    """Where the customer must send the money; None unless account and reference are both there."""
    outputs = output_parameters(answer)
    iban, reference = outputs.get("iban", ""), outputs.get("paymentreference", "")
    if not iban or not reference:
        return None
    return TransferDetails(
        iban=iban, bic=outputs.get("bic", ""), holder=outputs.get("accountholdername", ""), reference=reference
    )


def redirect_url(answer: Answer) -> str:
    """Where the gateway wants the browser to go, unchecked; empty for nowhere."""
    url = _object(answer.get("RequiredAction")).get("RedirectURL")
    return url if isinstance(url, str) else ""


def reason(answer: Answer) -> str:
    """The first thing the gateway says about why not, for staff."""
    errors = _object(answer.get("RequestErrors"))
    listed = [_object(error) for name in _ERROR_LISTS for error in _list(errors.get(name))]
    status = _object(answer.get("Status"))
    sentences = [
        *(text(error.get("ErrorMessage")) or text(error.get("Error")) for error in listed),
        text(_object(answer.get("ConsumerMessage")).get("PlainText")),
        text(answer.get("Message")),
        text(_object(status.get("SubCode")).get("Description")),
        text(_object(status.get("Code")).get("Description")),
    ]
    return next((sentence for sentence in sentences if sentence), "")


def listed(answer: Answer, name: str) -> Sequence[Answer] | None:
    """The objects in a named list, which may come as a single object; None when there is no such list."""
    if not isinstance(answer.get(name), list | dict):
        return None
    return [_object(item) for item in _list(answer.get(name))]


def text(value: object) -> str:
    """Printable text of reasonable length, since some of it is stored and shown; empty for anything but text."""
    if not isinstance(value, str):
        return ""
    return (value if value.isprintable() else "".join(char for char in value if char.isprintable()))[:_MAX_TEXT]


def _kind(answer: Answer, *, is_credit: bool) -> TransactionKind:
    return codes.money_direction(
        type_code=text(answer.get("TransactionType")),
        relations=[text(relation.get("RelationType")) for relation in _relations(answer)],
        is_credit=is_credit,
    )


def _original_key(answer: Answer) -> str:
    related = {
        text(relation.get("RelationType")).lower(): as_key(relation.get("RelatedTransactionKey"))
        for relation in _relations(answer)
    }
    # How a storno names its relation is undocumented, but there is only one payment that it can undo.
    alone = next(iter(related.values())) if len(related) == 1 else ""
    return related.get("reversal") or related.get("refund") or alone


def _relations(answer: Answer) -> list[Answer]:
    return [_object(relation) for relation in _list(answer.get("RelatedTransactions"))]


def _object(value: object) -> Answer:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    if isinstance(value, dict):
        return [value]
    return value if isinstance(value, list) else []


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
