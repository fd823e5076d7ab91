"""The official Python SDK 1.2.0 as a peer: it can talk to the sandbox, and its known deviations are pinned down."""

from urllib.parse import parse_qsl

import pytest
from buckaroo._buckaroo_client import BuckarooClient
from buckaroo.config.buckaroo_config import BuckarooConfig
from buckaroo.http.client import BuckarooApiError
from buckaroo.models.payment_response import PaymentResponse
from buckaroo.services.payment_service import PaymentService
from buckaroo.services.reply import HttpPost, Json
from buckaroo.services.solution_service import SolutionService


@pytest.fixture
def sdk(sandbox):
    """An SDK client pointed at the sandbox; it gives up quickly."""
    config = BuckarooConfig(custom_endpoint=sandbox.url, timeout=1, retry_attempts=3, retry_delay=0.0)
    return BuckarooClient(sandbox.settings.website_key, sandbox.settings.secret, config=config)


def order(receiver, **changes):
    return {
        "currency": "EUR",
        "amount": 10.25,
        "description": "Hosting 2026-01",
        "invoice": "INV-1001",
        "push_url": receiver.url,
        **{f"return_url{kind}": "http://shop.test/return" for kind in ("", "_cancel", "_error", "_reject")},
        **changes,
    }


def sdk_pay(sdk, receiver, method="ideal", **changes):
    return PaymentService(sdk).create_payment(method, order(receiver, **changes)).pay()


def paid_by_sdk(sdk, receiver, merchant, **changes):
    payment = sdk_pay(sdk, receiver, **changes)
    merchant.control(f"transactions/{payment.key}/outcome", outcome="success")
    return payment


def sdk_mandate(sdk, receiver, action="create_mandate", method="emandate", **parameters):
    solution = SolutionService(sdk).create_solution(method, {**order(receiver), "service_parameters": parameters})
    return getattr(solution, action)()


def mandate_id(answer):
    return answer.get_service_parameter("MandateId")


MANDATE = {"debtorReference": "klant-77", "sequenceType": "0", "purchaseId": "MND-1", "language": "nl"}


def json_verdict(sandbox, receiver, push, header=None):
    verifier = Json(sandbox.settings.website_key, sandbox.settings.secret)
    return verifier.validate(header or push.headers["Authorization"], receiver.url, "POST", push.body)


def test_sdk_credentials_are_confirmed(sdk, sandbox):
    assert sdk.confirm_credential() is True
    config = BuckarooConfig(custom_endpoint=sandbox.url, retry_attempts=0)
    assert BuckarooClient(sandbox.settings.website_key, "wrong", config=config).confirm_credential() is False


def test_sdk_starts_an_ideal_payment(sdk, receiver, sandbox):
    payment = sdk_pay(sdk, receiver)
    assert (payment.status.code.code, payment.is_pending(), payment.requires_action()) == (790, True, True)
    assert payment.get_redirect_url().startswith(f"{sandbox.url}/pay/")


def test_sdk_starts_a_card_payment(sdk, receiver):
    assert sdk_pay(sdk, receiver, "creditcard", brand="mastercard").service_code == "mastercard"


def test_sdk_starts_a_sepa_debit(sdk, receiver):
    account = {"customeraccountname": "J. Tester", "customeriban": "NL13TEST0123456789"}
    debit = sdk_pay(sdk, receiver, "sepadirectdebit", service_parameters=account)
    assert (debit.status.code.code, debit.get_service_parameter("CustomerIBAN")) == (791, "NL13TEST0123456789")


@pytest.mark.parametrize(("method", "limit"), [("emandate", {}), ("emandateb2b", {"maxAmount": "100.00"})])
def test_sdk_has_a_mandate_signed_and_asks_for_its_state(sdk, receiver, merchant, sandbox, method, limit):
    mandate = sdk_mandate(sdk, receiver, method=method, **MANDATE, **limit)
    assert (mandate.status.code.code, len(mandate_id(mandate))) == (790, 35)
    assert mandate.get_redirect_url().startswith(f"{sandbox.url}/pay/")
    merchant.control(f"transactions/{mandate.key}/outcome", outcome="success")
    (push,) = receiver.wait_for(1)
    assert json_verdict(sandbox, receiver, push)
    signed = sdk_mandate(sdk, receiver, "status", method, mandateId=mandate_id(mandate))
    assert (signed.status.code.code, mandate_id(signed)) == (190, mandate_id(mandate))
    assert signed.get_service_parameter("EmandateStatus") == "Success"


def test_sdk_accepts_the_push_of_a_reversal(sdk, receiver, merchant, sandbox):
    account = {"customeraccountname": "J. Tester", "customeriban": "NL13TEST0123456789"}
    debit = sdk_pay(sdk, receiver, "sepadirectdebit", service_parameters=account)
    merchant.control("reversals", key=debit.key, reason="MD06")
    pushes = receiver.wait_for(2)
    assert [push.code for push in pushes] == [791, 190]
    assert all(json_verdict(sandbox, receiver, push) for push in pushes)


