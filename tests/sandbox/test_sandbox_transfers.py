"""Bank transfers: what the customer must quote, and what happens when another amount arrives."""

import httpx


def outputs(answer):
    return {row["Name"]: row["Value"] for row in answer["Services"][0]["Parameters"]}


def arrives(merchant, subject, *amounts_cents):
    return merchant.control("transfers", reference=subject, amounts_cents=list(amounts_cents))["transactions"]


def of_invoice(merchant):
    rows = merchant.http.get(merchant.base + "/control/transactions", params={"invoice": "INV-1001"}).json()
    return [
        (row["Status"]["Code"]["Code"], row["AmountDebit"], row["AdditionalParameters"] is not None)
        for row in reversed(rows["transactions"])
    ]


def test_transfer_waits_and_says_where_to_pay(merchant, receiver):
    transfer = merchant.transfer()
    assert (transfer["Status"]["Code"]["Code"], transfer["RequiredAction"]) == (792, None)
    assert {"IBAN", "BIC", "AccountHolderName", "PaymentReference"} <= outputs(transfer).keys()
    assert receiver.wait_for(1)[0].code == 792


def test_exact_amount_settles_the_same_transaction(merchant):
    transfer = merchant.transfer()
    (received,) = arrives(merchant, outputs(transfer)["PaymentReference"], 1025)
    assert (received["Key"], merchant.code(transfer["Key"])) == (transfer["Key"], 190)


def test_short_amount_becomes_a_new_transaction_for_the_invoice(merchant):
    transfer = merchant.transfer()
    (received,) = arrives(merchant, transfer["Key"], 1000)
    assert received["Key"] != transfer["Key"]
    assert (received["Invoice"], received["RelatedTransactions"]) == ("INV-1001", None)
    assert of_invoice(merchant) == [(792, 10.25, True), (190, 10.0, False)]


def test_too_much_becomes_a_new_transaction_too(merchant):
    arrives(merchant, merchant.transfer()["Key"], 2000)
    assert of_invoice(merchant) == [(792, 10.25, True), (190, 20.0, False)]


def test_split_amount_becomes_one_transaction_for_each_part(merchant, receiver):
    arrives(merchant, merchant.transfer()["Key"], 1000, 25)
    assert of_invoice(merchant) == [(792, 10.25, True), (190, 10.0, False), (190, 0.25, False)]
    assert sorted(push.code for push in receiver.wait_for(3)) == [190, 190, 792]


def test_unknown_reference_is_refused(merchant):
    answer = httpx.post(merchant.base + "/control/transfers", json={"reference": "00", "amounts_cents": [1]})
    assert answer.status_code == 409
