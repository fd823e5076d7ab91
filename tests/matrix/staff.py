"""The decisions on the pages of the company's own people."""

from tests.matrix.decision import FINANCE, Decision

CUSTOMERS, LIGHTS, PUSHES = "/staff/customers", "/staff", "/staff/pushes"
RECEIPTS, MESSAGES = "ontvangsten van 1 ", " berichten"
NEVER_TOLD = """INSERT INTO gateway_seen (provider_key, kind, outcome, amount_cents, invoice_number, payer_name,
    changed_on, seen_at) VALUES ('AB', 'payment', 'succeeded', 100, '', '', '2026-01-01', '2026-01-01 00:00:00')"""
SEALED = """INSERT INTO day_record (day, version, receipts, red, coming, expected_cents, bank_cents, gateway_cents,
    books_cents, dashboard_cents, content, previous_hash, hash, made_at)
    VALUES ('2026-01-01', 1, 0, 0, 0, 0, 0, 0, 0, 0, '[]', '', 'the seal', '2026-01-02 00:00:00')"""

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
    "StaffLightsState.load": Decision(FINANCE, LIGHTS, shows=RECEIPTS),
    "StaffLightsState.show": Decision(
        FINANCE, LIGHTS, ({"first": "2026-01-01", "last": "2026-01-31"},), shows="van 1 januari"
    ),
    "StaffLightsState.turn": Decision(FINANCE, LIGHTS, (1,), shows=RECEIPTS),
    "StaffLightsState.look_now": Decision(FINANCE, LIGHTS, writes=True),
    "StaffLightsState.repair": Decision(FINANCE, LIGHTS, ("gateway:AB", "ask"), writes=True, given=NEVER_TOLD),
    "StaffPushesState.load": Decision(FINANCE, PUSHES, shows=MESSAGES),
    "StaffPushesState.search": Decision(FINANCE, PUSHES, ("{invoice}",), shows=MESSAGES),
    "StaffPushesState.narrow": Decision(FINANCE, PUSHES, ("late",), shows=MESSAGES),
    "StaffPushesState.turn": Decision(FINANCE, PUSHES, (1,), shows=MESSAGES),
    "StaffPushesState.open": Decision(FINANCE, PUSHES, ("1",), shows="Bericht van "),
    "StaffPushesState.close": Decision(FINANCE, PUSHES, first=(("open", ("1",)),), shows=MESSAGES),
    "StaffPushesState.replay": Decision(FINANCE, PUSHES, first=(("open", ("1",)),), writes=True),
}
STAFF_ROUTES = {
    "GET /files/lights/{name}": Decision(FINANCE, "/files/lights/2026-01-01.csv", shows="the seal", given=SEALED),
}
