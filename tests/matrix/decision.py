"""What a decision is: which right an action takes, and a valid call to try it with."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from billing.access import Permission


class Access(Enum):
    """What an action takes that is no right in an account.

    OPEN: nothing. OWN: being logged in; it is about oneself. MEMBER: any right at all in the account. HALF: a password
    that was given, with the second factor still to come. LOOKING: seeing the account through somebody
    else's eyes, or acting for it.
    FINANCE: being one of the company's own finance department.
    PRESENTER: being the one who shows a demo, in a demo.
    MACHINE: a key with the right scope, which no person has; see `machines`.
    """

    OPEN = "open"
    OWN = "own"
    MEMBER = "member"
    HALF = "half"
    LOOKING = "looking"
    FINANCE = "finance"
    PRESENTER = "presenter"
    MACHINE = "machine"


OPEN, OWN, MEMBER, HALF, LOOKING, FINANCE, PRESENTER, MACHINE = Access


@dataclass(frozen=True)
class Decision:
    """Who may do it, and a valid call.

    at: the address that is open; of a route the one that is asked for. sends: the arguments of an event by position,
    or of a route the fields of its form, or its body. first: events of the same page that go before.
    while_looking: whether it passes for who looks through somebody else's eyes; not said: when it writes nothing.
    half: it passes for a half session. mute: a no is not said, because no page of ours offers it to who may not.
    never: people who can't, whatever their rights. given: SQL that sets the scene.
    """

    needs: Permission | Access
    at: str = "/"
    sends: Any = ()
    shows: str = ""
    writes: bool = False
    first: tuple[tuple[str, Any], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    while_looking: bool | None = None
    half: bool = False
    mute: bool = False
    never: tuple[str, ...] = ()
    given: str = ""
