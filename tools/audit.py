"""`make audit`: what everything here is made of, as CycloneDX files in var/sbom, and what is known against any of it.

Exit code 0 when nothing is known, 1 when something is, 2 when it could not be asked about all of it.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SBOM = ROOT / "var" / "sbom"
PROGRAMS = Path(sys.executable).parent
JAVASCRIPT = ROOT / "reflex.lock"


@dataclass
class Audit:
    """What was found: `name version: what`, each. unasked: packages, or whole lock files, that nobody answered for."""

    findings: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)


def main() -> int:
    """Write the bills of material, ask the advisory services, and say what came of it."""
    write_boms()
    python, javascript = ask_about_python(), ask_about_javascript()
    findings, unasked = python.findings + javascript.findings, python.unasked + javascript.unasked
    for finding in findings:
        print(f"KNOWN   {finding}")
    for what in unasked:
        print(f"UNASKED {what}")
    if unasked:
        print("The advisory services did not answer for these: this is no all-clear. Ask again where they are reached.")
    elif not findings:
        print("Nothing is known against any of the locked packages.")
    return 1 if findings else 2 if unasked else 0


def write_boms() -> None:
    """What the environment and the pages are made of, with licences. Raises CalledProcessError."""
    SBOM.mkdir(parents=True, exist_ok=True)
    python, javascript = SBOM / "python.cdx.json", SBOM / "javascript.cdx.json"
    _run(["cyclonedx-py", "environment", "--output-reproducible", "--output-file", str(python), sys.executable])
    javascript.write_text(_bom_of_javascript())
    for bom in (python, javascript):
        print(f"{bom.relative_to(ROOT)}: {len(json.loads(bom.read_text())['components'])} components")


def _bom_of_javascript() -> str:
    # npm names no package without a version, and Reflex gives the whole none; nor does it mind what its packages think
    # of each other.
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            whole = json.loads((JAVASCRIPT / name).read_text())
            for part in (whole, whole.get("packages", {}).get("", {})):
                part["version"] = "0.0.0"
            (Path(folder) / name).write_text(json.dumps(whole))
        command = ["npm", "sbom", "--sbom-format", "cyclonedx", "--package-lock-only", "--legacy-peer-deps"]
        return _run(command, Path(folder))


def ask_about_python() -> Audit:
    """What is known against the packages of requirements.lock."""
    return of_python(_asked(["pip-audit", "--requirement", "requirements.lock", "--disable-pip", "--format", "json"]))


def ask_about_javascript() -> Audit:
    """What is known against the packages of reflex.lock."""
    return of_javascript(_asked(["npm", "audit", "--json", "--package-lock-only"], JAVASCRIPT))


def of_python(report: str) -> Audit:
    """The report of pip-audit. It passes over what its service does not know, which is no answer."""
    read = _read(report)
    if read is None:
        return Audit(unasked=["requirements.lock"])
    audit = Audit(unasked=[package["name"] for package in read["dependencies"] if "skip_reason" in package])
    if len(audit.unasked) == len(read["dependencies"]):
        return Audit(unasked=["requirements.lock"])
    for package in read["dependencies"]:
        audit.findings += [f"{_name(package)}: {known['id']}" for known in package.get("vulns", ())]
    return audit


def of_javascript(report: str) -> Audit:
    """The report of `npm audit`."""
    read = _read(report)
    if read is None or "vulnerabilities" not in read:
        return Audit(unasked=["reflex.lock"])
    known = read["vulnerabilities"].values()
    return Audit([f"{package['name']} {package['range']}: {package['severity']}" for package in known])


def _name(package: dict[str, Any]) -> str:
    return f"{package['name']} {package['version']}"


def _read(report: str) -> dict[str, Any] | None:
    try:
        read = json.loads(report)
    except ValueError:
        return None
    return read if isinstance(read, dict) else None


def _asked(command: Sequence[str], folder: Path = ROOT) -> str:
    """What it says, also when it ends in an error: that may be what it found, or that nobody answered."""
    asked = _completed(command, folder)
    # pip-audit finds nothing known, too, of what it got no answer about.
    told = [line for line in asked.stderr.splitlines() if "No known vulnerabilities" not in line]
    print("\n".join(told), file=sys.stderr)
    return asked.stdout


def _run(command: Sequence[str], folder: Path = ROOT) -> str:
    completed = _completed(command, folder)
    if completed.returncode:
        print(completed.stderr, file=sys.stderr)
    completed.check_returncode()
    return completed.stdout


def _completed(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """A program of our own environment, which finds the others there too."""
    path = os.pathsep.join([str(PROGRAMS), *os.get_exec_path()])
    run = ["env", f"PATH={path}", *command]
    return subprocess.run(run, cwd=folder, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    sys.exit(main())
