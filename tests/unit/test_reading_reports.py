"""What mail servers report is read from the mail as it came, whatever shape it is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.deliveries.reports import LARGEST_BYTES, DeliveryState, Report, read_report
from billing.errors import ReportRefused
from tests.fakes.reports import DELAYED, DELIVERED, FAILED, RELAYED, report

ID = "<0123abcd@billing.test>"
PLAIN = b"From: hanna@klant.test\r\nSubject: Re: Factuur\r\n\r\nIk ben met vakantie.\r\n"


def refusal(raw: bytes) -> tuple[int, str]:
    """The status and the reason with which something is refused."""
    with pytest.raises(ReportRefused) as refused:
        read_report(raw)
    return refused.value.facts["status"], refused.value.facts["reason"]


@pytest.mark.parametrize(
    ("recipient", "state"),
    [
        (FAILED, DeliveryState.BOUNCED),
        (DELAYED, DeliveryState.DELAYED),
        (DELIVERED, DeliveryState.DELIVERED),
        (RELAYED, DeliveryState.HANDED_OVER),
        (("expanded", "2.0.0"), DeliveryState.HANDED_OVER),
    ],
)
def test_a_report_says_which_mail_and_how_it_fared(recipient: tuple[str, str], state: DeliveryState) -> None:
    assert read_report(report(ID, recipient)) == Report("0123abcd", "billing.test", state, recipient[1])


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822", "message/global-headers"])
def test_the_mail_comes_back_whole_or_its_headers_alone(returned: str) -> None:
    assert read_report(report(ID, returned=returned)).identity == "0123abcd"


@pytest.mark.parametrize(
    ("action", "status", "code"),
    [
        ("Failed", "5.1.1", "5.1.1"),
        ("FAILED (expired)", "5.1.1 (no such mailbox)", "5.1.1"),
        ("failed", "", ""),
        ("failed", "something else", ""),
    ],
)
def test_words_are_read_in_any_case_and_with_remarks(action: str, status: str, code: str) -> None:
    found = read_report(report(ID, (action, status)))
    assert (found.state, found.status_code) == (DeliveryState.BOUNCED, code)


def test_of_several_recipients_the_one_that_fared_worst_counts() -> None:
    assert read_report(report(ID, DELIVERED, FAILED, DELAYED)).state is DeliveryState.BOUNCED


def test_a_report_in_an_impossible_charset_is_read_all_the_same() -> None:
    strange = report(ID).replace(b"us-ascii", b"x-klingon").replace(b"This is", b"\xff\xfe\x00 is")
    assert read_report(strange).identity == "0123abcd"


def test_the_mail_is_found_by_its_own_identity_and_not_by_that_of_the_report() -> None:
    assert read_report(report(ID)).host == "billing.test"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(b"", "no_report", id="nothing"),
        pytest.param(PLAIN, "no_report", id="somebody's answer"),
        pytest.param(report(ID).replace(b"message/delivery-status", b"text/plain"), "no_report", id="words alone"),
        pytest.param(b"Content-Type: message/rfc822\n\n" * 9000, "no_report", id="mails in mails"),
        pytest.param(report(ID).replace(b"Action:", b"Inaction:"), "no_recipient", id="no action"),
        pytest.param(report(ID, ("vanished", "5.0.0")), "no_recipient", id="unknown action"),
        pytest.param(report("none"), "no_message_id", id="no identity"),
        pytest.param(report("<a\0b@billing.test>"), "no_message_id", id="identity with a NUL"),
        pytest.param(report("<é@billing.test>"), "no_message_id", id="identity that is not ASCII"),
        pytest.param(report(ID).replace(b"text/rfc822-headers", b"text/plain"), "no_message_id", id="nothing returned"),
    ],
)
def test_what_is_no_report_is_refused_with_a_reason(raw: bytes, reason: str) -> None:
    assert refusal(raw) == (400, reason)


def test_a_huge_report_is_refused_before_it_is_read() -> None:
    assert refusal(report(ID) + b" " * LARGEST_BYTES) == (413, "huge")


@given(cut=st.integers(0, len(report(ID))), junk=st.binary(max_size=40))
def test_a_spoiled_report_is_read_or_refused_and_nothing_else(cut: int, junk: bytes) -> None:
    raw = report(ID)
    said: object
    try:
        said = read_report(raw[:cut] + junk + raw[cut + len(junk) :]).state
    except ReportRefused as refused:
        said = refused.facts["status"]
    assert said in {*DeliveryState, 400}


@given(junk=st.binary(max_size=300))
def test_junk_is_refused(junk: bytes) -> None:
    assert refusal(junk)[0] == 400
