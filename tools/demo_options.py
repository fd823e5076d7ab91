"""What a run of the demo can be told, in the environment.

PORT, SANDBOX_PORT   where the dashboard and the sandbox listen; the sandbox's mail server takes SANDBOX_PORT + 25
RESET=1              forget the data of earlier runs
DATA                 folder of the data, `var` when not given; a second demo beside the first needs its own
ENGINE=postgresql    on PostgreSQL, `var/postgres`: a server of its own, or the empty database at DATABASE_URL
WEB, WORKERS         how many processes of each; several web processes share their states in Redis
VOLDAAN_BRAND_…      the look of a host, as an installation takes it
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tools import postgres, redis

ROOT = Path(__file__).parent.parent
SQLITE, POSTGRESQL = "sqlite", "postgresql"
MOST_PROCESSES = 16
# The name of its own database on PostgreSQL, and of the owner, who may do nothing that an ordinary owner may not.
NAME = "voldaan_demo"


class WrongOption(Exception):
    """An option of the command line that can't be used; the message says which and why."""


@dataclass(frozen=True)
class Options:
    """What a run of the demo was told. given_url: of a database that somebody else runs."""

    port: int
    sandbox_port: int
    data: Path
    reset: bool
    engine: str = SQLITE
    given_url: str = ""
    web: int = 1
    workers: int = 1

    @property
    def mail_port(self) -> int:
        return self.sandbox_port + 25

    @property
    def database(self) -> Path:
        """The file of a demo on SQLite."""
        return self.data / "demo.sqlite"

    @property
    def database_url(self) -> str:
        if self.engine == SQLITE:
            return f"sqlite:///{self.database}"
        return self.given_url or postgres.url_of(self.server, NAME, NAME)

    @property
    def server(self) -> Path:
        """The folder of a PostgreSQL server of its own."""
        return self.data / "server"

    @property
    def redis(self) -> Path:
        """The folder of a Redis of its own."""
        return self.data / "redis"

    @property
    def redis_url(self) -> str:
        """Empty when one web process keeps its own states: on SQLite, or without a Redis on this machine."""
        wants = self.web > 1 or (self.engine == POSTGRESQL and redis.redis_server())
        return redis.url_of(self.redis) if wants else ""

    @property
    def clock(self) -> Path:
        """The file by which its time is moved."""
        return self.data / f"{self.database.name}.clock"

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

    @property
    def sandbox_state(self) -> Path:
        return self.data / "sandbox.json"


def read_options(given: Mapping[str, str]) -> Options:
    """The options from the environment. Raises WrongOption."""
    engine = given.get("ENGINE") or SQLITE
    folder = ROOT / "var" / "postgres" if engine == POSTGRESQL else ROOT / "var"
    options = Options(
        port=_port("PORT", given.get("PORT") or "3000", highest=65535),
        sandbox_port=_port("SANDBOX_PORT", given.get("SANDBOX_PORT") or "3100", highest=65535 - 25),
        data=Path(given.get("DATA") or folder).absolute(),
        reset=given.get("RESET", "") not in {"", "0"},
        engine=engine,
        given_url=given.get("DATABASE_URL", "") if engine == POSTGRESQL else "",
        web=_count("WEB", given.get("WEB") or "1"),
        workers=_count("WORKERS", given.get("WORKERS") or "1"),
    )
    _require_fitting(options)
    return options


def _require_fitting(options: Options) -> None:
    if options.engine not in {SQLITE, POSTGRESQL}:
        raise WrongOption(f"ENGINE={options.engine} is none of {SQLITE} and {POSTGRESQL}.")
    if options.port in {options.sandbox_port, options.mail_port}:
        raise WrongOption(
            f"PORT={options.port} is one of the sandbox's, which uses SANDBOX_PORT and SANDBOX_PORT + 25."
        )
    if options.given_url and not options.given_url.startswith("postgresql://"):
        raise WrongOption("DATABASE_URL is not the address of a PostgreSQL database: postgresql://…")
    if options.given_url and options.reset:
        raise WrongOption("RESET=1 is for a server of its own: empty the database at DATABASE_URL yourself.")


def _port(name: str, text: str, *, highest: int) -> int:
    if not _is_number(text, highest):
        raise WrongOption(f"{name}={text} is not a port: give a whole number from 1 to {highest}.")
    return int(text)


def _count(name: str, text: str) -> int:
    if not _is_number(text, MOST_PROCESSES):
        raise WrongOption(f"{name}={text} is no number of processes: give a whole number from 1 to {MOST_PROCESSES}.")
    return int(text)


def _is_number(text: str, highest: int) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text) <= highest
