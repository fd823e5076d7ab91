"""Settings that can't work are refused before anything is sent; redirects go to known origins only."""

from dataclasses import replace
from typing import Any

import pytest

from billing.errors import SettingsInvalid
from tests.adapters.buckaroo_wire import SECRET, SETTINGS


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("website_key", ""),
        ("website_key", "a:b"),
        ("secret", ""),
        ("base_url", "testcheckout.buckaroo.nl"),
        ("base_url", "ftp://testcheckout.buckaroo.nl"),
        ("push_base_url", ""),
        ("push_base_url", "https://user@app.example.test"),
        ("redirect_hosts", frozenset({"checkout.buckaroo.nl"})),
        ("push_hash", "md5"),
    ],
)
def test_a_setting_that_can_not_work_is_named(name: str, value: Any) -> None:
    with pytest.raises(SettingsInvalid) as invalid:
        replace(SETTINGS, **{name: value})

    assert invalid.value.facts == {"problems": [name]}


def test_the_secret_does_not_show() -> None:
    assert SECRET not in repr(SETTINGS)


@pytest.mark.parametrize(
    ("allowed", "url", "answer"),
    [
        ("https://checkout.buckaroo.nl", "https://checkout.buckaroo.nl/html/redirect.ashx?r=1", True),
        ("https://checkout.buckaroo.nl", "https://CHECKOUT.buckaroo.nl:443/x", True),
        ("https://checkout.buckaroo.nl", "http://checkout.buckaroo.nl/x", False),
        ("https://checkout.buckaroo.nl", "https://testcheckout.buckaroo.nl/x", False),
        ("http://localhost:3100", "http://localhost:3100/pay/1", True),
        ("http://localhost:3100", "http://localhost:3101/pay/1", False),
        ("http://localhost:3100", "https://localhost:3100/pay/1", False),
    ],
)
def test_a_redirect_must_match_scheme_host_and_port(allowed: str, url: str, answer: bool) -> None:
    assert replace(SETTINGS, redirect_hosts=frozenset({allowed})).may_redirect_to(url) is answer
