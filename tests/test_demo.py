"""`make demo`: its options, its settings, and processes that stop together."""

import socket
import sys
import time
from pathlib import Path

import pytest

from billing import config
from tools import demo, demo_data
from tools.processes import Group, Stopped

SAYS_WHEN_IT_STOPS = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(pathlib.Path("gone").touch()))
pathlib.Path("up").touch()
time.sleep(60)
"""

FIRST_ENDS_AT_ONCE = """
import os, pathlib, time
try:
    os.mkdir("first")
except FileExistsError:
    while not pathlib.Path("end").exists():
        time.sleep(0.01)
    raise SystemExit(4)
raise SystemExit(3)
"""


def test_the_demo_listens_on_its_usual_ports():
    options = demo.read_options({})
    assert (options.port, options.sandbox_port, options.mail_port, options.reset) == (3000, 3100, 3125, False)


@pytest.mark.parametrize("text", ["abc", "0", "-1", "65536", "3000.5", " 3000", "٣٠٠٠"])
def test_a_port_that_is_none_is_refused_by_name(text):
    with pytest.raises(demo.WrongOption, match=f"PORT={text} is not a port"):
        demo.read_options({"PORT": text})


@pytest.mark.parametrize("port", ["3100", "3125"])
def test_one_port_is_not_given_twice(port):
    with pytest.raises(demo.WrongOption, match="one of the sandbox's"):
        demo.read_options({"PORT": port})


def test_a_busy_port_is_refused_by_name():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        options = demo.Options(port=port, sandbox_port=1, data=Path("unused"), reset=False)
        with pytest.raises(demo.WrongOption, match=f"Port {port} \\(PORT\\) is in use"):
            demo.require_free_ports(options)


def test_the_settings_of_a_real_installation_stay_out_of_the_demo(tmp_path):
    options = demo.read_options({"DATA": str(tmp_path)})
    settings = demo.settings(
        options, {"VOLDAAN_BUCKAROO_SECRET": "live", "VOLDAAN_DATABASE_URL": "live", "PATH": "/bin"}
    )
    assert "VOLDAAN_BUCKAROO_SECRET" not in settings
    assert settings["VOLDAAN_DATABASE_URL"] == f"sqlite:///{tmp_path}/demo.sqlite"
    assert settings["PATH"] == "/bin"


def test_a_host_is_shown_the_demo_in_its_own_colours(tmp_path):
    options = demo.read_options({"DATA": str(tmp_path)})
    assert demo.settings(options, {"VOLDAAN_BRAND_BLUE": "#0b6e4f"})["VOLDAAN_BRAND_BLUE"] == "#0b6e4f"


def test_every_setting_of_the_demo_is_one_that_exists():
    known = {f"VOLDAAN_{name.upper()}" for name in config.Settings.model_fields}
    given = {name for name in demo.settings(demo.read_options({}), {}) if name.startswith("VOLDAAN_")}
    assert given <= known


def test_starting_afresh_is_starting_in_the_present(tmp_path):
    options = demo.read_options({"DATA": str(tmp_path), "RESET": "1"})
    settings = config.load(demo=True, database_url=options.database_url)
    clock = Path(settings.demo_clock)
    assert clock == options.clock
    clock.write_text("259200")
    demo_data.forget(options)
    assert not clock.exists()


def test_on_postgresql_it_has_a_server_and_data_of_its_own():
    options = demo.read_options({"ENGINE": "postgresql", "WEB": "2", "WORKERS": "3"})
    assert options.database_url.startswith("postgresql://voldaan_demo@/voldaan_demo?host=/")
    assert options.data == demo.read_options({}).data / "postgres"
    assert options.redis_url.startswith("unix:///")
    assert (options.web, options.workers) == (2, 3)


def test_on_postgresql_it_uses_the_database_of_somebody_else_when_told():
    url = "postgresql://demo@localhost/demo"
    assert demo.read_options({"ENGINE": "postgresql", "DATABASE_URL": url}).database_url == url
    assert demo.read_options({"DATABASE_URL": url}).database_url.startswith("sqlite:///")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"ENGINE": "mysql"}, "ENGINE=mysql is none of"),
        ({"WEB": "0"}, "WEB=0 is no number of processes"),
        ({"WORKERS": "17"}, "WORKERS=17 is no number of processes"),
        ({"ENGINE": "postgresql", "DATABASE_URL": "sqlite:///x"}, "not the address of a PostgreSQL database"),
        ({"ENGINE": "postgresql", "DATABASE_URL": "postgresql://x/y", "RESET": "1"}, "empty the database"),
    ],
)
def test_an_option_that_does_not_fit_is_refused_by_name(given, sentence):
    with pytest.raises(demo.WrongOption, match=sentence):
        demo.read_options(given)


def test_the_address_stands_on_a_line_of_its_own():
    assert "Open http://localhost:3001" in demo.welcome(demo.read_options({"PORT": "3001"})).splitlines()


def test_a_part_that_ends_is_named_with_its_last_words(tmp_path):
    with Group({}, folder=tmp_path) as parts:
        parts.start("worker", [sys.executable, "-c", "print('out of paper'); raise SystemExit(3)"])
        with pytest.raises(Stopped, match=r"worker process stopped with exit code 3(.|\n)*out of paper"):
            _watch(parts)


def test_one_of_several_may_end_and_the_last_may_not(tmp_path, capfd):
    with Group({}, folder=tmp_path) as parts:
        parts.start("web", [sys.executable, "-c", FIRST_ENDS_AT_ONCE], count=2)
        while "stopped with exit code 3; the others go on" not in capfd.readouterr().out:
            parts.require_running()
            time.sleep(0.01)
        (tmp_path / "end").touch()
        with pytest.raises(Stopped, match="process stopped with exit code 4"):
            _watch(parts)


def test_the_others_stop_when_the_group_is_left(tmp_path):
    with Group({}, folder=tmp_path) as parts:
        parts.start("web", [sys.executable, "-c", SAYS_WHEN_IT_STOPS])
        while not (tmp_path / "up").exists():
            parts.require_running()
            time.sleep(0.01)
    assert (tmp_path / "gone").exists()


def _watch(parts: Group) -> None:
    while True:
        parts.require_running()
        time.sleep(0.01)
