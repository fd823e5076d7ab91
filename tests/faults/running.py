"""An invoice run in a process of its own, for tests that kill it or have two at once.

It does what `voldaan invoices run` does, in small chunks, once it has said that it is ready and been told to go.
"""

import sys

from billing.cli import app
from billing.runs import service as runs

READY, CHUNK = "ready", 4


def main() -> None:
    """Run until nothing is due. The arguments are those of `voldaan`."""
    runs.CHUNK = CHUNK
    print(READY, flush=True)
    sys.stdin.readline()
    app()


if __name__ == "__main__":
    main()
