"""What the gateway refuses before anything happens: the errors behind a status 491."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from billing.sandbox.catalogue import MANDATE_PREFIX, SERVICES, Service
from billing.sandbox.requests import Request, ServiceCall, read_cents, read_date
from billing.sandbox.transactions import SUCCEEDED, Transaction, Transactions

BUCKETS = ("ChannelErrors", "ServiceErrors", "ActionErrors", "ParameterErrors", "CustomParameterErrors")
FOLLOW_UPS = frozenset({"refund", "instantrefund", "payrecurrent"})


@dataclass(frozen=True)
class Problem:
    """One entry of RequestErrors. bucket: one of BUCKETS."""

    bucket: str
    name: str
    error: str
    message: str
    service: str = ""
    action: str = ""

    def as_row(self) -> dict[str, str]:
        return {
            "Bucket": self.bucket,
            "Service": self.service,
            "Action": self.action,
            "Name": self.name,
            "Error": self.error,
            "ErrorMessage": self.message,
        }


def refundable_cents(original: Transaction, transactions: Transactions) -> int:
    """What is left to refund: the amount minus what went back, and refunds that still may."""
    if original.is_credit or original.status != SUCCEEDED:
        return 0
    taken = [
        refund.amount_cents
        for refund in transactions.refunds_of(original.key)
        if refund.status == SUCCEEDED or refund.is_pending
    ]
    taken += [reversal.amount_cents for reversal in transactions.reversals_of(original.key)]
    return max(original.amount_cents - sum(taken), 0)


def problems_of(request: Request, transactions: Transactions) -> list[Problem]:
    """Everything wrong with a transaction request, but for parameters a hosted page can still ask for."""
    found = _basics(request)
    if request.main is None:
        return found + _hosted_choice(request)
    service = SERVICES.get(request.main.name.lower())
    if service is None:
        return [*found, _unknown_service(request.main.name)]
    found += _actions(request.main, service)
    if not found and FOLLOW_UPS.intersection(request.main.actions):
        found += _follow_up(request, request.main, service, transactions)
    if not found and "paywithemandate" in request.main.actions:
        found += _mandate(request, request.main, transactions)
    return found + _values(request.main)


def missing_parameters(call: ServiceCall) -> list[str]:
    """Needed parameters that are absent or empty, in lower case."""
    service = SERVICES[call.name.lower()]
    needed = [name for action in call.actions for name in service.required.get(action, ())]
    return [name for name in needed if not call.parameters.get(name)]


def missing_problem(call: ServiceCall, name: str) -> Problem:
    return Problem(
        "ParameterErrors", name, "ParameterMissing", f'Parameter "{name}" is missing', call.name, call.action
    )


def valid_iban(text: str) -> bool:
    """Whether the check digits add up; the gateway's own test account always counts as right."""
    iban = re.sub(r"\s", "", text).upper()
    if iban == "NL13TEST0123456789":
        return True
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", iban):
        return False
    return int("".join(str(int(char, 36)) for char in iban[4:] + iban[:4])) % 97 == 1


def _basics(request: Request) -> list[Problem]:
    amounts = [cents for cents in (request.debit_cents, request.credit_cents) if cents is not None]
    found = []
    if len(amounts) != 1:
        error = "ParameterInvalid" if amounts else "ParameterMissing"
        found.append(Problem("ParameterErrors", "AmountDebit", error, "Exactly one amount, debit or credit, is needed"))
    elif amounts[0] < 0:
        name = "AmountDebit" if request.debit_cents is not None else "AmountCredit"
        found.append(Problem("ParameterErrors", name, "ParameterInvalid", f'Parameter "{name}" has wrong value'))
    if not re.fullmatch(r"[A-Z]{3}", request.currency):
        error = "ParameterInvalid" if request.currency else "ParameterMissing"
        found.append(Problem("ParameterErrors", "Currency", error, 'Parameter "Currency" has wrong value'))
    return found


def _hosted_choice(request: Request) -> list[Problem]:
    if not request.continue_on_incomplete:
        return [Problem("ServiceErrors", "Services", "ServiceMissing", "No service was given")]
    return [_unknown_service(name) for name in request.selectable if name not in SERVICES]


def _unknown_service(name: str) -> Problem:
    return Problem("ServiceErrors", name, "ServiceNotFound", f'Service "{name}" is not known or not active')


def _actions(call: ServiceCall, service: Service) -> list[Problem]:
    unknown = [action for action in call.actions if action not in service.required]
    if call.actions and not unknown:
        return []
    name = unknown[0] if unknown else ""
    return [Problem("ActionErrors", name, "ActionNotFound", f'Action "{name}" is not known', call.name)]


def _follow_up(request: Request, call: ServiceCall, service: Service, transactions: Transactions) -> list[Problem]:
    original = transactions.get(request.original_key)
    if original is None or original.status != SUCCEEDED or original.is_credit:
        return [_wrong(call, "OriginalTransactionKey", "No successful payment has this key")]
    if "payrecurrent" in call.actions:
        return [] if original.start_recurrent else [_wrong(call, "OriginalTransactionKey", "Not a recurrent payment")]
    if original.service.lower() != service.name.lower():
        return [_wrong(call, "OriginalTransactionKey", "The payment was made with another service")]
    if request.credit_cents is None:
        return [_wrong(call, "AmountCredit", "A refund needs a credit amount")]
    if original.currency != request.currency:
        return [_wrong(call, "Currency", "The payment was made in another currency")]
    if request.credit_cents > refundable_cents(original, transactions):
        return [_wrong(call, "AmountCredit", "More than can still be refunded")]
    return []


def _mandate(request: Request, call: ServiceCall, transactions: Transactions) -> list[Problem]:
    identity = call.parameters.get("mandatereference", "")
    if not identity:
        return []  # a parameter that is missing is told of as such
    mandate = transactions.mandate(identity)
    if mandate is None or mandate.status != SUCCEEDED:
        return [_wrong(call, "MandateReference", "No signed mandate has this identity")]
    limit = read_cents(dict(mandate.outputs).get("MaxAmount"))
    if limit is not None and (request.debit_cents or 0) > limit:
        return [_wrong(call, "AmountDebit", "More than the mandate allows")]
    return []


def _wrong(call: ServiceCall, name: str, message: str) -> Problem:
    return Problem("ParameterErrors", name, "ParameterInvalid", message, call.name, call.action)


def _values(call: ServiceCall) -> list[Problem]:
    given = {name: call.parameters.get(name.lower()) for name in _CHECKS}
    wrong = [name for name, value in given.items() if value and not _CHECKS[name](value)]
    return [_wrong(call, name, f'Parameter "{name}" has wrong value') for name in wrong]


def _is_date(text: str) -> bool:
    try:
        read_date(text)
    except ValueError:
        return False
    return True


_CHECKS: dict[str, Callable[[str], bool]] = {
    "CustomerIBAN": valid_iban,
    "MandateReference": lambda reference: reference.startswith(MANDATE_PREFIX),
    "CollectDate": _is_date,
    "MandateDate": _is_date,
}
