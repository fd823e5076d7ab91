"""The day on which a direct debit is collected: over weekends, Easter, Christmas and other days without banks."""

from datetime import date, datetime

import pytest

from billing.sandbox.bankdays import collection_day
from billing.sandbox.clock import AMSTERDAM


@pytest.mark.parametrize(
    ("submitted", "wished", "collected"),
    [
        pytest.param("2040-03-05T11:59", "2040-03-05", "2040-03-07", id="in the morning: in two days"),
        pytest.param("2040-03-05T12:00", "2040-03-05", "2040-03-08", id="from noon on it counts as tomorrow"),
        pytest.param("2040-03-05T10:00", "2040-03-20", "2040-03-20", id="a later day as wished"),
        pytest.param("2040-03-05T10:00", "2040-03-10", "2040-03-12", id="a Saturday becomes Monday"),
        pytest.param("2040-03-09T10:00", "2040-03-09", "2040-03-13", id="over a weekend"),
        pytest.param("2040-03-10T10:00", "2040-03-10", "2040-03-14", id="submitted in a weekend"),
        pytest.param("2040-03-29T10:00", "2040-03-29", "2040-04-04", id="over Good Friday and Easter Monday"),
        pytest.param("2040-03-05T10:00", "2040-03-30", "2040-04-03", id="Good Friday becomes the day after Easter"),
        pytest.param("2040-12-24T10:00", "2040-12-24", "2040-12-28", id="over both days of Christmas"),
        pytest.param("2040-12-31T13:00", "2040-12-31", "2041-01-04", id="over New Year, from noon on"),
        pytest.param("2040-04-26T10:00", "2040-05-01", "2040-05-02", id="Labour Day is no bank day"),
        pytest.param("2040-04-25T10:00", "2040-04-27", "2040-04-27", id="King's Day is one"),
    ],
)
def test_a_debit_is_collected_on_a_bank_day(submitted, wished, collected):
    moment = datetime.fromisoformat(submitted).replace(tzinfo=AMSTERDAM)
    assert collection_day(moment, date.fromisoformat(wished)) == date.fromisoformat(collected)
