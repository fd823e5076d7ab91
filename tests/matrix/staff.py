"""The decisions on the pages of the company's own people."""

from tests.matrix.decision import FINANCE, Decision

CUSTOMERS = "/staff/customers"

STAFF_EVENTS = {
    "StaffCustomersState.load": Decision(FINANCE, CUSTOMERS, shows="{word}stad"),
    "StaffCustomersState.search": Decision(FINANCE, CUSTOMERS, ("{word} klant",), shows="{word}stad"),
    "StaffCustomersState.turn": Decision(FINANCE, CUSTOMERS, (-1,), shows="{word}stad"),
}
