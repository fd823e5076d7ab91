"""The app on somebody's phone, by the real clock: its codes count for half a minute and only once."""

import time

from passlib.totp import TOTP

PERIOD_SECONDS = 30
# So long a browser may take to bring a code to the server.
NEEDED_SECONDS = 10


class Phone:
    """Shows a code only when there is time to give it, and never the same one again."""

    def __init__(self, app: TOTP) -> None:
        self._app, self._last_step = app, 0.0

    def code(self) -> str:
        """A code to give at once; comes after half a minute at most."""
        step, passed = divmod(time.time(), PERIOD_SECONDS)
        if step <= self._last_step or passed > PERIOD_SECONDS - NEEDED_SECONDS:
            time.sleep(PERIOD_SECONDS - passed)
            step += 1
        self._last_step = step
        return str(self._app.generate(time=step * PERIOD_SECONDS).token)
