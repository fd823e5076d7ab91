"""What is deployed speaks of what there is: settings, metrics, commands and alerts."""

import re
from collections.abc import Iterator
from configparser import ConfigParser
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import Counter, Gauge, Histogram
from typer.main import get_command

from billing import cli, exposition, metrics
from billing.config import Settings
from billing.health import LANES, Counts
from billing.pulse import BACKUP, INVARIANTS

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
FILES = [path for path in DEPLOY.rglob("*") if path.is_file()]
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text("utf-8")
ALERTS = [rule for group in yaml.safe_load((DEPLOY / "alerts.yml").read_text("utf-8"))["groups"]
          for rule in group["rules"]]  # fmt: skip
UNITS = sorted((DEPLOY / "systemd").iterdir())
NOTHING = Counts(**{field.name: {} if field.name.endswith(("_ages", "_state")) else 0 for field in fields(Counts)})


@pytest.mark.parametrize("path", [*FILES, ROOT / "docs" / "runbook.md"], ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"\bVOLDAAN_[A-Z_]*[A-Z]", path.read_text("utf-8")))
    assert named <= {f"VOLDAAN_{name.upper()}" for name in Settings.model_fields}


def test_every_alert_has_a_section_that_says_what_to_do_and_every_section_an_alert() -> None:
    _, _, sections = RUNBOOK.partition("\n# Alerts\n")
    parts = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", sections, re.MULTILINE | re.DOTALL))
    assert set(parts) == {rule["alert"] for rule in ALERTS}
    for name, text in parts.items():
        assert re.findall(r"^\*\*(.+?)\.\*\*", text, re.MULTILINE) == ["Means", "Look", "Do", "Over when"], name


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: rule["alert"])
def test_every_metric_and_label_of_an_alert_exists(rule: dict[str, Any]) -> None:
    known = dict(_series())
    asked = re.findall(r"\b(voldaan_\w+)(?:\{([^}]*)\})?", rule["expr"])
    for name, labels in asked:
        assert name in known
        assert set(re.findall(r"(\w+)=~?\"", labels)) <= known[name]
    assert asked or "up{" in rule["expr"]
    assert rule["labels"]["severity"] in {"page", "ticket"}


def test_the_pulses_that_alerts_wait_for_are_given() -> None:
    asked = {name for rule in ALERTS for names in re.findall(r'pulse_age_seconds\{name=~?"([^"]+)"', rule["expr"])
             for name in names.split("|")}  # fmt: skip
    assert asked == {*LANES, BACKUP, INVARIANTS}


def test_labels_are_few_and_never_ids() -> None:
    labels = {label for name, known in _series() for label in known if name.startswith("voldaan_")}
    assert labels == {
        "call", "feed", "job", "lane", "le", "method", "name", "reason", "result", "route", "state", "status", "step",
        "verdict",
    }  # fmt: skip


def test_every_command_in_the_runbook_exists() -> None:
    root = get_command(cli.app)
    for words in set(re.findall(r"`voldaan ([a-z]+(?: [a-z-]+)?)", RUNBOOK)):
        command: Any = root
        for word in words.split():
            if hasattr(command, "commands"):
                assert word in command.commands, words
                command = command.commands[word]


def test_compose_runs_two_of_each_behind_a_proxy() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yml").read_text("utf-8"))
    services = compose["services"]
    for name in ("web-1", "web-2", "worker-1", "worker-2", "migrate"):
        assert services[name]["image"] == "voldaan:latest"
        assert services[name]["read_only"] is True
    assert {"caddy", "postgres", "redis", "mail", "prometheus"} <= set(services)
    used = {mount.split(":")[0] for service in services.values() for mount in service.get("volumes", ())}
    assert {name for name in used if name.isalpha()} == set(compose["volumes"])


def test_prometheus_asks_the_processes_that_compose_runs() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yml").read_text("utf-8"))["services"]
    asked = yaml.safe_load((DEPLOY / "prometheus.yml").read_text("utf-8"))["scrape_configs"]
    hosts = {target.split(":")[0] for job in asked for one in job["static_configs"] for target in one["targets"]}
    assert hosts == {name for name in services if name.startswith(("web-", "worker-"))}


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_start_commands_that_exist_as_nobody_in_particular(path: Path) -> None:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]  # names of units have capitals
    unit.read_string(path.read_text("utf-8"))
    if path.suffix == ".timer":
        assert path.with_suffix(".service") in UNITS
        return
    found = re.search(r"\.venv/bin/voldaan (\w+)", unit["Service"]["ExecStart"])
    assert found
    assert found[1] in get_command(cli.app).commands  # type: ignore[attr-defined]  # it is a group of commands
    assert (unit["Service"]["User"], unit["Service"]["NoNewPrivileges"]) == ("voldaan", "yes")


def test_the_image_gets_the_versions_that_were_tested() -> None:
    pattern = re.compile(r"^(\S+==\S+)", re.MULTILINE)
    tested = set(pattern.findall((ROOT / "requirements.lock").read_text("utf-8")))
    shipped = set(pattern.findall((DEPLOY / "requirements.lock").read_text("utf-8")))
    assert shipped < tested
    assert not any(name.startswith(("pytest", "hypothesis", "playwright")) for name in shipped)


def _series() -> Iterator[tuple[str, set[str]]]:
    """Names of time series with the labels that they have."""
    endings = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}
    ours = [metric for metric in vars(metrics).values() if isinstance(metric, Counter | Gauge | Histogram)]
    for name, kind, labels in (
        *((metric._name, metric._type, metric._labelnames) for metric in ours),
        *((one.name, one.type, one._labelnames) for one in exposition._Standing(NOTHING).collect()),
    ):
        for ending in endings[kind]:
            yield name + ending, {*labels, *(("le",) if ending == "_bucket" else ())}
