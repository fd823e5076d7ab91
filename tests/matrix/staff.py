"""The decisions on the pages of the company's own people."""

from tests.matrix.decision import FINANCE, Decision

CUSTOMERS = "/staff/customers"

ASKED = (("ask", ("{account}",)),)

STAFF_EVENTS = {
    "StaffCustomersState.act": Decision(
        FINANCE, CUSTOMERS, ({"reason": "Vroeg erom"},), first=ASKED, shows='"path": "/"', writes=True
    ),
    "StaffCustomersState.ask": Decision(
        FINANCE, CUSTOMERS, ("{account}",), shows='"title": "Handelen namens {word} klant'
    ),
    "StaffCustomersState.close": Decision(FINANCE, CUSTOMERS, shows="{word}stad"),
    "StaffCustomersState.proven": Decision(FINANCE, CUSTOMERS, shows="{word}stad"),
    "StaffCustomersState.unproven": Decision(FINANCE, CUSTOMERS, shows="{word}stad"),
    "StaffCustomersState.load": Decision(FINANCE, CUSTOMERS, shows="{word}stad"),
    "StaffCustomersState.search": Decision(FINANCE, CUSTOMERS, ("{word} klant",), shows="{word}stad"),
    "StaffCustomersState.turn": Decision(FINANCE, CUSTOMERS, (-1,), shows="{word}stad"),
}
