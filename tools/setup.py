"""`make setup`: the environment in .venv, exactly as locked. Runs without it, so on the standard library alone."""

import argparse
import hashlib
import subprocess
import sys
from pathlib import Path

from tools import system

ROOT = Path(__file__).parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "setup.sha256"


def main() -> int:
    """Set up what is missing; instant when nothing is. Exit code 1 with one clear sentence when it can't."""
    options = argparse.ArgumentParser(prog="make setup", description=__doc__)
    options.add_argument("--browser", action="store_true", help="also what the browser tests need")
    wanted = options.parse_args()
    try:
        _environment()
        system.require_pango()
        if wanted.browser:
            system.require_chromium(PYTHON)
    except system.Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


def _environment() -> None:
    wanted = _fingerprint()
    if _works() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    if not _works():
        _create()
    print("Installing the locked packages into .venv; the first time this takes a minute or two …", flush=True)
    # Nothing is resolved here, or a newer release of what one package asks for by an extra would be tried first, and
    # refused for want of a hash. The check at the end says whether the lock names everything.
    _pip("install", "--no-deps", "--require-hashes", "--requirement", "requirements.lock")
    # The build tool is among the locked packages: nothing is fetched unlocked, not even to install ourselves.
    _pip("install", "--no-deps", "--no-build-isolation", "--editable", ".")
    _pip("check")
    STAMP.write_text(wanted)
    system.suggest_font()


def _fingerprint() -> str:
    found = hashlib.sha256(str(ROOT).encode())
    for name in ("requirements.lock", "pyproject.toml", "tools/setup.py"):
        found.update((ROOT / name).read_bytes())
    return found.hexdigest()


def _works() -> bool:
    """False also for an environment that was copied, or whose Python was removed."""
    question = "import sys; print(sys.version_info >= (3, 11), sys.prefix)"
    try:
        answer = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True, check=False).stdout
    except OSError:
        return False
    return answer == f"True {VENV}\n"


def _create() -> None:
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(command, capture_output=True, check=False).returncode == 0:
        return
    # Debian and Ubuntu keep the part of venv that brings pip in a package of its own.
    system.install_packages("python3-venv", {"apt-get": ["python3-venv"]})
    if subprocess.run(command, check=False).returncode != 0:
        raise system.Missing(f"{sys.executable} can't make a virtual environment; its message is above.")


def _pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise system.Missing("pip could not install the packages; its message is above. Run `make setup` again.")


if __name__ == "__main__":
    sys.exit(main())
