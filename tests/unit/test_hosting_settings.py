"""Which website and e-mail settings make sense."""

import json
import re
from dataclasses import replace
from itertools import pairwise
from string import printable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.errors import InvalidSetting, NotFound
from billing.hosting.settings import (
    MAX_ADDRESS,
    MAX_FORWARDS,
    MAX_WEB_ROOT,
    PHP_VERSIONS,
    EmailSettings,
    Forward,
    Mailbox,
    WebsiteSettings,
    is_address,
    is_domain,
)

DOMAIN = "voorbeeld.test"
WEBSITE = WebsiteSettings("8.4", force_https=True, web_root="public_html")
EMAIL = EmailSettings((Mailbox("info@voorbeeld.test", active=True),))

folders = st.from_regex(re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,8}", re.ASCII), fullmatch=True)
names = st.from_regex(re.compile(r"[a-z0-9]{1,8}(\.[a-z0-9]{1,8})?", re.ASCII), fullmatch=True)
paths = st.lists(folders, min_size=1, max_size=4).map("/".join)
websites = st.builds(WebsiteSettings, st.sampled_from(PHP_VERSIONS), st.booleans(), paths)
emails = st.builds(
    EmailSettings,
    st.lists(st.builds(Mailbox, names.map("{}@voorbeeld.test".format), st.booleans()), max_size=4).map(tuple),
    st.lists(
        st.builds(Forward, names.map("{}@voorbeeld.test".format), names.map("{}@elders.test".format)),
        max_size=5, unique=True,
    ).map(tuple),
)  # fmt: skip
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(printable),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


def wrong(settings: WebsiteSettings | EmailSettings, before: Any = None) -> tuple[str, str]:
    """Field and reason of the refusal; empty when it is all right."""
    try:
        if isinstance(settings, WebsiteSettings):
            settings.require_valid(before or WEBSITE)
        else:
            settings.require_valid(before or settings, DOMAIN)
    except InvalidSetting as invalid:
        return invalid.facts["field"], invalid.facts["reason"]
    return "", ""


@given(websites)
def test_website_settings_come_back_from_json_as_they_went(settings: WebsiteSettings) -> None:
    assert wrong(settings) == ("", "")
    assert WebsiteSettings.from_json(json.loads(json.dumps(settings.to_json()))) == settings


@given(emails)
def test_email_settings_come_back_from_json_as_they_went(settings: EmailSettings) -> None:
    assert wrong(settings) == ("", "")
    assert EmailSettings.from_json(json.loads(json.dumps(settings.to_json()))) == settings


@given(anything)
def test_whatever_else_is_sent_is_refused_and_breaks_nothing(data: object) -> None:
    for kind in (WebsiteSettings, EmailSettings):
        with pytest.raises(InvalidSetting):
            kind.from_json(data)


@pytest.mark.parametrize(
    "data",
    [
        {"php_version": 8.4, "force_https": True, "web_root": "public_html"},
        {"php_version": "8.4", "force_https": 1, "web_root": "public_html"},
        {"php_version": "8.4", "force_https": "on", "web_root": "public_html"},
        {"php_version": "8.4", "force_https": True, "web_root": ["public_html"]},
        {"php_version": "8.4", "force_https": True},
    ],
)
def test_a_value_of_another_type_is_refused(data: object) -> None:
    with pytest.raises(InvalidSetting):
        WebsiteSettings.from_json(data)


@pytest.mark.parametrize("version", ["", "7.4", "8", "8.4 ", "latest"])
def test_only_offered_php_versions_can_be_chosen(version: str) -> None:
    assert wrong(replace(WEBSITE, php_version=version)) == ("php_version", "php_version")


def test_a_php_version_that_is_no_longer_offered_may_stay() -> None:
    old = replace(WEBSITE, php_version="7.4")
    assert wrong(replace(old, web_root="public_html/nieuw"), before=old) == ("", "")


