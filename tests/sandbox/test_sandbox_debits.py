"""Direct debits over bank days: collected, refused and taken back, told in order however far the clock jumps."""

import pytest

from billing.sandbox import RunningSandbox
from tests.sandbox.conftest import SETTINGS, Merchant

ACCOUNT = (("customeraccountname", "J. Tester"), ("CustomerIBAN", "NL13TEST0123456789"))
UNKNOWN = "F" * 32
# A Monday without holidays near it, far enough ahead that no machine's clock has passed it.
MONDAY = "2040-03-05T10:00:00+01:00"


@pytest.fixture
def merchant(receiver, http):
    """A merchant of a sandbox whose clock nobody else has moved."""
    with RunningSandbox(SETTINGS) as fresh:
        yield Merchant(fresh.url, receiver.url, http)


def at(merchant, moment):
    merchant.control("clock", to=moment)


def collect(merchant, wished="", **changes):
    parameters = (*ACCOUNT, ("CollectDate", wished))
    return merchant.pay("sepadirectdebit", parameters=parameters, **changes)


def outputs(answer):
    return {row["Name"]: row["Value"] for row in answer["Services"][0]["Parameters"]}


def signed(merchant, service="emandate", **more):
    rows = {"debtorreference": "klant-77", "sequencetype": "0", "purchaseid": "MND-1", "language": "nl", **more}
    call = {
        "Name": service,
        "Action": "CreateMandate",
        "Parameters": [{"Name": n, "Value": v} for n, v in rows.items()],
    }
    body = {"Currency": "EUR", "ContinueOnIncomplete": 1, "Services": {"ServiceList": [call]}}
    mandate = merchant.send("POST", "/json/DataRequest", body).json()
    return outputs(merchant.control(f"transactions/{mandate['Key']}/outcome", outcome="success"))["MandateId"]


def by_mandate(merchant, identity, **changes):
    return merchant.pay("sepadirectdebit", "PayWithEmandate", parameters=(("MandateReference", identity),), **changes)


def recurrent(merchant, origin, **changes):
    return merchant.pay("sepadirectdebit", "PayRecurrent", OriginalTransactionKey=origin["Key"], **changes)


def errors(answer):
    assert answer["Status"]["Code"]["Code"] == 491
    return [row["Name"] for row in answer["RequestErrors"]["ParameterErrors"]]


def told(receiver, count):
    """What was pushed, in order: the code, or the reason of a reversal."""
    return [
        outputs(push.transaction)["ReasonCode"] if "AmountCredit" in push.transaction else push.code
        for push in receiver.wait_for(count)
    ]


def test_a_collection_waits_for_its_day_and_says_which(merchant):
    at(merchant, MONDAY)
    debit = collect(merchant, wished="10-03-2040")
    assert (debit["Status"]["Code"]["Code"], debit["Status"]["SubCode"]["Code"]) == (791, "C620")
    assert outputs(debit)["CollectDate"] == "2040-03-12"
    at(merchant, "2040-03-12T08:59:00+01:00")
    assert merchant.code(debit["Key"]) == 791
    at(merchant, "2040-03-12T09:00:00+01:00")
    assert merchant.code(debit["Key"]) == 190
    assert merchant.status(debit["Key"])["Status"]["DateTime"] == "2040-03-12T09:00:00"


def cancelled(merchant, debit):
    return merchant.send("GET", f"/json/Transaction/Cancel/{debit['Key']}").json()["IsCanceled"]


def test_a_collection_is_given_up_until_it_goes_to_the_bank(merchant, receiver):
    at(merchant, MONDAY)
    early, late = collect(merchant, wished="2040-03-12"), collect(merchant, wished="2040-03-12")
    at(merchant, "2040-03-08T11:59:00+01:00")
    assert cancelled(merchant, early)
    assert merchant.code(early["Key"]) == 891
    at(merchant, "2040-03-08T12:00:00+01:00")
    assert not cancelled(merchant, late)
    at(merchant, "2040-03-12T09:00:00+01:00")
    assert [merchant.code(debit["Key"]) for debit in (early, late)] == [891, 190]


def test_a_jump_over_christmas_tells_everything_in_order(merchant, receiver):
    at(merchant, "2040-12-21T10:00:00+01:00")
    debit = collect(merchant, amount=5.45, Invoice="T-1")
    merchant.control("reversals", key=debit["Key"], reason="MD06", after_days=40)
    merchant.control("clock", advance="60d")
    assert told(receiver, 4) == [791, 190, "AM04", "MD06"]
    moments = [push.transaction["Status"]["DateTime"][:10] for push in receiver.heard]
    assert moments == ["2040-12-21", "2040-12-27", "2040-12-31", "2041-02-05"]


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        (5.38, None), (5.39, "AC01"), (5.40, "AC04"), (5.41, "AC06"), (5.42, "AC13"), (5.43, "AG01"),
        (5.44, "AG02"), (5.45, "AM04"), (5.46, "BE05"), (5.47, "MD01"), (5.48, "MD01"),
    ],
)  # fmt: skip
def test_an_invoice_that_starts_with_t_is_played_by_its_amount(merchant, receiver, amount, reason):
    collect(merchant, amount=amount, Invoice="T-1")
    merchant.control("clock", advance="30d")
    assert told(receiver, 3 if reason else 2) == [791, 190, reason][: 3 if reason else 2]


