"""Limits on how often something may be asked of us, for what comes from outside without a log-in, or with one."""

from datetime import datetime

from billing import rates
from billing.errors import LoginThrottled
from billing.rates import Limit
from dashboard import wiring
from dashboard.run import ask, do

# By address and link. Many people may share one address, and a page that is open loads again by itself.
PAYING = Limit("pay", times=10)
ANSWERING = Limit("answer", times=10)
PAY_PAGES = Limit("pay page", times=60)
REMINDER_PAGES = Limit("reminder page", times=60)
# By address. Each question to a device is kept until it is answered, so nobody may ask without end.
QUESTIONS = Limit("passkey question", times=20)
# What mailed links are used for takes a slow digest of a password.
MAILED_LINKS = Limit("mailed link", times=30)
# Only what was refused counts, so that a forger never keeps the gateway out, at whatever address.
REFUSALS = Limit("refused message", times=60)
# By person, who hands in several files at once.
BANK_FILES = Limit("bank file", times=60)


# What this process has counted ahead and not done yet, by limit, who, and when the window began.
_ahead: dict[tuple[Limit, str, datetime], int] = {}
_MOST_AHEAD = 10_000


async def allows(limit: Limit, who: str) -> bool:
    """Whether it may be done now; counts it when it may."""
    return not await wait((limit, who))


async def wait(*asked: rates.Asked) -> int:
    """The seconds to wait when a limit is reached, and 0 when it may be done, which then is counted."""
    now = wiring.billing().clock.now()
    short = [(limit, who) for limit, who in asked if not _spent(limit, who, now)]
    if not short:
        return 0
    if seconds := await ask(rates.over, short):
        return seconds
    counted = await do(rates.take_ahead, short)
    for (limit, who), more in zip(short, counted, strict=True):
        _keep(limit, who, now, more - 1)
    refused = [limit for (limit, _), more in zip(short, counted, strict=True) if not more]
    return max((limit.seconds_left(now) for limit in refused), default=0)


async def require(limit: Limit, who: str) -> None:
    """Raises LoginThrottled when it was done too often."""
    if seconds := await wait((limit, who)):
        raise LoginThrottled(retry_after=seconds)


def _spent(limit: Limit, who: str, now: datetime) -> bool:
    """Whether one that was counted ahead could be used."""
    place = (limit, who, limit.began_at(now))
    if not _ahead.get(place):
        return False
    _ahead[place] -= 1
    return True


def _keep(limit: Limit, who: str, now: datetime, more: int) -> None:
    if more > 0:
        if len(_ahead) >= _MOST_AHEAD:
            # They stay counted and unused, which keeps the limit all the same.
            _ahead.clear()
        place = (limit, who, limit.began_at(now))
        _ahead[place] = _ahead.get(place, 0) + more
