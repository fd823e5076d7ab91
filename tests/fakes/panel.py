"""A hosting control panel in memory."""

from billing.errors import ProviderRefused, ProviderUnclear
from billing.ports import DesiredState, ServiceNotice


class FakePanel:
    """Keeps what it was told. down: answers nothing for now; refuses: will never take anything."""

    def __init__(self) -> None:
        self.told: list[DesiredState] = []
        self.news: list[ServiceNotice] = []
        self.down = False
        self.refuses = False

    def apply(self, desired: DesiredState) -> None:
        self._answer()
        self.told.append(desired)

    def tell(self, notice: ServiceNotice) -> None:
        self._answer()
        self.news.append(notice)

    def _answer(self) -> None:
        if self.down:
            raise ProviderUnclear(reason="ConnectError")
        if self.refuses:
            raise ProviderRefused(reason="http_422")
