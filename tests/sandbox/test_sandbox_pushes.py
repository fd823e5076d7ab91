"""Pushes: signed, repeated until heard, and spoiled in every way that a receiver must survive."""

from urllib.parse import parse_qsl

import pytest

from billing.sandbox.signing import form_signature, hmac_header


def has_good_header(push, receiver, settings):
    _, _, nonce, timestamp = push.headers["Authorization"].split(":")
    return push.headers["Authorization"] == hmac_header(
        method="POST",
        url=receiver.url,
        body=push.body,
        website_key=settings.website_key,
        secret=settings.secret,
        nonce=nonce,
        timestamp=timestamp,
    )


def form_of(push):
    return parse_qsl(push.body.decode(), keep_blank_values=True, strict_parsing=True)


def results(merchant):
    return [line["result"] for line in reversed(merchant.deliveries())]


def test_json_push_is_signed_and_tells_the_whole_state(merchant, receiver, sandbox):
    payment = merchant.paid(amount=10)
    (push,) = receiver.wait_for(1)
    assert push.headers["Content-Type"] == "application/json"
    assert has_good_header(push, receiver, sandbox.settings)
    assert b'"AmountDebit":10.0,' in push.body
    assert push.transaction["Key"] == payment["Key"]
    assert push.transaction["AdditionalParameters"] == {"List": [{"Name": "attempt", "Value": "af31"}]}


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "sha512"])
def test_form_push_is_signed_with_the_chosen_hash(merchant, receiver, sandbox, algorithm):
    merchant.control("settings", push_format="form", hash_algorithm=algorithm)
    merchant.paid(Description="A+B & 100% é €")
    (push,) = receiver.wait_for(1)
    values = dict(form_of(push))
    assert push.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert values["brq_signature"] == form_signature(form_of(push), sandbox.settings.secret, algorithm)
    assert (values["brq_amount"], values["brq_statuscode"], values["ADD_attempt"]) == ("10.25", "190", "af31")
    assert values["brq_description"] == "A+B & 100% é €"


def test_upper_case_form_names_are_signed_as_they_are_sent(merchant, receiver, sandbox):
    merchant.control("settings", push_format="form", upper_case=True)
    merchant.paid()
    values = dict(form_of(receiver.wait_for(1)[0]))
    assert values["BRQ_STATUSCODE"] == "190"
    assert values["BRQ_SIGNATURE"] == form_signature(list(values.items()), sandbox.settings.secret)


def test_failure_goes_to_the_failure_address(merchant, receiver):
    payment = merchant.pay(PushURLFailure=receiver.url + "/failure")
    merchant.control(f"transactions/{payment['Key']}/outcome", outcome="fail")
    assert receiver.wait_for(1)[0].path == "/hooks/buckaroo/failure"


def test_website_address_is_used_when_the_request_names_none(merchant, receiver):
    merchant.control("settings", push_url=receiver.url + "/website")
    merchant.paid(PushURL=None)
    assert receiver.wait_for(1)[0].path == "/hooks/buckaroo/website"


def test_anything_but_200_is_tried_again_with_a_new_signature(merchant, receiver, eventually):
    receiver.answers = [202, 500]
    merchant.paid()
    receiver.wait_for(1)
    eventually(lambda: results(merchant) == ["failed"])
    merchant.control("clock", advance="6m")
    first, second, third = receiver.wait_for(3)
    assert len({push.headers["Authorization"] for push in (first, second, third)}) == 3
    eventually(lambda: results(merchant) == ["failed", "failed", "delivered"])


def test_retry_can_carry_the_old_signature(merchant, receiver):
    merchant.control("settings", retry_signature="old")
    receiver.answers = [500]
    merchant.paid()
    receiver.wait_for(1)
    merchant.control("clock", advance="1m")
    first, second = receiver.wait_for(2)
    assert first.headers["Authorization"] == second.headers["Authorization"]


def test_gateway_gives_up_after_eleven_more_tries_in_three_days(merchant, receiver, eventually):
    receiver.answers = [500] * 20
    merchant.paid()
    receiver.wait_for(1)
    merchant.control("clock", advance="3d")
    eventually(lambda: results(merchant)[-1:] == ["given up"])
    assert len(receiver.heard) == 12


