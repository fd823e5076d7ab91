"""`python -m dashboard.bench APP PORT` serves one of the apps of `dashboard.bench.apps` as production would."""

import sys

from granian import Granian
from granian.constants import Interfaces
from reflex_base.constants import Env
from reflex_base.environment import environment


def main(app: str, port: str) -> None:
    """Serve on this machine alone, until stopped."""
    environment.REFLEX_ENV_MODE.set(Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    Granian(
        target=f"dashboard.bench.apps:{app}", factory=True, interface=Interfaces.ASGI, address="127.0.0.1",
        port=int(port), workers=1, workers_kill_timeout=10,
    ).serve()  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
