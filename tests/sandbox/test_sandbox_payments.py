"""Payments from request to outcome: methods, hosted pages, expiry, questions and refusals."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from billing.sandbox.signing import form_signature

ATTEMPT = {"AdditionalParameter": {"Name": "attempt", "Value": "af31"}}
BUTTONS = ["Betaling slaagt", "Annuleren", "Mislukt", "Geweigerd", "Venster sluiten"]


def choose(merchant, payment, outcome, **fields):
    return merchant.http.post(payment["RequiredAction"]["RedirectURL"], data={"outcome": outcome, **fields})


def test_ideal_payment_is_pending_with_a_redirect(merchant, sandbox):
    payment = merchant.pay()
    assert re.fullmatch("[0-9A-F]{32}", payment["Key"])
    assert payment["Status"]["Code"]["Code"] == 790
    assert payment["Status"]["SubCode"]["Code"] == "S002"
    assert payment["RequiredAction"]["RedirectURL"].startswith(f"{sandbox.url}/pay/")
    assert (payment["IsTest"], payment["TransactionType"], payment["MutationType"]) == (True, "C021", 1)


@pytest.mark.parametrize(("amount", "text"), [(10, '"AmountDebit":10.0,'), ("10.25", '"AmountDebit":10.25,')])
def test_amounts_are_written_as_json_numbers_with_a_point(merchant, amount, text):
    assert text in merchant.send("POST", "/json/Transaction", merchant.order(amount=amount)).text


def test_property_names_are_read_in_any_letter_case(merchant):
    order = {name[0].lower() + name[1:]: value for name, value in merchant.order().items()}
    assert merchant.send("POST", "/json/Transaction", order).json()["Invoice"] == "INV-1001"


def test_status_texts_follow_the_culture_header(merchant):
    answer = merchant.send("POST", "/json/Transaction", merchant.order(), headers={"Culture": "nl-NL"})
    assert answer.json()["Status"]["Code"]["Description"] == "In afwachting van invoer"


def test_hosted_page_shows_amount_bank_choice_and_the_five_buttons(merchant):
    html = merchant.http.get(merchant.pay()["RequiredAction"]["RedirectURL"]).text
    assert re.findall(r"<button[^>]*>([^<]+)</button>", html) == BUTTONS
    assert "10,25" in html
    assert 'for="bank"' in html


@pytest.mark.parametrize(
    ("outcome", "code", "sub_code", "path"),
    [
        ("success", 190, "S001", "/return"),
        ("cancel", 890, "S111", "/cancel"),
        ("fail", 490, "S997", "/error"),
        ("reject", 690, "S101", "/reject"),
    ],
)
def test_button_gives_status_push_and_signed_return(merchant, receiver, sandbox, outcome, code, sub_code, path):
    urls = {f"ReturnURL{kind}": f"http://shop.test/{kind.lower()}" for kind in ("Cancel", "Error", "Reject")}
    payment = merchant.pay(**urls)
    home = choose(merchant, payment, outcome)
    fields = parse_qsl(urlsplit(home.headers["Location"]).query, keep_blank_values=True)
    values = dict(fields)
    assert (home.status_code, urlsplit(home.headers["Location"]).path) == (303, path)
    assert (values["brq_statuscode"], values["brq_transactions"]) == (str(code), payment["Key"])
    assert values["brq_signature"] == form_signature(fields, sandbox.settings.secret)
    assert receiver.wait_for(1)[0].code == code
    assert merchant.status(payment["Key"])["Status"]["SubCode"]["Code"] == sub_code


def test_every_outcome_returns_to_the_one_address_when_there_is_no_other(merchant):
    home = choose(merchant, merchant.pay(ReturnURL="http://shop.test/r?id=1"), "cancel")
    assert home.headers["Location"].startswith("http://shop.test/r?id=1&brq_")


def test_return_by_post_is_a_form_that_sends_itself(merchant):
    merchant.control("settings", return_method="POST")
    html = choose(merchant, merchant.pay(), "success").text
    assert 'method="post" action="http://shop.test/return"' in html
    assert 'name="brq_signature"' in html


def test_success_names_the_chosen_bank_and_the_payer(merchant):
    payment = merchant.pay()
    choose(merchant, payment, "success", bank="polder")
    status = merchant.status(payment["Key"])
    outputs = {row["Name"]: row["Value"] for row in status["Services"][0]["Parameters"]}
    assert (outputs["consumerIssuer"], outputs["consumerIBAN"]) == ("Polderbank", "NL13TEST0123456789")
    assert (status["CustomerName"], len(outputs["transactionId"])) == ("J. de Tèster", 16)


def test_closed_window_stays_pending_until_it_expires(merchant, receiver):
    payment = merchant.pay()
    closed = choose(merchant, payment, "close")
    assert (closed.status_code, "Je kunt dit venster sluiten" in closed.text) == (200, True)
    assert (merchant.code(payment["Key"]), receiver.heard) == (790, [])
    merchant.control("clock", advance="15m")
    assert merchant.code(payment["Key"]) == 490
    assert receiver.wait_for(1)[0].code == 490


def test_finished_payment_can_not_be_played_again(merchant):
    payment = merchant.pay()
    choose(merchant, payment, "success")
    assert "al afgerond" in choose(merchant, payment, "cancel").text
    assert merchant.code(payment["Key"]) == 190


def test_late_success_after_a_failure_wins(merchant):
    payment = merchant.pay()
    merchant.control(f"transactions/{payment['Key']}/outcome", outcome="fail")
    merchant.control(f"transactions/{payment['Key']}/outcome", outcome="success")
    assert merchant.code(payment["Key"]) == 190


@pytest.mark.parametrize(
    ("service", "kind"), [("visa", "C044"), ("mastercard", "C043"), ("maestro", "C046"), ("bancontactmrcash", "C090")]
)
def test_cards_and_bancontact_go_through_a_hosted_page(merchant, service, kind):
    payment = merchant.pay(service)
    assert (payment["Status"]["Code"]["Code"], payment["Status"]["SubCode"], payment["Services"]) == (790, None, None)
    choose(merchant, payment, "success")
    paid = merchant.status(payment["Key"])
    assert (paid["Status"]["Code"]["Code"], paid["ServiceCode"], paid["TransactionType"]) == (190, service, kind)


def test_card_cancelled_before_entry_has_no_type(merchant):
    payment = merchant.pay("visa")
    choose(merchant, payment, "cancel")
    status = merchant.status(payment["Key"])
    assert (status["TransactionType"], status["MutationType"]) == (None, 0)


def test_customer_chooses_the_brand_on_the_hosted_page(merchant):
    order = {"Services": None, "ContinueOnIncomplete": 1, "ServicesSelectableByClient": "visa,mastercard"}
    payment = merchant.pay(**order)
    html = merchant.http.get(payment["RequiredAction"]["RedirectURL"]).text
    assert re.findall(r'name="service" value="(\w+)"', html) == ["visa", "mastercard"]
    choose(merchant, payment, "success", service="mastercard")
    assert merchant.status(payment["Key"])["ServiceCode"] == "mastercard"


def test_sepa_debit_waits_for_the_bank_and_pushes_that(merchant, receiver):
    account = (("customeraccountname", "J. Tester"), ("CustomerIBAN", "NL13TEST0123456789"))
    debit = merchant.pay("sepadirectdebit", parameters=account)
    assert (debit["Status"]["Code"]["Code"], debit["Status"]["SubCode"]["Code"]) == (791, "C620")
    assert receiver.wait_for(1)[0].code == 791


@pytest.mark.parametrize(
    ("changes", "bucket", "name"),
    [
        pytest.param({"AmountDebit": None}, "ParameterErrors", "AmountDebit", id="no amount"),
        pytest.param({"AmountCredit": 1}, "ParameterErrors", "AmountDebit", id="two amounts"),
        pytest.param({"amount": 10.255}, "ParameterErrors", "AmountDebit", id="three decimals"),
        pytest.param({"amount": -1}, "ParameterErrors", "AmountDebit", id="negative"),
        pytest.param({"Currency": None}, "ParameterErrors", "Currency", id="no currency"),
        pytest.param({"service": "barter"}, "ServiceErrors", "barter", id="unknown service"),
        pytest.param({"action": "Dance"}, "ActionErrors", "dance", id="unknown action"),
        pytest.param({"Services": None}, "ServiceErrors", "Services", id="no service"),
        pytest.param({"service": "transfer"}, "ParameterErrors", "customeremail", id="missing parameter"),
        pytest.param(
            {"service": "sepadirectdebit", "parameters": (("customeraccountname", "J"), ("CustomerIBAN", "NL00X"))},
            "ParameterErrors",
            "CustomerIBAN",
            id="wrong IBAN",
        ),
    ],
)
def test_wrong_request_is_a_validation_failure_that_names_the_field(merchant, receiver, changes, bucket, name):
    answer = merchant.pay(**changes)
    assert answer["Status"]["Code"]["Code"] == 491
    assert answer["RequestErrors"][bucket][0]["Name"] == name
    assert answer["RequiredAction"] is None
    assert receiver.heard == []


def test_missing_parameters_are_asked_for_on_a_page_when_the_merchant_wants_that(merchant):
    payment = merchant.pay("transfer", ContinueOnIncomplete="1")
    asked = [row["Name"] for row in payment["RequiredAction"]["RequestedInformation"]]
    assert asked == ["customeremail", "customerfirstname", "customerlastname"]
    choose(merchant, payment, "success")
    assert merchant.code(payment["Key"]) == 792


@pytest.mark.parametrize(
    "element",
    [
        pytest.param(ATTEMPT, id="additional parameter"),
        pytest.param({"AdditionalParameter": [{"Name": "ATTEMPT", "Value": "af31"}]}, id="as a list"),
        pytest.param({"Invoice": "INV-1001"}, id="invoice"),
    ],
)
def test_statuses_finds_a_payment_without_its_key(merchant, element):
    payment = merchant.pay()
    answer = merchant.send("POST", "/json/Transaction/Statuses", {"Transactions": [element]}).json()
    assert [row["Key"] for row in answer["Transactions"]] == [payment["Key"]]
    assert answer["ErrorTransactions"] == []


def test_statuses_separates_what_is_known_from_what_is_not(merchant):
    payment = merchant.pay()
    wanted = [{"Key": payment["Key"].lower()}, {"Key": "00"}]
    answer = merchant.send("POST", "/json/Transaction/Statuses", {"Transactions": wanted}).json()
    assert [row["Key"] for row in answer["Transactions"]] == [payment["Key"]]
    assert [row["Key"] for row in answer["ErrorTransactions"]] == ["00"]


def test_invoice_info_adds_up_what_was_paid(merchant):
    merchant.pay()
    merchant.paid()
    info = merchant.send("GET", "/json/Transaction/InvoiceInfo/INV-1001").json()["InvoiceCollection"][0]
    assert (info["Paid"], info["AmountPaid"], len(info["Transactions"])) == (True, 10.25, 2)


def test_merchant_cancels_what_is_pending_and_nothing_else(merchant):
    pending, paid = merchant.pay(), merchant.paid()
    assert merchant.send("GET", f"/json/Transaction/Cancel/{pending['Key']}").json()["IsCanceled"] is True
    assert merchant.code(pending["Key"]) == 891
    both = {"Transactions": [{"Key": paid["Key"]}, {"Key": pending["Key"]}]}
    answer = merchant.send("POST", "/json/Transaction/CancelMultiple", both).json()
    assert [row["IsCanceled"] for row in answer["Transactions"]] == [False, False]


def test_specifications_name_the_parameters_of_each_service(merchant):
    wanted = {"Services": [{"Name": "ideal", "Version": 2}, {"Name": "transfer"}]}
    services = merchant.send("POST", "/json/Transaction/Specifications", wanted).json()["Services"]
    assert [service["Name"] for service in services] == ["ideal", "transfer"]


def test_next_success_can_differ_in_amount_currency_and_test_flag(merchant):
    merchant.control("next-success", amount_cents=999, currency="USD", is_test=False)
    odd, normal = merchant.paid(), merchant.paid()
    assert [(row["AmountDebit"], row["Currency"], row["IsTest"]) for row in (odd, normal)] == [
        (9.99, "USD", False),
        (10.25, "EUR", True),
    ]
