"""What `make audit` makes of the reports: silence of a service is no all-clear."""

import json

import pytest

from tools import audit
from tools.audit import Audit, of_javascript, of_python

CLEAN = {"name": "jinja2", "version": "3.1.6", "vulns": []}
KNOWN = {"name": "jinja2", "version": "3.1.2", "vulns": [{"id": "PYSEC-1"}, {"id": "GHSA-2"}]}
SKIPPED = {"name": "lxml", "skip_reason": "Dependency not found on PyPI and could not be audited"}
NPM_KNOWN = {"vite": {"name": "vite", "range": "<6.1", "severity": "high"}}


def python(*packages):
    return of_python(json.dumps({"dependencies": packages, "fixes": []}))


def test_nothing_known_is_nothing_found():
    assert python(CLEAN) == of_javascript('{"vulnerabilities": {}}') == Audit()


def test_each_advisory_is_named_with_its_package():
    assert python(CLEAN, KNOWN).findings == ["jinja2 3.1.2: PYSEC-1", "jinja2 3.1.2: GHSA-2"]
    assert of_javascript(json.dumps({"vulnerabilities": NPM_KNOWN})).findings == ["vite <6.1: high"]


def test_a_package_that_the_service_passed_over_was_not_asked_about():
    assert python(CLEAN, SKIPPED).unasked == ["lxml"]


@pytest.mark.parametrize("report", ["", "no json", "[]", '{"message": "405 Method Not Allowed", "error": {}}'])
def test_a_service_that_is_away_leaves_the_whole_lock_file_unasked(report):
    assert of_javascript(report) == Audit(unasked=["reflex.lock"])


@pytest.mark.parametrize("report", ["", "no json", "[]", json.dumps({"dependencies": [SKIPPED, SKIPPED]})])
def test_so_does_the_one_of_python(report):
    assert of_python(report) == Audit(unasked=["requirements.lock"])


@pytest.mark.parametrize(
    ("python", "javascript", "code"),
    [
        (Audit(), Audit(), 0),
        (Audit(["jinja2 3.1.2: PYSEC-1"]), Audit(unasked=["reflex.lock"]), 1),
        (Audit(), Audit(unasked=["reflex.lock"]), 2),
    ],
)
def test_the_exit_code_tells_them_apart(monkeypatch, python, javascript, code):
    monkeypatch.setattr(audit, "write_boms", lambda: None)
    monkeypatch.setattr(audit, "ask_about_python", lambda: python)
    monkeypatch.setattr(audit, "ask_about_javascript", lambda: javascript)
    assert audit.main() == code
