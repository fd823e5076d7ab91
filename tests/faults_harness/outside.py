"""The sandbox behind a line: it listens where the line ends, and is known by where the line begins.

python -m tests.faults_harness.outside PORT SMTP_PORT
"""

import sys
from dataclasses import replace

from billing import config
from billing.cli.processes import sandbox_settings
from billing.sandbox import serve


def main(port: str, smtp_port: str) -> None:
    """Serve until stopped."""
    serve(replace(sandbox_settings(config.load(demo=True)), port=int(port), smtp_port=int(smtp_port)))


if __name__ == "__main__":
    main(*sys.argv[1:])
