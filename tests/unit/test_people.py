"""What people type about people."""

import pytest

from billing.accounts.people import normal_email, normal_name, one_line
from billing.errors import InvalidEmail, InvalidName


@pytest.mark.parametrize(
    ("typed", "email"),
    [(" Hanna@Demo.test ", "hanna@demo.test"), ("h.de+graan@mail.demo.test", "h.de+graan@mail.demo.test")],
)
def test_an_address_is_kept_in_lower_case(typed, email):
    assert normal_email(typed) == email


@pytest.mark.parametrize(
    "typed",
    ["", "nope", "a@b", "a b@demo.test", "a\0b@demo.test", "a\x7fb@demo.test", "a@demo.test\nBcc: b@demo.test",
     "é@demo.test", ".a@demo.test", "a..b@demo.test", "a@-demo.test", f"{'a' * 250}@demo.test"],
)  # fmt: skip
def test_what_can_not_be_mailed_is_no_address(typed):
    with pytest.raises(InvalidEmail):
        normal_email(typed)


@pytest.mark.parametrize("typed", ["", " \n ", "\0", "zie www.demo.test", "https://demo.test"])
def test_a_name_is_something_and_no_link(typed):
    with pytest.raises(InvalidName):
        normal_name(typed)


def test_text_on_one_line_has_nothing_that_a_database_or_a_mail_can_not_take():
    assert one_line(" Jan\r\n\0de \ud800 Vries\u202e ", longest=20) == "Jan de Vries"