@pytest.mark.parametrize(
    "web_root",
    [
        "", "/", "/public_html", "public_html/", "public_html//shop", "..", "../elders", "public_html/../..", ".",
        "./public_html", ".git", "public_html/.ssh", "~root", "public html", "public\\html", "public_html\n", "\x00",
        "public_html/\u202e", "$HOME", "a;b", "c:", "é", "a" * (MAX_WEB_ROOT + 1),
    ],
)  # fmt: skip
def test_the_web_root_is_a_plain_folder_below_the_package(web_root: str) -> None:
    assert wrong(replace(WEBSITE, web_root=web_root)) == ("web_root", "web_root")


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("info@elders.test", "bas@boekstaaf.test", ("source", "source")),
        ("info@sub.voorbeeld.test", "bas@boekstaaf.test", ("source", "source")),
        ("voorbeeld.test", "bas@boekstaaf.test", ("source", "source")),
        ("@voorbeeld.test", "bas@boekstaaf.test", ("source", "source")),
        ("Info@voorbeeld.test", "bas@boekstaaf.test", ("source", "source")),
        ("info@voorbeeld.test", "bas", ("target", "target")),
        ("info@voorbeeld.test", "bas@boekstaaf", ("target", "target")),
        ("info@voorbeeld.test", "bas@@boekstaaf.test", ("target", "target")),
        ("info@voorbeeld.test", "bas@boekstaaf.test\nBcc: x@y.test", ("target", "target")),
        ("info@voorbeeld.test", "bas..b@boekstaaf.test", ("target", "target")),
        ("info@voorbeeld.test", "info@voorbeeld.test", ("target", "loop")),
    ],
)
def test_a_forward_goes_from_the_own_domain_to_a_real_address(
    source: str, target: str, reason: tuple[str, str]
) -> None:
    assert wrong(EMAIL.with_forward(Forward(source, target))) == reason


def test_forwards_can_not_send_a_mail_round_and_round() -> None:
    ring = ("a", "b", "c", "a")
    forwards = tuple(Forward(f"{a}@{DOMAIN}", f"{b}@{DOMAIN}") for a, b in pairwise(ring))
    assert wrong(EmailSettings(forwards=forwards)) == ("target", "loop")
    assert wrong(EmailSettings(forwards=forwards[:2])) == ("", "")


def test_a_forward_is_there_once() -> None:
    forward = Forward(f"info@{DOMAIN}", "bas@boekstaaf.test")
    assert wrong(EMAIL.with_forward(forward).with_forward(forward)) == ("source", "duplicate")


def test_there_are_only_so_many_forwards() -> None:
    forwards = tuple(Forward(f"a{number}@{DOMAIN}", "bas@boekstaaf.test") for number in range(MAX_FORWARDS + 1))
    assert wrong(EmailSettings(forwards=forwards[:-1])) == ("", "")
    assert wrong(EmailSettings(forwards=forwards)) == ("forwards", "too_many")


@pytest.mark.parametrize(
    "mailboxes",
    [
        (),
        (*EMAIL.mailboxes, Mailbox("nieuw@voorbeeld.test", active=True)),
        (Mailbox("x@voorbeeld.test", active=True),),
    ],
)
def test_mailboxes_are_switched_and_not_invented(mailboxes: tuple[Mailbox, ...]) -> None:
    assert wrong(EmailSettings(mailboxes), before=EMAIL) == ("mailboxes", "mailboxes")


def test_a_switched_mailbox_is_the_only_difference() -> None:
    [box] = EMAIL.switched("info@voorbeeld.test").mailboxes
    assert box == Mailbox("info@voorbeeld.test", active=False)
    assert EMAIL.switched(box.address).switched(box.address) == EMAIL


def test_what_is_not_there_can_not_be_switched_or_removed() -> None:
    with pytest.raises(NotFound):
        EMAIL.switched("nieuw@voorbeeld.test")
    with pytest.raises(NotFound):
        EMAIL.without_forward(Forward("a@voorbeeld.test", "b@voorbeeld.test"))


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("a@b.test", True), ("a.b+c_d-e@sub.b.test", True), ("1@1.test", True), ("a@b", False), ("a@b.1", False),
        ("a@-b.test", False), (".a@b.test", False), ("a b@c.test", False), ('"a"@b.test', False),
        ("a" * 64 + "@b.test", True), ("a" * 65 + "@b.test", False), ("a@" + "b." * 130 + "test", False),
        ("a@b.test" + "t" * MAX_ADDRESS, False), ("é@b.test", False), ("a@b.test ", False), ("", False),
    ],
)  # fmt: skip
def test_addresses_are_plain(text: str, is_one: bool) -> None:
    assert is_address(text) == is_one


@pytest.mark.parametrize(("text", "is_one"), [("voorbeeld.test", True), ("xn--bcher-kva.test", True), ("test", False)])
def test_domains_are_plain(text: str, is_one: bool) -> None:
    assert is_domain(text) == is_one
