"""What can go wrong between us and a gateway, to be arranged by a test."""

from billing.errors import ProviderUnclear


class GatewayLine:
    """Set `down` to make every call fail before it is sent."""

    def __init__(self) -> None:
        self.down = False
        self._lose_order = self._lose_answer = False
        self._refusal = ""

    def lose_next_order(self) -> None:
        """The next order, of money or of a mandate, times out before the gateway got it."""
        self._lose_order = True

    def lose_next_answer(self) -> None:
        """The next order is done, but its answer never comes."""
        self._lose_answer = True

    def refuse_next(self, reason: str) -> None:
        """The next order is refused as not valid."""
        self._refusal = reason

    def take_refusal(self) -> str:
        """Why this order is refused; empty for no refusal."""
        reason, self._refusal = self._refusal, ""
        return reason

    def check(self) -> None:
        """Raises ProviderUnclear when the line is down."""
        if self.down:
            raise ProviderUnclear(reason="ConnectError", sent=False)

    def take_order(self) -> None:
        """Raises ProviderUnclear when this order does not arrive."""
        self.check()
        if self._lose_order:
            self._lose_order = False
            raise ProviderUnclear(reason="ReadTimeout", sent=True)

    def answer(self) -> None:
        """Raises ProviderUnclear when this answer does not arrive."""
        if self._lose_answer:
            self._lose_answer = False
            raise ProviderUnclear(reason="ReadTimeout", sent=True)
