"""A Redis of our own, in which the web processes of a demo keep the states of open pages, for as long as it runs."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import ConnectionError as CannotConnect
from redis import Redis

from tools.sockets import make_socket_folder, socket_folder
from tools.system import Missing, install_packages

START_SECONDS = 10
_PACKAGES = {"apt-get": ["redis-server"], "dnf": ["redis"], "brew": ["redis"]}


def require_redis() -> None:
    """Make sure that there is a Redis, installing it where that is allowed. Raises Missing."""
    if not redis_server():
        install_packages("Redis", _PACKAGES)
    if not redis_server():
        raise Missing("Several web processes need Redis, and installing it did not bring one. Install it by hand.")


def redis_server() -> str | None:
    """Path of the server's program, or None."""
    return shutil.which("redis-server")


def url_of(home: Path) -> str:
    """Where the server of `home` answers while it runs."""
    return f"unix://{socket_folder(home) / 'redis.sock'}"


@contextmanager
def running(home: Path) -> Iterator[None]:
    """A server that answers at `url_of(home)` and keeps nothing on disk but its log."""
    home.mkdir(parents=True, exist_ok=True)
    folder, log = make_socket_folder(home, os.geteuid()), home / "server.log"
    options = ["--port", "0", "--unixsocket", str(folder / "redis.sock"), "--save", "", "--appendonly", "no"]
    with log.open("a") as output:
        command = [redis_server() or "redis-server", *options, "--dir", str(home)]
        # A session of its own: Ctrl-C at the terminal is for the demo, which stops its parts in order.
        process = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)
    try:
        _wait_until_ready(process, url_of(home), log)
        yield
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with Redis.from_url(url) as client:
                client.ping()
        except CannotConnect:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"Redis did not start:\n{log.read_text()}")
