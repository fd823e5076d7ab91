"""The web process: builds the pages when their sources changed, then serves them and the back end on one port.

`python -m dashboard.serve` runs it; with `--build-only` it stops after the build, for an image or a release.
"""

import fcntl
import hashlib
import os
import signal
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from granian.constants import Interfaces
from granian.server.mp import MPServer
from reflex_base.constants import Env
from reflex_base.environment import environment

from billing import config, loglines, logs
from billing.assembly import open_billing
from billing.errors import SettingsInvalid
from dashboard import draining

ROOT = Path(__file__).parent.parent
WEB = ROOT / ".web"
# Reflex empties its build folder before each build, so a build that failed leaves no stamp behind.
STAMP = WEB / "build" / "sources.sha256"

# What pages are made of. Of billing they can only show what the layering lets them import.
_SOURCES = (
    "dashboard/**/*",
    "billing/**/*.py",
    "assets/**/*",
    "reflex.lock/*.json",
    "rxconfig.py",
    "requirements.lock",
)
_NEVER_IN_PAGES = ("adapters", "sandbox", "worker", "migrations", "cli", "bench")
# Written by Python and by the build itself.
_MADE = ("__pycache__", "external")


class BuildFailed(Exception):
    """The pages could not be built; the message is what the build said."""


def main() -> int:
    """Exit code 0 after a stop or a build, 1 when the build failed, 2 when the settings are wrong."""
    logs.install()
    try:
        if sys.argv[1:] == ["--build-only"]:
            build()
        else:
            settings = config.load()
            open_billing(settings).database.dispose()
            serve(settings)
    except BuildFailed as failed:
        print(f"The pages could not be built:\n{failed}", file=sys.stderr)
        return 1
    except SettingsInvalid as invalid:
        print("\n".join(invalid.facts["problems"]), file=sys.stderr)
        return 2
    return 0


def build() -> None:
    """Build the pages unless the last build is of these very sources. Raises BuildFailed."""
    with _one_at_a_time():
        sources = fingerprint(ROOT)
        if STAMP.exists() and STAMP.read_text() == sources:
            return
        _run_build()
        # The build may have completed the lock of the JavaScript packages, which is one of the sources.
        STAMP.write_text(fingerprint(ROOT))


def serve(settings: config.Settings) -> None:
    """Build if needed and serve until SIGINT or SIGTERM, with `settings.web_processes` processes."""
    build()
    os.chdir(ROOT)
    draining.forget()
    environment.REFLEX_DIR.set(_reflex_dir())
    environment.REFLEX_ENV_MODE.set(Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
    web = Web(
        settings.drain_seconds,
        target="dashboard.dashboard:app",
        factory=True,
        interface=Interfaces.ASGI,
        # The demo's passwords are public, so its pages stay on this machine.
        address="127.0.0.1" if settings.demo else "0.0.0.0",
        port=settings.port,
        workers=settings.web_processes,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        working_dir=ROOT,
        log_dictconfig=loglines.config(settings.log_format),
    )
    try:
        web.serve()
    finally:
        draining.forget()


class Web(MPServer):
    """The server, which on SIGTERM first says that it is not ready, so that who shares the work out sends no more."""

    def __init__(self, drain_seconds: int, **options: Any) -> None:
        super().__init__(**options)
        self._drain_seconds = drain_seconds

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        """On SIGINT, the second signal, or without time to drain, stop at once; a stop finishes what is being done."""
        stop = super().signal_handler_interrupt
        if args[:1] != (signal.SIGTERM,) or not self._drain_seconds or draining.is_asked(os.getpid()):
            stop()
            return
        draining.ask()
        timer = threading.Timer(self._drain_seconds, stop)
        timer.daemon = True
        timer.start()


def fingerprint(root: Path) -> str:
    """Hash of the names and contents of everything that the built pages depend on."""
    found = hashlib.sha256()
    for path in sorted({path for pattern in _SOURCES for path in root.glob(pattern)}):
        relative = path.relative_to(root)
        if path.is_file() and not _stays_out_of_pages(relative):
            found.update(f"{relative}\0{path.stat().st_size}\0".encode())
            found.update(path.read_bytes())
    return found.hexdigest()


def _stays_out_of_pages(relative: Path) -> bool:
    in_billing = relative.parts[0] == "billing" and Path(relative.parts[1]).stem in _NEVER_IN_PAGES
    return in_billing or any(part in _MADE for part in relative.parts)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    folder = _reflex_dir()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _reflex_dir() -> Path:
    """Reflex's own folder, in the project instead of the home directory: a service account may have none."""
    return ROOT / "var" / "reflex"


def _run_build() -> None:
    print("Building the pages; this takes half a minute, longer when packages have to be fetched …", flush=True)
    # `env` adds to the environment that the child inherits, which here nobody needs to read.
    reflex = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    build = ["env", *_build_environment(), *reflex]
    done = subprocess.run(build, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        raise BuildFailed(done.stdout)


def _build_environment() -> list[str]:
    """Node and npm from our own environment, packages from the registry that npm is set to, nobody else asked."""
    scripts = sysconfig.get_path("scripts")
    path = os.pathsep.join([scripts, *os.get_exec_path()])
    ask = ["env", f"PATH={path}", "npm", "config", "get", "registry"]
    registry = subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()
    return [
        f"PATH={path}",
        f"REFLEX_DIR={_reflex_dir()}",
        "REFLEX_USE_NPM=1",
        "REFLEX_CHECK_LATEST_VERSION=0",
        f"NPM_CONFIG_REGISTRY={registry}",
        "NPM_CONFIG_OMIT_LOCKFILE_REGISTRY_RESOLVED=true",
        "NPM_CONFIG_FETCH_RETRIES=3",
        "NPM_CONFIG_AUDIT=false",
        "NPM_CONFIG_FUND=false",
        "NPM_CONFIG_UPDATE_NOTIFIER=false",
    ]


if __name__ == "__main__":
    sys.exit(main())
