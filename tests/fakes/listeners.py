"""Systems of a host, in memory."""

from dataclasses import dataclass, field

from billing.errors import BillingError
from billing.ports import Letter, UrlRefused


@dataclass
class FakeListeners:
    """Keeps what they were sent. fails: what the next sendings end in, before they arrive; lost: after that."""

    got: list[Letter] = field(default_factory=list)
    fails: list[BillingError] = field(default_factory=list)
    lost: list[BillingError] = field(default_factory=list)

    def require_usable(self, url: str) -> None:
        if not url.startswith("https://"):
            raise UrlRefused(reason="scheme")

    def post(self, letter: Letter) -> None:
        if self.fails:
            raise self.fails.pop(0)
        self.got.append(letter)
        if self.lost:
            raise self.lost.pop(0)
