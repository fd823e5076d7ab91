"""A hosting control panel in memory."""

from billing.errors import ProviderRefused, ProviderUnclear
from billing.ports import DesiredState


class FakePanel:
    """Keeps what it was told. down: answers nothing for now; refuses: will never take anything."""

    def __init__(self) -> None:
        self.told: list[DesiredState] = []
        self.down = False
        self.refuses = False

    def apply(self, desired: DesiredState) -> None:
        if self.down:
            raise ProviderUnclear(reason="ConnectError")
        if self.refuses:
            raise ProviderRefused(reason="http_422")
        self.told.append(desired)
