"""How a web server takes a signal to stop."""

import os
import signal
from pathlib import Path

import pytest

from dashboard import draining
from dashboard.serve import Web

LONG = 300


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where word is left."""
    monkeypatch.setattr(draining, "_FOLDER", tmp_path)


def _told(seconds: int, *signals: signal.Signals) -> Web:
    web = Web(seconds, target="nothing:at_all")
    for number in signals:
        web.signal_handler_interrupt(number, None)
    return web


def test_who_is_told_to_stop_says_so_first_and_goes_on() -> None:
    web = _told(LONG, signal.SIGTERM)
    assert (draining.is_asked(os.getpid()), web.interrupt_signal) == (True, False)


@pytest.mark.parametrize(
    ("seconds", "signals"),
    [(LONG, [signal.SIGINT]), (LONG, [signal.SIGTERM, signal.SIGTERM]), (0, [signal.SIGTERM])],
    ids=["at the terminal", "told twice", "without time for it"],
)
def test_who_is_in_a_hurry_stops_at_once(seconds: int, signals: list[signal.Signals]) -> None:
    assert _told(seconds, *signals).interrupt_signal


def test_a_server_does_not_take_the_word_of_an_earlier_one_for_its_own() -> None:
    draining.ask()
    draining.forget()
    assert not draining.is_asked(os.getpid())
