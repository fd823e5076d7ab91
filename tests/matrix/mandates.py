"""Who may give, change and take back a standing mandate."""

from billing.access import Permission
from tests.matrix.decision import OPEN, Decision

_P = Permission
MANDATE = "/account/mandate"
BANK, PAYING = "https://gateway.test/mandate/", "https://gateway.test/pay/"
HOLDER = "{word} rekening"
CORE = {"scheme": "core", "maximum": ""}

MANDATE_EVENTS: dict[str, Decision] = {
    "MandateState.load": Decision(_P.MANDATE_VIEW, MANDATE, shows=HOLDER),
    "MandateState.sign": Decision(_P.MANDATE_MANAGE, MANDATE, (CORE,), shows=BANK, writes=True),
    "MandateState.pay_first": Decision(
        _P.MANDATE_MANAGE, MANDATE, ({"number": "{invoice}", "agreed": "on"},), shows=PAYING, writes=True
    ),
    "MandateState.ask": Decision(OPEN, MANDATE, ("withdraw",), shows='"act": "withdraw"'),
    "MandateState.confirm": Decision(_P.MANDATE_MANAGE, MANDATE, first=(("ask", ("withdraw",)),), writes=True),
    "MandateState.close": Decision(OPEN, MANDATE, shows='"act": ""'),
    "MandateState.proven": Decision(OPEN, MANDATE, shows='"is_open": false'),
    "MandateState.unproven": Decision(OPEN, MANDATE, shows='"is_open": false'),
}
