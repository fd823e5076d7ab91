"""`make demo` and `make demo-postgres`: everything on this machine, a sandbox in place of the outside world.

Its options are those of tools/demo_options.py.
"""

import os
import signal
import socket
import sys
import time
from types import FrameType
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from tools import redis
from tools.demo_data import VOLDAAN, prepare_data, servers, settings
from tools.demo_options import POSTGRESQL, ROOT, Options, WrongOption, read_options
from tools.processes import Group, Stopped
from tools.system import Missing

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


def main() -> int:
    """Run the demo until Ctrl-C. Exit code 0 after that, 1 when a part stopped, 2 for a wrong option."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, _stop)
    try:
        options = read_options(os.environ)
        require_free_ports(options)
        require_redis(options)
        run(options)
    except WrongOption as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except (Stopped, Missing, RuntimeError) as stopped:
        print(f"\n{stopped}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nThe demo has stopped; its data stay for the next run.")
    return 0


def require_free_ports(options: Options) -> None:
    """Raises WrongOption when something else listens where the demo wants to."""
    wanted = {"PORT": options.port, "SANDBOX_PORT": options.sandbox_port, "SANDBOX_PORT + 25": options.mail_port}
    for name, port in wanted.items():
        if not _is_free(port):
            choose = name.split(" ")[0]
            raise WrongOption(
                f"Port {port} ({name}) is in use by another program. Stop that, or choose another: make demo {choose}=…"
            )


def require_redis(options: Options) -> None:
    """Install Redis where it is wanted and may be; one web process does without. Raises Missing for several."""
    try:
        if options.engine == POSTGRESQL or options.web > 1:
            redis.require_redis()
    except Missing as missing:
        if options.web > 1:
            raise
        print(f"The web process keeps its own states, because there is no Redis. {missing}", flush=True)


def run(options: Options) -> None:
    """Prepare the data, start all parts and watch them. Returns never; raises Stopped or KeyboardInterrupt."""
    environment = settings(options, os.environ)
    with servers(options):
        prepare_data(options, environment)
        with Group(environment, folder=ROOT) as parts:
            parts.start("sandbox", [VOLDAAN, "sandbox"])
            parts.start("worker", [VOLDAAN, "worker"], count=options.workers)
            parts.start("web", [VOLDAAN, "serve"])
            _wait_until_all_answer(options, parts)
            print(welcome(options), flush=True)
            while True:
                parts.require_running()
                time.sleep(0.2)


def welcome(options: Options) -> str:
    """What is printed when all parts answer."""
    rows = "\n".join(f"  {log_in:<26}{who}" for log_in, who in LOG_INS.items())
    return (
        f"\nOpen {_url(options.port, '')}\n\n"
        f"Log in with the password voldaan-demo as\n{rows}\n\n"
        f"Mails are in {_url(options.sandbox_port, '/mailbox')}, Ctrl-C stops everything.\n{_own_server(options)}"
    )


def _wait_until_all_answer(options: Options, parts: Group) -> None:
    deadline = time.monotonic() + START_SECONDS
    for url in (_url(options.sandbox_port, "/mailbox.json"), _url(options.port, "/health/ready")):
        while not _answers(url):
            parts.require_running()
            if time.monotonic() > deadline:
                raise Stopped(f"{url} did not answer within {START_SECONDS // 60} minutes.")
            time.sleep(0.2)


def _own_server(options: Options) -> str:
    """Where to look into the database of a server that only this demo uses."""
    is_own = options.engine == POSTGRESQL and not options.given_url
    return f"Its database is {options.database_url}\n" if is_own else ""


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _url(port: int, path: str) -> str:
    return f"http://localhost:{port}{path}"


def _answers(url: str) -> bool:
    try:
        # A proxy that is set for the outside world knows nothing of this machine.
        with build_opener(ProxyHandler({})).open(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _stop(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
