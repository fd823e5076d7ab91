"""`make lock`: the newest allowed versions of all dependencies into the lock files, for Python and for JavaScript."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
BUILD = [".venv/bin/python", "-c", "from dashboard.serve import build; build()"]


def main() -> None:
    """Rewrite requirements.lock and reflex.lock/. Stops with CalledProcessError at the first failing step."""
    with tempfile.TemporaryDirectory() as folder:
        _run(sys.executable, "-m", "venv", folder)
        _run(f"{folder}/bin/python", "-m", "pip", "install", "--quiet", "uv")
        _lock_python(Path(folder) / "bin" / "uv")
    _run(sys.executable, "-m", "tools.setup")
    shutil.rmtree(ROOT / "reflex.lock", ignore_errors=True)
    # Reflex writes package.json in another order when it reads one back; after the second build it stays as it is.
    for _ in range(2):
        shutil.rmtree(ROOT / ".web", ignore_errors=True)
        _run(*BUILD)


def _lock_python(uv: Path) -> None:
    _compile(uv, "--upgrade", "--group=dev", "--output-file=requirements.lock")
    # The same versions without what only builds and tests: for the image.
    _compile(uv, "--constraint=requirements.lock", "--output-file=deploy/requirements.lock")


def _compile(uv: Path, *options: str) -> None:
    # No index addresses and no machine of ours in the result: anybody's mirror serves the same hashes.
    _run(
        str(uv),
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--generate-hashes",
        "--no-emit-index-url",
        "--no-emit-find-links",
        "--python-version=3.11",
        "--custom-compile-command=make lock",
        *options,
        "pyproject.toml",
    )


def _run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
