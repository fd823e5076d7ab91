"""Leaked passwords in memory."""

from billing.ports import LeakReply, LeakVerdict


class FakeLeaks:
    """Knows the passwords it is given. down: why nobody answers; asked: all questions."""

    def __init__(self, *known: str, down: str = "") -> None:
        self.known, self.down = set(known), down
        self.asked: list[str] = []

    def look_up(self, password: str) -> LeakReply:
        self.asked.append(password)
        if self.down:
            return LeakReply(LeakVerdict.UNAVAILABLE, self.down)
        return LeakReply(LeakVerdict.LEAKED if password in self.known else LeakVerdict.UNKNOWN)