def test_any_other_invoice_is_not(merchant):
    collect(merchant, amount=5.45, Invoice="INV-1001")
    merchant.control("clock", advance="30d")
    found = merchant.http.get(f"{merchant.base}/control/transactions", params={"invoice": "INV-1001"}).json()
    assert [row["Status"]["Code"]["Code"] for row in found["transactions"]] == [190]


def test_a_reversal_is_money_out_that_succeeds_and_leaves_the_original_as_it_is(merchant):
    debit = collect(merchant)
    merchant.control("clock", advance="30d")
    back = merchant.control("reversals", key=debit["Key"], reason="MD06")
    assert (back["Status"]["Code"]["Code"], back["AmountCredit"], back["TransactionType"]) == (190, 10.25, "C501")
    assert back["RelatedTransactions"] == [{"RelationType": "reversal", "RelatedTransactionKey": debit["Key"]}]
    assert outputs(back)["ReasonExplanation"] == "Debtor uses 8 weeks reversal right"
    assert (back["Description"], back["PaymentKey"]) == ("Reversal: Hosting 2026-01", debit["PaymentKey"])
    assert back["AdditionalParameters"] is None
    assert merchant.code(debit["Key"]) == 190


def test_a_bank_that_returns_a_debit_does_so_under_another_type(merchant):
    back = merchant.control("reversals", key=collect(merchant)["Key"], reason="AC04")
    assert back["TransactionType"] == "C502"


def test_a_debit_can_come_back_twice(merchant, receiver):
    debit = collect(merchant)
    keys = {merchant.control("reversals", key=debit["Key"], reason="MD06")["Key"] for _ in range(2)}
    assert len(keys) == 2
    assert told(receiver, 3) == [791, "MD06", "MD06"]


def test_a_debit_can_come_back_before_its_success(merchant, receiver):
    debit = collect(merchant)
    merchant.control("reversals", key=debit["Key"], reason="AM04")
    merchant.control("clock", advance="30d")
    assert told(receiver, 3) == [791, "AM04", 190]


def test_a_refunded_debit_can_come_back_too(merchant):
    debit = collect(merchant)
    merchant.control("clock", advance="30d")
    merchant.control(f"transactions/{debit['Key']}/refund")
    assert merchant.control("reversals", key=debit["Key"], reason="MD06")["AmountCredit"] == 10.25


def test_what_came_back_can_not_be_refunded(merchant):
    debit = collect(merchant)
    merchant.control("clock", advance="30d")
    merchant.control("reversals", key=debit["Key"], reason="MD06")
    info = merchant.send("GET", f"/json/Transaction/RefundInfo/{debit['Key']}").json()
    assert (info["IsRefundable"], info["MaximumRefundAmount"]) == (False, 0.0)


def test_a_reversal_of_a_key_that_nobody_knows_can_be_sent(merchant, receiver):
    merchant.control("settings", push_url=receiver.url)
    back = merchant.control("reversals", key=UNKNOWN, reason="MD01", amount_cents=2495, invoice="INV-7")
    assert told(receiver, 1) == ["MD01"]
    assert (back["AmountCredit"], back["Invoice"]) == (24.95, "INV-7")
    assert back["RelatedTransactions"][0]["RelatedTransactionKey"] == UNKNOWN


@pytest.mark.parametrize(
    "body", [{"key": UNKNOWN, "reason": "MD06"}, {"key": "ideal", "reason": "MD06"}, {"key": "debit", "reason": "ZZ99"}]
)
def test_a_reversal_that_makes_no_sense_is_a_conflict(merchant, body):
    keys = {"ideal": merchant.paid()["Key"], "debit": collect(merchant)["Key"]}
    body = {**body, "key": keys.get(body["key"], body["key"])}
    assert merchant.http.post(f"{merchant.base}/control/reversals", json=body).status_code == 409


@pytest.mark.parametrize(
    ("fault", "codes"),
    [("refuse_submission", [490]), ("refuse_later", [791, 490]), ("reverse", [791, 190, "AC04"])],
)
def test_the_next_debit_can_be_made_to_go_wrong(merchant, receiver, fault, codes):
    merchant.control("debit-faults", **{fault: 1}, reason="AC04")
    debit = collect(merchant)
    merchant.control("clock", advance="30d")
    assert told(receiver, len(codes)) == codes
    if 490 in codes:
        assert outputs(merchant.status(debit["Key"]))["ReasonCode"] == "AC04"
    collect(merchant, Invoice="INV-1002")
    merchant.control("clock", advance="30d")
    assert told(receiver, len(codes) + 2)[-2:] == [791, 190]


