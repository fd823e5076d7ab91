"""What is shipped and how it is installed: lock files, the wheel, and the files that a project is expected to have."""

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
REQUIREMENTS = (ROOT / "requirements.lock").read_text("utf-8")
PACKAGE_LOCK = (ROOT / "reflex.lock" / "package-lock.json").read_text("utf-8")
ADDRESS = re.compile(r"https?://|file:|--(extra-)?index-url|--find-links|@ git")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Names of the files in the built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path).namelist()


def test_every_dependency_is_locked():
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    names = {_normal(re.split(r"[\[<>=~! ]", line)[0]) for line in wanted}
    assert names - _locked().keys() == set()


def test_every_locked_package_has_one_version_and_hashes():
    entries = re.split(r"(?m)^(?=[a-z0-9])", REQUIREMENTS)[1:]
    assert [entry.splitlines()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_the_python_lock_names_no_index_and_no_folder():
    assert ADDRESS.findall(REQUIREMENTS) == []


def test_the_javascript_lock_names_no_registry():
    assert '"resolved"' not in PACKAGE_LOCK
    assert "://" not in re.sub(r'"url": "[^"]*"', "", PACKAGE_LOCK)


def test_every_javascript_package_is_locked_by_its_hash():
    packages = json.loads(PACKAGE_LOCK)["packages"]
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


def test_the_pages_are_built_with_npm_alone():
    assert sorted(path.name for path in (ROOT / "reflex.lock").iterdir()) == ["package-lock.json", "package.json"]


def test_the_wheel_holds_the_two_packages_and_nothing_else(wheel):
    tops = {name.split("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"billing", "dashboard"}


def test_the_wheel_holds_every_file_of_the_two_packages(wheel):
    ours = [path for package in ("billing", "dashboard") for path in (ROOT / package).rglob("*") if path.is_file()]
    assert {path.relative_to(ROOT).as_posix() for path in ours if "__pycache__" not in path.parts} - set(wheel) == set()


def test_the_license_is_shipped_and_is_the_one_declared(wheel):
    assert PROJECT["project"]["license"] == "Apache-2.0"
    assert any(name.endswith("licenses/LICENSE") for name in wheel)
    assert "Apache License\n                           Version 2.0" in (ROOT / "LICENSE").read_text("utf-8")


def test_the_command_can_be_called():
    module, function = PROJECT["project"]["scripts"]["voldaan"].split(":")
    assert callable(getattr(import_module(module), function))


def test_the_changelog_says_what_is_coming():
    assert "\n## [Unreleased]\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_make_offers_what_the_readme_promises():
    targets = set(re.findall(r"(?m)^([a-z0-9-]+):", (ROOT / "Makefile").read_text("utf-8")))
    assert {"setup", "demo", "test", "lint", "types", "e2e", "bench", "clean"} <= targets


def test_the_check_of_a_change_is_the_whole_test_run():
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o100
    assert script.read_text("utf-8").rstrip().endswith("exec make test")


def _locked() -> dict[str, str]:
    return {_normal(name): version for name, version in re.findall(r"(?m)^([A-Za-z0-9._-]+)==(\S+)", REQUIREMENTS)}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
