"""Why a debit comes to nothing, in the banks' codes, and what follows from each. Pure.

Source: the external code set of ISO 20022 (ExternalReturnReason1Code), and what Dutch banks use it for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Response(StrEnum):
    """What happens to the mandate. STOP: it is worth nothing any more. PAUSE: nothing more until the customer says so.
    RETRY: one more time, announced anew. KEEP: nothing; it was not the customer."""

    STOP = "stop"
    PAUSE = "pause"
    RETRY = "retry"
    KEEP = "keep"


@dataclass(frozen=True)
class Reason:
    """key: which sentence tells it. points: how much it counts against the mandate. for_staff: a person must look.

    tells: whether the payer is written to.
    """

    key: str
    response: Response
    points: int = 3
    for_staff: bool = False
    tells: bool = True


# So many points since the last good collection, and none goes by itself any more.
POINTS_TO_PAUSE = 3
# Words of ours, where the bank says nothing: the gateway would not take an order, or never got it.
REFUSED, NEVER_ARRIVED = "refused", "never_arrived"

_R = Response
_DETAILS = Reason("details", _R.KEEP, points=0, for_staff=True)

REASONS: Mapping[str, Reason] = {
    "AM04": Reason("no_money", _R.RETRY, points=1),
    # Dutch banks use this one for a lack of money as well, so it counts no more than that.
    "MS03": Reason("not_said", _R.RETRY, points=1),
    "AC01": Reason("wrong_account", _R.PAUSE),
    "AC04": Reason("account_closed", _R.STOP),
    "AC06": Reason("account_blocked", _R.STOP),
    "AC13": Reason("consumer_account", _R.STOP),
    "AG01": Reason("not_possible", _R.PAUSE),
    "AG02": Reason("not_possible", _R.PAUSE, for_staff=True),
    "AM05": Reason("duplicate", _R.KEEP, points=0, for_staff=True),
    "BE05": Reason("creditor_unknown", _R.PAUSE, points=0, for_staff=True),
    "MD01": Reason("no_mandate", _R.STOP, for_staff=True),
    "MD02": Reason("mandate_data", _R.PAUSE, points=0, for_staff=True),
    "MD06": Reason("taken_back", _R.PAUSE),
    # Nobody writes to the dead, and nothing goes on by itself.
    "MD07": Reason("holder_died", _R.STOP, for_staff=True, tells=False),
    "MS02": Reason("refused_by_payer", _R.PAUSE),
    "RC01": _DETAILS,
    "RR01": _DETAILS,
    "RR02": _DETAILS,
    "RR03": _DETAILS,
    "RR04": _DETAILS,
    "SL01": Reason("blocked_by_payer", _R.PAUSE),
    REFUSED: Reason("not_taken", _R.KEEP, points=0, for_staff=True),
    NEVER_ARRIVED: Reason("not_taken", _R.RETRY, points=0, for_staff=True),
}
UNHEARD_OF = Reason("unknown", _R.PAUSE, for_staff=True)


def reason_of(code: str) -> Reason:
    """What follows from a code; from one that nobody has heard of, that people are asked."""
    return REASONS.get(code, UNHEARD_OF)
