"""The Dutch control page: the switches of the control API as buttons."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from billing.sandbox.catalogue import OWN_IBAN
from billing.sandbox.reasons import CODES
from billing.sandbox.views import page
from billing.sandbox.world import World

ROWS = 25


def control_page(world: World) -> Callable[[Request], Awaitable[Response]]:
    """The handler of GET /control."""

    async def show(request: Request) -> Response:
        return page(
            "control.html",
            now=world.clock.now(),
            website=world.website,
            faults=world.faults,
            counts=world.pushes.counts(),
            transactions=world.transactions.latest(ROWS),
            total=len(world.transactions),
            deliveries=world.pushes.log(limit=ROWS),
            mails=len(world.mailbox.all()),
            settings=world.settings,
            reasons=CODES,
            own_iban=OWN_IBAN,
        )

    return show
