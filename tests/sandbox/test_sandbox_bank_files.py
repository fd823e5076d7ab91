"""The file that our own bank hands out: what the product reads of it is what the bank was told."""

import pytest

from billing.adapters.camt import CamtReader
from billing.ports import BankStatement

IBAN = "NL93DEMO0123456789"


def handed_out(merchant, *transfers, **more) -> BankStatement:
    file = merchant.control("bank-files", iban=IBAN, transfers=list(transfers), **more)["file"]
    [statement] = CamtReader().read(file.encode())
    return statement


def test_transfers_come_out_as_they_were_told(merchant):
    statement = handed_out(
        merchant, {"amount_cents": 12_100, "text": "2026-0001 & dank", "reference": "RF3920260001"},
        {"amount_cents": -505, "return_reason": "AC04", "value_on": "2026-11-20"}, opening_cents=-5,
    )  # fmt: skip
    first, second = statement.entries
    assert (statement.account, statement.currency) == (IBAN, "EUR")
    assert (statement.opening_cents, statement.closing_cents) == (-5, 11_590)
    assert (first.cents, first.text, first.reference) == (12_100, "2026-0001 & dank", "RF3920260001")
    assert (second.cents, second.return_reason, second.value_on.isoformat()) == (-505, "AC04", "2026-11-20")


@pytest.mark.parametrize("transfers", [[{}], [{"amount_cents": "1"}], ["x"]])
def test_what_makes_no_sense_is_refused(merchant, transfers):
    answer = merchant.http.post(merchant.base + "/control/bank-files", json={"iban": IBAN, "transfers": transfers})
    assert answer.status_code == 400
