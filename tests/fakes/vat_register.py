"""A register of VAT numbers in memory."""

from billing.ports import VatReply, VatVerdict


class FakeVatRegister:
    """Every number belongs to somebody, but for those in `invalid`. down: why nobody answers; asked: all questions."""

    def __init__(self) -> None:
        self.invalid: set[str] = set()
        self.down = ""
        self.asked: list[tuple[str, str]] = []

    def check(self, number: str, requester: str) -> VatReply:
        self.asked.append((number, requester))
        if self.down:
            return VatReply(VatVerdict.UNAVAILABLE, reason=self.down)
        if number in self.invalid:
            return VatReply(VatVerdict.INVALID, consultation=f"WAPI{len(self.asked)}")
        return VatReply(VatVerdict.VALID, consultation=f"WAPI{len(self.asked)}", name="Onderneming")
