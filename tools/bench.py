"""`make bench`: `voldaan bench` on SQLite and on a PostgreSQL server of its own, which waits for the disk as it should.

Arguments go on to the command: `python -m tools.bench P2 P4 --json --size full`.
"""

import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType

from tools.postgres import kept_server

ROOT = Path(__file__).parent.parent
VOLDAAN = Path(sys.executable).with_name("voldaan")


def main() -> int:
    """The exit code of the benchmarks."""
    signal.signal(signal.SIGTERM, _stop)
    home = Path(tempfile.mkdtemp(prefix="voldaan-bench-pg-"))
    try:
        with (
            kept_server(home) as url,
            subprocess.Popen([VOLDAAN, "bench", "--postgres", url, *sys.argv[1:]], cwd=ROOT) as process,
        ):
            try:
                return process.wait()
            finally:
                process.terminate()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _stop(signum: int, frame: FrameType | None) -> None:
    sys.exit(128 + signum)


if __name__ == "__main__":
    sys.exit(main())
