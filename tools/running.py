"""A whole demo of one's own, on free ports and with new data."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.demo import answers
from tools.demo_options import ROOT, Options
from tools.processes import Stopped

# The pages are built first when their sources changed since the last build.
START_SECONDS = 300
STOP_SECONDS = 30
LAST_CHARACTERS = 4000


@contextmanager
def running(folder: Path) -> Iterator[Options]:
    """Web, worker and sandbox as `make demo` starts them, until the block ends; what they print is in its log.

    folder: where the data go. Raises Stopped when they do not start.
    """
    options = Options(port=_free_port(), sandbox_port=_free_sandbox_port(), data=folder, reset=False)
    settings = {"PORT": str(options.port), "SANDBOX_PORT": str(options.sandbox_port), "DATA": str(folder)}
    with options.log.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.demo"], cwd=ROOT, env=os.environ | settings, stdout=log,
            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _wait_until_ready(process, options)
            yield options
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=STOP_SECONDS)


def _wait_until_ready(process: subprocess.Popen[bytes], options: Options) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if answers(f"{options.url}/health/ready"):
            return
        time.sleep(0.2)
    raise Stopped(f"the demo did not start; its last lines:\n{options.log.read_text()[-LAST_CHARACTERS:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _free_sandbox_port() -> int:
    """A port that is free together with the one of the sandbox's mail server, 25 further on."""
    while True:
        port = _free_port()
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port + 25))
            except (OSError, OverflowError):
                continue
            return port
