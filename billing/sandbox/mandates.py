"""Electronic mandates, the one kind of data request so far: a customer signs at the bank for later collections."""

import secrets

from billing.sandbox.catalogue import BANKS, MANDATE_PREFIX, PAYER_IBAN, PAYER_NAME
from billing.sandbox.requests import Request, read_cents
from billing.sandbox.transactions import NameValue, Transaction, Transactions
from billing.sandbox.validation import Problem

SERVICES = ("emandate", "emandateb2b")
REQUIRED = {
    "createmandate": ("debtorreference", "sequencetype", "purchaseid", "language"),
    "getstatus": ("mandateid",),
}
RESULTS = {"success": "Success", "cancel": "Cancelled", "fail": "Failure", "reject": "Failure", "expire": "Expired"}
SEQUENCE_TYPES = ("0", "1")  # recurring, one-off


def mandate_problems(request: Request, transactions: Transactions) -> list[Problem]:
    """Everything wrong with a data request."""
    call = request.main
    if call is None or call.name.lower() not in SERVICES:
        name = call.name if call else "Services"
        return [Problem("ServiceErrors", name, "ServiceNotFound", f'Service "{name}" is not known or not active')]
    action = call.action.lower()
    if action not in REQUIRED:
        return [Problem("ActionErrors", call.action, "ActionNotFound", "Action is not known", call.name)]
    found = [(name, "ParameterMissing") for name in REQUIRED[action] if not call.parameters.get(name)]
    if call.parameters.get("sequencetype", "0") not in SEQUENCE_TYPES:
        found.append(("sequencetype", "ParameterInvalid"))
    if call.name.lower() == "emandateb2b" and action == "createmandate":
        found += _limit_problems(call.parameters.get("maxamount"))
    if action == "getstatus" and not found and _mandate(request, transactions) is None:
        found.append(("mandateid", "ParameterInvalid"))
    return [
        Problem("ParameterErrors", name, error, f'Parameter "{name}": {error}', call.name, call.action)
        for name, error in found
    ]


def begin_mandate(transaction: Transaction, request: Request, transactions: Transactions) -> bool:
    """Fill in a data request without problems; whether the customer must now go to the hosted page."""
    existing = _mandate(request, transactions)
    if existing is not None:
        transaction.status, transaction.outputs = existing.status, existing.outputs
        transaction.sub_code, transaction.sub_text = existing.sub_code, existing.sub_text
        return False
    parameters = request.main.parameters if request.main else {}
    transaction.description = parameters.get("emandatereason", transaction.description)
    transaction.outputs = [
        ("MandateId", MANDATE_PREFIX + secrets.token_hex(16).upper()),
        ("IsError", "false"),
        ("Reference", parameters.get("debtorreference", "")),
        *([("MaxAmount", parameters["maxamount"])] if "maxamount" in parameters else []),
    ]
    return True


def sign(transaction: Transaction, name: str, bank: str) -> None:
    """The outcome of the hosted page in the mandate's own words. bank: code of the chosen one."""
    kept = [pair for pair in transaction.outputs if pair[0] in ("MandateId", "Reference", "MaxAmount")]
    transaction.outputs = [*kept, ("EmandateStatus", RESULTS.get(name, "Open"))]
    if name == "fail":
        transaction.sub_code, transaction.sub_text = "S994", "The mandate was not signed"
    if name == "success":
        transaction.customer_name = PAYER_NAME
        transaction.outputs += _signature(bank)


def _signature(bank: str) -> list[NameValue]:
    known = bank if any(bank == item.code for item in BANKS) else BANKS[0].code
    return [
        ("Iban", PAYER_IBAN),
        ("AccountName", PAYER_NAME),
        ("SignerName", PAYER_NAME),
        ("BankId", f"DEMO-{known.upper()}"),
        ("ValidationReference", secrets.token_hex(16)),
    ]


def _limit_problems(written: str | None) -> list[NameValue]:
    if not written:
        return [("maxamount", "ParameterMissing")]
    return [] if (read_cents(written) or 0) > 0 else [("maxamount", "ParameterInvalid")]


def _mandate(request: Request, transactions: Transactions) -> Transaction | None:
    wanted = request.main.parameters.get("mandateid", "") if request.main else ""
    return transactions.mandate(wanted)