def test_dropped_push_never_comes(merchant, receiver, eventually):
    merchant.control("push-faults", drop=1)
    lost, heard = merchant.paid(), merchant.paid()
    assert receiver.wait_for(1)[0].transaction["Key"] == heard["Key"]
    eventually(lambda: sorted(results(merchant)) == ["delivered", "dropped"])
    assert [line["key"] for line in merchant.deliveries() if line["result"] == "dropped"] == [lost["Key"]]


def test_failed_try_comes_again_later(merchant, receiver, eventually):
    merchant.control("push-faults", fail=1)
    merchant.paid()
    eventually(lambda: results(merchant) == ["failed"])
    assert receiver.heard == []
    merchant.control("clock", advance="1m")
    receiver.wait_for(1)


def test_doubled_push_comes_twice_with_other_signatures(merchant, receiver):
    merchant.control("push-faults", double=1)
    merchant.paid()
    one, two = receiver.wait_for(2)
    assert one.body == two.body
    assert one.headers["Authorization"] != two.headers["Authorization"]


def test_delayed_push_comes_when_the_clock_says_so(merchant, receiver):
    merchant.control("push-faults", delay=1, delay_seconds=600)
    late, soon = merchant.paid(), merchant.paid()
    assert receiver.wait_for(1)[0].transaction["Key"] == soon["Key"]
    merchant.control("clock", advance="10m")
    assert receiver.wait_for(2)[1].transaction["Key"] == late["Key"]


def test_held_pushes_are_released_in_reverse(merchant, receiver):
    merchant.control("push-faults", hold=True)
    keys = [merchant.paid()["Key"] for _ in range(3)]
    assert merchant.control("pushes/release", order="reverse") == {"released": 3}
    assert [push.transaction["Key"] for push in receiver.wait_for(3)] == keys[::-1]


def test_changed_amount_breaks_the_signature(merchant, receiver, sandbox):
    merchant.control("push-faults", tamper_amount=1)
    merchant.paid()
    (push,) = receiver.wait_for(1)
    assert push.transaction["AmountDebit"] == 110.25
    assert not has_good_header(push, receiver, sandbox.settings)


def test_changed_form_amount_breaks_the_signature(merchant, receiver, sandbox):
    merchant.control("settings", push_format="form")
    merchant.control("push-faults", tamper_amount=1)
    merchant.paid()
    values = dict(form_of(receiver.wait_for(1)[0]))
    assert values["brq_amount"] == "110.25"
    assert values["brq_signature"] != form_signature(list(values.items()), sandbox.settings.secret)


@pytest.mark.parametrize("push_format", ["json", "form"])
def test_broken_signature_leaves_the_content_alone(merchant, receiver, sandbox, push_format):
    merchant.control("settings", push_format=push_format)
    merchant.control("push-faults", tamper_signature=1)
    merchant.paid()
    (push,) = receiver.wait_for(1)
    if push_format == "json":
        assert push.code == 190
        assert not has_good_header(push, receiver, sandbox.settings)
    else:
        values = dict(form_of(push))
        assert values["brq_statuscode"] == "190"
        assert values["brq_signature"] != form_signature(list(values.items()), sandbox.settings.secret)


def test_flipped_format_comes_once(merchant, receiver):
    merchant.control("push-faults", flip_format=1)
    merchant.paid()
    receiver.wait_for(1)
    merchant.paid()
    kinds = [push.headers["Content-Type"] for push in receiver.wait_for(2)]
    assert kinds == ["application/x-www-form-urlencoded", "application/json"]


def test_push_can_come_before_the_call_is_answered(merchant, receiver):
    merchant.control("push-faults", before_answer=1)
    payment = merchant.pay()
    assert [push.transaction["Key"] for push in receiver.heard] == [payment["Key"]]


def test_push_can_be_sent_again_or_pretend_an_older_status(merchant, receiver):
    key = merchant.paid()["Key"]
    receiver.wait_for(1)
    merchant.control(f"transactions/{key}/push")
    receiver.wait_for(2)
    merchant.control(f"transactions/{key}/push", code=790)
    assert [push.code for push in receiver.wait_for(3)] == [190, 190, 790]
    assert merchant.code(key) == 190


def test_gateway_can_be_silent(merchant, receiver):
    merchant.control("settings", send_pushes=False)
    merchant.paid()
    assert merchant.http.get(merchant.base + "/control/pushes").json()["open"] == 0
    assert receiver.heard == []
