"""`make demo`: everything on this machine, with demo data and a sandbox in place of the outside world.

PORT, SANDBOX_PORT   where the dashboard and the sandbox listen; the sandbox's mail server takes SANDBOX_PORT + 25
RESET=1              forget the data of earlier runs
DATA                 folder of the data, `var` when not given; a second demo beside the first needs its own
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from tools.processes import Group, Stopped

ROOT = Path(__file__).parent.parent
VOLDAAN = Path(sys.executable).with_name("voldaan")
# The first start downloads and builds the pages, which on a slow line takes its time.
START_SECONDS = 900

LOG_INS = {
    "eigenaar@demo.test": "owner of Bakkerij De Korenaar",
    "boekhouder@demo.test": "bookkeeper of Bakkerij De Korenaar and Fietsclub Het Wiel",
    "penningmeester@demo.test": "treasurer of Fietsclub Het Wiel, until a date",
    "voorzitter@demo.test": "owner of Fietsclub Het Wiel",
    "techniek@demo.test": "technician of Bakkerij De Korenaar, no invoices",
    "finance@demo.test": "staff, finance",
    "finance2@demo.test": "staff, finance lead",
    "presenter@demo.test": "presenter console, /demo",
}


class WrongOption(Exception):
    """An option of the command line that can't be used; the message says which and why."""


@dataclass(frozen=True)
class Options:
    """What a run of the demo was told."""

    port: int
    sandbox_port: int
    data: Path
    reset: bool

    @property
    def mail_port(self) -> int:
        return self.sandbox_port + 25

    @property
    def database(self) -> Path:
        return self.data / "demo.sqlite"

    @property
    def sandbox_state(self) -> Path:
        return self.data / "sandbox.json"

    @property
    def log(self) -> Path:
        """What the processes say, each line behind the name of the process, where nobody watches them."""
        return self.data / "demo.log"

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def sandbox_url(self) -> str:
        return f"http://localhost:{self.sandbox_port}"


def main() -> int:
    """Run the demo until Ctrl-C. Exit code 0 after that, 1 when a part stopped, 2 for a wrong option."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, _stop)
    try:
        options = read_options(os.environ)
        require_free_ports(options)
        run(options)
    except WrongOption as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except Stopped as stopped:
        print(f"\n{stopped}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nThe demo has stopped; its data stay for the next run.")
    return 0


def read_options(given: Mapping[str, str]) -> Options:
    """The options from the environment. Raises WrongOption."""
    options = Options(
        port=_port("PORT", given.get("PORT") or "3000", highest=65535),
        sandbox_port=_port("SANDBOX_PORT", given.get("SANDBOX_PORT") or "3100", highest=65535 - 25),
        data=Path(given.get("DATA") or ROOT / "var").absolute(),
        reset=given.get("RESET", "") not in {"", "0"},
    )
    if options.port in {options.sandbox_port, options.mail_port}:
        raise WrongOption(
            f"PORT={options.port} is one of the sandbox's, which uses SANDBOX_PORT and SANDBOX_PORT + 25."
        )
    return options


def require_free_ports(options: Options) -> None:
    """Raises WrongOption when something else listens where the demo wants to."""
    wanted = {"PORT": options.port, "SANDBOX_PORT": options.sandbox_port, "SANDBOX_PORT + 25": options.mail_port}
    for name, port in wanted.items():
        if not _is_free(port):
            choose = name.split(" ")[0]
            raise WrongOption(
                f"Port {port} ({name}) is in use by another program. Stop that, or choose another: make demo {choose}=…"
            )


def run(options: Options) -> None:
    """Prepare the data, start all parts and watch them. Returns never; raises Stopped or KeyboardInterrupt."""
    environment = settings(options, os.environ)
    prepare_data(options, environment)
    with Group(environment, folder=ROOT) as parts:
        parts.start("sandbox", [VOLDAAN, "sandbox"])
        parts.start("worker", [VOLDAAN, "worker"])
        parts.start("web", [VOLDAAN, "serve"])
        deadline = time.monotonic() + START_SECONDS
        for url in (f"{options.sandbox_url}/mailbox.json", f"{options.url}/health/ready"):
            while not answers(url):
                parts.require_all_running()
                if time.monotonic() > deadline:
                    raise Stopped(f"{url} did not answer within {START_SECONDS // 60} minutes.")
                time.sleep(0.2)
        print(welcome(options), flush=True)
        while True:
            parts.require_all_running()
            time.sleep(0.2)


def settings(options: Options, inherited: Mapping[str, str]) -> dict[str, str]:
    """The environment of the parts. Settings of another installation on this machine stay out of the demo."""
    own = {name: value for name, value in inherited.items() if not name.startswith("VOLDAAN_")}
    return own | {
        "VOLDAAN_DEMO": "1",
        "VOLDAAN_DATABASE_URL": f"sqlite:///{options.database}",
        "VOLDAAN_PORT": str(options.port),
        "VOLDAAN_PUBLIC_URL": options.url,
        "VOLDAAN_SANDBOX_PORT": str(options.sandbox_port),
        "VOLDAAN_SANDBOX_SMTP_PORT": str(options.mail_port),
        "VOLDAAN_SANDBOX_STATE": str(options.sandbox_state),
        "PYTHONUNBUFFERED": "1",
    }


def prepare_data(options: Options, environment: dict[str, str]) -> None:
    """Migrate the database, and seed it when it is new. Raises Stopped when either fails."""
    options.data.mkdir(parents=True, exist_ok=True)
    if options.reset:
        for path in (*options.data.glob(f"{options.database.name}*"), options.sandbox_state):
            path.unlink(missing_ok=True)
    seeded = options.data / f"{options.database.name}.seeded"
    commands = [["migrate"]] if seeded.exists() else [["migrate"], ["seed", "--demo"]]
    for command in commands:
        if subprocess.run([VOLDAAN, *command], env=environment, cwd=ROOT, check=False).returncode != 0:
            raise Stopped(f"`voldaan {' '.join(command)}` failed; its message is above.")
    seeded.touch()


def welcome(options: Options) -> str:
    """What is printed when all parts answer."""
    rows = "\n".join(f"  {log_in:<26}{who}" for log_in, who in LOG_INS.items())
    return (
        f"\nOpen {options.url}\n\n"
        f"Log in with the password voldaan-demo as\n{rows}\n\n"
        f"Mails are in {options.sandbox_url}/mailbox, Ctrl-C stops everything.\n"
    )


def answers(url: str) -> bool:
    """Whether one of the demo's servers answers with success."""
    try:
        # A proxy that is set for the outside world knows nothing of this machine.
        with build_opener(ProxyHandler({})).open(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _port(name: str, text: str, *, highest: int) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= highest:
        raise WrongOption(f"{name}={text} is not a port: give a whole number from 1 to {highest}.")
    return int(text)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _stop(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