def test_sdk_starts_a_transfer_and_reads_the_reference(sdk, receiver):
    person = {"customeremail": "jan@klant.test", "customerfirstname": "Jan", "customerlastname": "Tester"}
    transfer = sdk_pay(sdk, receiver, "transfer", service_parameters=person)
    assert (transfer.status.code.code, len(transfer.get_service_parameter("PaymentReference"))) == (792, 16)


def test_sdk_reads_a_validation_failure(sdk, receiver):
    account = {"customeraccountname": "J. Tester", "customeriban": "NL00TEST"}
    refused = sdk_pay(sdk, receiver, "sepadirectdebit", service_parameters=account)
    assert refused.get_some_error() == 'Parameter "CustomerIBAN" has wrong value'


def test_sdk_refunds_a_payment(sdk, receiver, merchant):
    payment = paid_by_sdk(sdk, receiver, merchant)
    refund = PaymentService(sdk).create_payment("ideal", order(receiver)).refund(payment.key, 5.0)
    assert (refund.status.code.code, refund.amount_credit) == (190, 5.0)


def test_sdk_accepts_a_json_push_and_no_changed_one(sdk, receiver, merchant, sandbox):
    paid_by_sdk(sdk, receiver, merchant)
    receiver.wait_for(1)
    merchant.control("push-faults", tamper_amount=1)
    paid_by_sdk(sdk, receiver, merchant)
    good, changed = receiver.wait_for(2)
    assert json_verdict(sandbox, receiver, good)
    assert not json_verdict(sandbox, receiver, changed)


def test_sdk_accepts_a_form_push_and_no_changed_one(sdk, receiver, merchant, sandbox):
    merchant.control("settings", push_format="form")
    paid_by_sdk(sdk, receiver, merchant)
    receiver.wait_for(1)
    merchant.control("push-faults", tamper_amount=1)
    paid_by_sdk(sdk, receiver, merchant)
    good, changed = (dict(parse_qsl(push.body.decode())) for push in receiver.wait_for(2))
    verifier = HttpPost(sandbox.settings.secret)
    assert verifier.validate(good)
    assert not verifier.validate(changed)


def test_deviation_sdk_resends_a_post_with_the_same_nonce_after_a_fault(sdk, receiver, merchant):
    merchant.control("outage", kind="503", count=3, match="POST /json/transaction")
    assert sdk_pay(sdk, receiver).status.code.code == 790


def test_deviation_sdk_resends_a_post_after_a_time_out_and_only_the_used_nonce_prevents_a_second_payment(
    sdk, receiver, merchant
):
    merchant.control("outage", kind="hang_after", seconds=1.3, match="POST /json/transaction")
    with pytest.raises(BuckarooApiError) as refused:
        sdk_pay(sdk, receiver)
    assert refused.value.status_code == 400
    wanted = {"Transactions": [{"Invoice": "INV-1001"}]}
    found = merchant.send("POST", "/json/Transaction/Statuses", wanted).json()["Transactions"]
    assert [row["Status"]["Code"]["Code"] for row in found] == [790]


def test_deviation_sdk_says_unsuccessful_of_status_190(sdk, receiver, merchant):
    original = paid_by_sdk(sdk, receiver, merchant)
    request = {"Currency": "EUR", "AmountCredit": 5.0, "OriginalTransactionKey": original.key}
    request["Services"] = {"ServiceList": [{"Name": "ideal", "Action": "Refund"}]}
    raw = sdk.http_client.post("/json/Transaction", request)
    assert raw.is_successful_payment() is True
    assert PaymentResponse(raw.to_dict()).is_successful() is False


def test_deviation_sdk_decodes_form_values_twice_and_refuses_an_honest_push(sdk, receiver, merchant, sandbox):
    merchant.control("settings", push_format="form")
    paid_by_sdk(sdk, receiver, merchant, description="A+B & 100%25")
    body = receiver.wait_for(1)[0].body.decode()
    verifier = HttpPost(sandbox.settings.secret)
    assert verifier.validate(dict(parse_qsl(body))) is False
    assert verifier.validate(dict(pair.split("=", 1) for pair in body.split("&"))) is True


def test_deviation_sdk_ignores_the_website_key_in_a_push_header(sdk, receiver, merchant, sandbox):
    paid_by_sdk(sdk, receiver, merchant)
    (push,) = receiver.wait_for(1)
    foreign = push.headers["Authorization"].replace(sandbox.settings.website_key, "SOMEBODYELSE")
    assert json_verdict(sandbox, receiver, push, foreign) is True


def test_deviation_sdk_throws_the_text_of_a_refusal_away(sandbox, receiver):
    config = BuckarooConfig(custom_endpoint=sandbox.url, retry_attempts=0)
    stranger = BuckarooClient("OTHER", "wrong", config=config)
    with pytest.raises(BuckarooApiError) as refused:
        sdk_pay(stranger, receiver)
    assert (refused.value.status_code, refused.value.error_data) == (400, {})
