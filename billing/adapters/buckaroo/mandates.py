"""Electronic mandates: the data request that has one signed, and how the gateway's word on it is read."""

from billing.adapters.buckaroo import answers, codes
from billing.adapters.buckaroo.answers import Answer
from billing.adapters.buckaroo.messages import ATTEMPT, Json, parameters, push_urls
from billing.money import euros, require_payable
from billing.ports import GatewayMandate, MandateOrder, MandateScheme, Outcome

SERVICES = {MandateScheme.CORE: "emandate", MandateScheme.BUSINESS: "emandateb2b"}

# 0 is for repeated collections and 1 for a single one; the Python library's own help has it the wrong way round.
_REPEATED = "0"


def creation(order: MandateOrder) -> Json:
    """A request to sign a mandate, at a bank that the customer chooses on the gateway's page.

    Raises InvalidAmount for a business mandate without a most that one collection may take.
    """
    values = {
        "debtorreference": order.customer_reference,
        "sequencetype": _REPEATED,
        "purchaseid": order.purchase_id,
        "language": order.language,
        "emandatereason": order.reason,
    }
    if order.scheme is MandateScheme.BUSINESS:
        values["maxamount"] = f"{euros(require_payable(order.maximum_cents or 0)):.2f}"
    call = {"Name": SERVICES[order.scheme], "Action": "CreateMandate", "Parameters": parameters(values)}
    return {
        "Currency": "EUR",
        "ContinueOnIncomplete": 1,
        "ReturnURL": order.return_url,
        "ReturnURLCancel": order.return_url,
        "ReturnURLError": order.return_url,
        "ReturnURLReject": order.return_url,
        **push_urls(order.push_url),
        # Data requests name the list otherwise than transactions do.
        "AdditionalParameters": {"List": [{"Name": ATTEMPT, "Value": order.token}]},
        "Services": {"ServiceList": [call]},
    }


def mandate_id(answer: Answer) -> str:
    """The mandate's identity, which collections must name; empty while there is none."""
    return answers.output_parameters(answer).get("mandateid", "")


def read(answer: Answer) -> GatewayMandate | None:
    """A mandate as the status of its request describes it; None when it has no key to know it by."""
    key = answers.key_of(answer)
    if not key:
        return None
    outputs = answers.output_parameters(answer)
    code = answers.status_code(answer)
    return GatewayMandate(
        key=key,
        mandate_id=outputs.get("mandateid", ""),
        outcome=_outcome(code, outputs.get("emandatestatus", "")),
        status_code=code,
        token=answers.attempt(answer),
        iban=outputs.get("iban", ""),
        account_name=outputs.get("accountname", ""),
        signer_name=outputs.get("signername", ""),
        bank_id=outputs.get("bankid", ""),
        evidence=outputs.get("validationreference", ""),
        is_test=answers.is_test(answer),
        changed_at=answers.changed_at(answer),
    )


def _outcome(code: int, said: str) -> Outcome:
    outcome = codes.outcome(code)
    if outcome is Outcome.SUCCEEDED and said.lower() != "success":
        # The request went well, and yet nobody says that anything was signed.
        return Outcome.UNKNOWN
    return outcome