def test_a_refusal_comes_before_the_day_of_collection(merchant):
    at(merchant, MONDAY)
    merchant.control("debit-faults", refuse_later=1)
    debit = collect(merchant, wished="2040-03-12")
    at(merchant, "2040-03-09T14:00:00+01:00")
    assert merchant.code(debit["Key"]) == 490


def test_a_signed_mandate_is_collected_by_first_and_then_again(merchant):
    identity = signed(merchant)
    first, second = by_mandate(merchant, identity), by_mandate(merchant, identity)
    assert [outputs(debit)["DirectDebitType"] for debit in (first, second)] == ["First", "Recurring"]
    assert [debit["TransactionType"] for debit in (first, second)] == ["C004", "C005"]
    assert (outputs(first)["MandateReference"], outputs(first)["CustomerIBAN"]) == (identity, "NL13TEST0123456789")


@pytest.mark.parametrize("identity", ["X6A" + "0" * 32, "WRONG" + "0" * 30, ""])
def test_a_mandate_that_nobody_signed_is_not_collected_by(merchant, identity):
    assert "mandatereference" in [name.lower() for name in errors(by_mandate(merchant, identity))]


def test_a_mandate_that_waits_for_its_signature_is_not_collected_by(merchant):
    call = {"Name": "emandate", "Action": "CreateMandate", "Parameters": [
        {"Name": name, "Value": "0"} for name in ("debtorreference", "sequencetype", "purchaseid", "language")
    ]}  # fmt: skip
    waiting = merchant.send("POST", "/json/DataRequest", {"Services": {"ServiceList": [call]}}).json()
    assert errors(by_mandate(merchant, outputs(waiting)["MandateId"])) == ["MandateReference"]


def test_a_business_mandate_keeps_to_its_limit(merchant):
    identity = signed(merchant, "emandateb2b", maxamount="100.00")
    assert by_mandate(merchant, identity, amount=100)["Status"]["Code"]["Code"] == 791
    assert errors(by_mandate(merchant, identity, amount=100.01)) == ["AmountDebit"]


def test_a_withdrawn_mandate_still_looks_signed_and_its_next_collection_is_refused(merchant):
    identity = signed(merchant)
    before = by_mandate(merchant, identity)
    shown = merchant.control("withdrawals", mandate=identity)
    assert shown["Status"]["Code"]["Code"] == 190
    debit = by_mandate(merchant, identity)
    assert (debit["Status"]["Code"]["Code"], outputs(debit)["ReasonCode"]) == (490, "MD01")
    merchant.control("clock", advance="30d")
    assert merchant.code(before["Key"]) == 190


def test_a_series_begins_with_an_ideal_payment(merchant):
    origin = merchant.paid(StartRecurrent=True)
    first, second = recurrent(merchant, origin), recurrent(merchant, origin)
    assert (first["Status"]["Code"]["Code"], first["Recurring"]) == (791, True)
    assert [outputs(debit)["DirectDebitType"] for debit in (first, second)] == ["First", "Recurring"]
    assert outputs(first)["MandateReference"] == origin["Key"]
    merchant.control("clock", advance="30d")
    assert merchant.status(second["Key"])["TransactionType"] == "C005"


def test_a_series_begins_with_a_collection(merchant):
    origin = collect(merchant, StartRecurrent=True)
    merchant.control("clock", advance="30d")
    assert outputs(origin)["DirectDebitType"] == "First"
    assert outputs(recurrent(merchant, origin))["DirectDebitType"] == "Recurring"


def test_a_series_that_was_taken_back_is_refused(merchant):
    origin = merchant.paid(StartRecurrent=True)
    merchant.control("withdrawals", key=origin["Key"])
    assert recurrent(merchant, origin)["Status"]["Code"]["Code"] == 490


def test_nothing_recurs_that_was_no_series_or_is_not_paid(merchant):
    plain, unpaid = merchant.paid(), merchant.pay(StartRecurrent=True)
    assert [errors(recurrent(merchant, one)) for one in (plain, unpaid)] == [["OriginalTransactionKey"]] * 2


def test_only_a_mandate_can_be_withdrawn(merchant):
    body = {"key": merchant.paid()["Key"]}
    assert merchant.http.post(f"{merchant.base}/control/withdrawals", json=body).status_code == 409


def test_a_wrong_day_is_a_validation_failure(merchant):
    assert errors(collect(merchant, wished="2040-02-30")) == ["CollectDate"]


def test_steps_to_come_survive_a_restart(receiver, http, tmp_path):
    settings = type(SETTINGS)(port=0, smtp_port=0, state_file=str(tmp_path / "state.json"))
    with RunningSandbox(settings) as before:
        merchant = Merchant(before.url, receiver.url, http)
        key = collect(merchant, amount=5.45, Invoice="T-1")["Key"]
        receiver.wait_for(1)
    with RunningSandbox(settings) as after:
        merchant = Merchant(after.url, receiver.url, http)
        merchant.control("clock", advance="30d")
        assert merchant.code(key) == 190
        assert told(receiver, 3) == [791, 190, "AM04"]
