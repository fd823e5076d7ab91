"""Limits on how often something may be asked of us, for what comes from outside without a log-in, or with one."""

from billing import rates
from billing.errors import LoginThrottled
from billing.rates import Limit
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


async def allows(limit: Limit, who: str) -> bool:
    """Whether it may be done now; counts it when it may."""
    return not await wait((limit, who))


async def wait(*asked: rates.Asked) -> int:
    """The seconds to wait when a limit is reached, and 0 when it may be done, which then is counted."""
    return await ask(rates.over, asked) or await do(rates.take, asked)


async def require(limit: Limit, who: str) -> None:
    """Raises LoginThrottled when it was done too often."""
    if seconds := await wait((limit, who)):
        raise LoginThrottled(retry_after=seconds)
