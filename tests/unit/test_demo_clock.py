"""The time of a demo is moved by its sandbox, for every process at once, and forward only."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from billing import assembly, config, settings_checks
from billing.clock import DemoClock, SystemClock
from billing.errors import SettingsInvalid
from billing.sandbox.clock import FURTHEST, EmulatedClock

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a demo keeps how far its time was moved."""
    return tmp_path / "data" / "demo.clock"


def moved(clock: DemoClock) -> timedelta:
    """How far a clock is ahead of the machine, to the hour: nothing here takes that long."""
    return timedelta(hours=round((clock.now() - datetime.now(UTC)) / HOUR))


def test_without_a_file_it_is_the_machines_time(file: Path) -> None:
    assert moved(DemoClock(file)) == timedelta()


def test_the_sandbox_moves_a_clock_that_already_runs(file: Path) -> None:
    sandbox, clock = EmulatedClock(file=file), DemoClock(file)
    assert moved(clock) == timedelta()
    sandbox.advance(3 * DAY)
    assert moved(clock) == 3 * DAY
    sandbox.advance(HOUR)
    assert moved(clock) == 3 * DAY + HOUR
    assert abs(sandbox.now() - clock.now()) < timedelta(minutes=1)


def test_both_go_on_where_they_were_after_a_start(file: Path) -> None:
    EmulatedClock(file=file).advance(40 * DAY)
    assert EmulatedClock(file=file).offset == 40 * DAY
    assert moved(DemoClock(file)) == 40 * DAY


@pytest.mark.parametrize("text", ["0", "86400", "-1"])
def test_time_never_runs_backwards(file: Path, text: str) -> None:
    EmulatedClock(file=file).advance(3 * DAY)
    clock = DemoClock(file)
    before = clock.now()
    file.write_text(text)
    assert clock.now() > before
    file.unlink()
    assert clock.now() > before


def test_a_demo_that_begins_anew_brings_todays_time_back_for_all_and_after_a_start(file: Path) -> None:
    sandbox, clock = EmulatedClock(file=file), DemoClock(file)
    sandbox.advance(40 * DAY)
    assert moved(clock) == 40 * DAY
    sandbox.rewind()
    assert (moved(clock), moved(DemoClock(file)), EmulatedClock(file=file).offset) == (timedelta(),) * 3
    sandbox.advance(DAY)
    assert moved(clock) == DAY
    sandbox.rewind()
    assert moved(clock) == timedelta()


@pytest.mark.parametrize("content", [b"", b"tomorrow", b"1.5", b"\xff\xfe", b"nan"])
def test_a_file_without_seconds_is_named(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(SettingsInvalid) as refused:
        DemoClock(file).now()
    assert str(refused.value.facts["problems"][0]).startswith("VOLDAAN_DEMO_CLOCK: ")


@pytest.mark.parametrize("by", [-DAY, FURTHEST])
def test_a_jump_back_or_too_far_moves_nothing(file: Path, by: timedelta) -> None:
    sandbox = EmulatedClock(file=file)
    sandbox.advance(DAY)
    with pytest.raises(ValueError, match="the clock"):
        sandbox.advance(by)
    assert (sandbox.offset, moved(DemoClock(file))) == (DAY, DAY)


def test_the_parts_of_a_demo_find_the_file_beside_their_database() -> None:
    assert config.load(demo=True, database_url="sqlite:////data/demo.sqlite").demo_clock == "/data/demo.sqlite.clock"
    assert config.load(demo=True).demo_clock == "var/demo.sqlite.clock"


def test_a_demo_on_postgresql_keeps_the_machines_time_unless_told_where_the_file_is() -> None:
    server = config.load(demo=True, database_url="postgresql://localhost/demo")
    assert isinstance(assembly.clock(server), SystemClock)
    told = config.load(demo=True, database_url="postgresql://localhost/demo", demo_clock="/data/demo.clock")
    assert isinstance(assembly.clock(told), DemoClock)


def test_outside_a_demo_time_can_not_be_moved(file: Path) -> None:
    EmulatedClock(file=file).advance(3 * DAY)
    settings = config.load(demo=False, demo_clock=str(file))
    assert isinstance(assembly.clock(settings), SystemClock)
    with pytest.raises(SettingsInvalid) as refused:
        settings_checks.require_valid(settings)
    assert "VOLDAAN_DEMO_CLOCK: time is moved in demo mode only" in refused.value.facts["problems"]
