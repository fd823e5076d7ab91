"""Electronic mandates by data request."""

import json
import re

import pytest

BUTTONS = ["Machtiging ondertekenen", "Annuleren", "Mislukt", "Verlopen", "Venster sluiten"]


def create(merchant, service="emandate", **changes):
    rows = {"debtorreference": "klant-77", "sequencetype": "0", "purchaseid": "MND-77-1", "language": "nl"} | changes
    parameters = [{"Name": name, "Value": value} for name, value in rows.items() if value]
    return merchant.send("POST", "/json/DataRequest", request(merchant, service, "CreateMandate", parameters)).json()


def request(merchant, service, action, parameters):
    call = {"Name": service, "Action": action, "Parameters": parameters}
    urls = {"ReturnURL": "http://shop.test/mandate", "PushURL": merchant.push_url}
    return {"Currency": "EUR", "ContinueOnIncomplete": 1, **urls, "Services": {"ServiceList": [call]}}


def outputs(answer):
    return {row["Name"]: row["Value"] for row in answer["Services"][0]["Parameters"]}


def decide(merchant, mandate, outcome):
    return merchant.http.post(mandate["RequiredAction"]["RedirectURL"], data={"outcome": outcome, "bank": "polder"})


def test_mandate_is_pending_with_an_identity_and_a_page(merchant):
    mandate = create(merchant)
    assert mandate["Status"]["Code"]["Code"] == 790
    assert len(outputs(mandate)["MandateId"]) == 35
    assert "Doorlopende machtiging" in merchant.http.get(mandate["RequiredAction"]["RedirectURL"]).text
    assert "AmountDebit" not in mandate


def test_the_page_lets_a_customer_choose_a_bank_and_an_ending(merchant):
    html = merchant.http.get(create(merchant)["RequiredAction"]["RedirectURL"]).text
    assert re.findall(r"<button[^>]*>([^<]+)</button>", html) == BUTTONS
    assert 'for="bank"' in html


def test_the_page_of_a_business_mandate_shows_the_limit(merchant):
    url = create(merchant, service="emandateb2b", maxamount="2500.00")["RequiredAction"]["RedirectURL"]
    assert "2.500,00" in merchant.http.get(url).text


def test_a_closed_window_stays_pending_until_the_page_expires(merchant, receiver):
    mandate = create(merchant)
    assert "niets ondertekend" in decide(merchant, mandate, "close").text
    assert receiver.heard == []
    merchant.control("clock", advance="1h")
    pushed = json.loads(receiver.wait_for(1)[0].body)["DataRequest"]
    assert (pushed["Status"]["Code"]["Code"], outputs(pushed)["EmandateStatus"]) == (490, "Expired")


def test_a_signed_mandate_can_not_be_signed_again(merchant):
    mandate = create(merchant)
    decide(merchant, mandate, "success")
    assert "al afgehandeld" in decide(merchant, mandate, "cancel").text


def test_a_mandate_is_no_transaction_and_a_transaction_no_mandate(merchant):
    mandate, payment = create(merchant), merchant.pay()
    assert merchant.send("GET", f"/json/DataRequest/Status/{mandate['Key']}").json()["Key"] == mandate["Key"]
    assert merchant.send("GET", f"/json/Transaction/Status/{mandate['Key']}").status_code == 404
    assert merchant.send("GET", f"/json/DataRequest/Status/{payment['Key']}").status_code == 404


def test_signed_mandate_is_pushed_as_a_data_request(merchant, receiver):
    mandate = create(merchant)
    assert "brq_datarequest" in decide(merchant, mandate, "success").headers["Location"]
    pushed = json.loads(receiver.wait_for(1)[0].body)["DataRequest"]
    assert (pushed["Key"], pushed["Status"]["Code"]["Code"]) == (mandate["Key"], 190)
    assert (outputs(pushed)["EmandateStatus"], outputs(pushed)["Reference"]) == ("Success", "klant-77")
    assert outputs(pushed)["MandateId"] == outputs(mandate)["MandateId"]


@pytest.mark.parametrize(
    ("outcome", "code", "result"),
    [("success", 190, "Success"), ("cancel", 890, "Cancelled"), ("fail", 490, "Failure"), ("expire", 490, "Expired")],
)
def test_status_of_a_mandate_can_be_asked(merchant, outcome, code, result):
    mandate = create(merchant)
    decide(merchant, mandate, outcome)
    wanted = [{"Name": "mandateid", "Value": outputs(mandate)["MandateId"]}]
    body = request(merchant, "emandate", "GetStatus", wanted)
    status = merchant.send("POST", "/json/DataRequest", body).json()
    assert (status["Status"]["Code"]["Code"], outputs(status)["EmandateStatus"]) == (code, result)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"debtorreference": ""}, "debtorreference"),
        ({"sequencetype": "2"}, "sequencetype"),
        ({"service": "emandateb2b"}, "maxamount"),
        ({"service": "emandateb2b", "maxamount": "much"}, "maxamount"),
    ],
)
def test_wrong_mandate_request_is_a_validation_failure(merchant, changes, name):
    refused = create(merchant, **changes)
    assert refused["Status"]["Code"]["Code"] == 491
    assert refused["RequestErrors"]["ParameterErrors"][0]["Name"] == name


def test_unknown_data_service_is_a_validation_failure(merchant):
    assert create(merchant, service="subscriptions")["RequestErrors"]["ServiceErrors"][0]["Name"] == "subscriptions"
