"""Systems of a host, in memory."""

from dataclasses import dataclass, field

from billing.errors import BillingError, ProviderRefused
from billing.ports import Letter, UrlRefused


@dataclass
class FakeListeners:
    """Keeps what they were sent. fails: what the next sendings end in, before they arrive; lost: after that.

    refuses: what is in the messages that they never take.
    """

    got: list[Letter] = field(default_factory=list)
    fails: list[BillingError] = field(default_factory=list)
    lost: list[BillingError] = field(default_factory=list)
    refuses: str = ""

    def require_usable(self, url: str) -> None:
        if not url.startswith("https://") or url == "https://":
            raise UrlRefused(reason="scheme")

    def post(self, letter: Letter) -> None:
        if self.fails:
            raise self.fails.pop(0)
        if self.refuses and self.refuses in letter.body.decode():
            raise ProviderRefused(reason="http_422")
        self.got.append(letter)
        if self.lost:
            raise self.lost.pop(0)
