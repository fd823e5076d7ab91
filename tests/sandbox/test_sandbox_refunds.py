"""Refunds, asked for or made by hand in the back office."""

import pytest


def info(merchant, key):
    return merchant.send("GET", f"/json/Transaction/RefundInfo/{key}").json()


def test_refund_is_a_new_transaction_that_points_at_the_payment(merchant, receiver):
    payment = merchant.paid()
    refund = merchant.refund(payment, 5)
    assert refund["Status"]["Code"]["Code"] == 190
    assert refund["RelatedTransactions"] == [{"RelationType": "refund", "RelatedTransactionKey": payment["Key"]}]
    assert (refund["AmountCredit"], refund["TransactionType"], "AmountDebit" in refund) == (5.0, "C121", False)
    assert merchant.code(payment["Key"]) == 190
    assert receiver.wait_for(2)[1].transaction["Key"] == refund["Key"]


def test_refund_info_counts_down(merchant):
    payment = merchant.paid()
    merchant.refund(payment, 4)
    left = info(merchant, payment["Key"])
    assert (left["IsRefundable"], left["MaximumRefundAmount"], left["RefundedAmount"]) == (True, 6.25, 4.0)


def test_refund_waiting_for_approval_already_takes_its_part(merchant):
    merchant.control("settings", refund_status=794)
    payment = merchant.paid()
    refund = merchant.refund(payment, 4)
    assert refund["Status"]["Code"]["Code"] == 794
    assert info(merchant, payment["Key"])["PendingRefundAmount"] == 4.0
    merchant.control(f"transactions/{refund['Key']}/outcome", outcome="success")
    assert info(merchant, payment["Key"])["RefundedAmount"] == 4.0


@pytest.mark.parametrize(
    ("change", "name"),
    [
        pytest.param({"AmountCredit": 10.26}, "AmountCredit", id="too much"),
        pytest.param({"OriginalTransactionKey": "00"}, "OriginalTransactionKey", id="unknown payment"),
        pytest.param({"Currency": "USD"}, "Currency", id="other currency"),
        pytest.param({"service": "visa"}, "OriginalTransactionKey", id="other service"),
    ],
)
def test_impossible_refund_is_a_validation_failure(merchant, change, name):
    key = merchant.paid()["Key"]
    order = {"action": "Refund", "AmountDebit": None, "AmountCredit": 5, "OriginalTransactionKey": key} | change
    refused = merchant.pay(**order)
    assert refused["Status"]["Code"]["Code"] == 491
    assert refused["RequestErrors"]["ParameterErrors"][0]["Name"] == name


def test_payment_that_never_succeeded_can_not_be_refunded(merchant):
    payment = merchant.pay()
    assert merchant.refund(payment, 5)["Status"]["Code"]["Code"] == 491
    assert info(merchant, payment["Key"])["IsRefundable"] is False


def test_back_office_refund_comes_unannounced_without_own_parameters(merchant, receiver):
    payment = merchant.paid()
    receiver.wait_for(1)
    merchant.control(f"transactions/{payment['Key']}/refund", amount_cents=225)
    pushed = receiver.wait_for(2)[1].transaction
    assert (pushed["AmountCredit"], pushed["AdditionalParameters"]) == (2.25, {"List": []})
    assert pushed["RelatedTransactions"][0]["RelatedTransactionKey"] == payment["Key"]
    assert info(merchant, payment["Key"])["MaximumRefundAmount"] == 8.0


def test_several_refund_infos_separate_unknown_keys(merchant):
    payment = merchant.paid()
    wanted = {"RefundInfoCollection": [{"TransactionKey": payment["Key"]}, {"TransactionKey": "00"}]}
    answer = merchant.send("POST", "/json/Transaction/RefundInfos", wanted).json()
    assert [row["TransactionKey"] for row in answer["RefundInfoCollection"]] == [payment["Key"]]
    assert [row["TransactionKey"] for row in answer["InvalidRefundInfo"]] == ["00"]
    assert info(merchant, "00")["InvalidRefundInfo"][0]["TransactionKey"] == "00"
