"""The decisions on the pages of the company's own people."""

from tests.banking import mt940, received
from tests.matrix.decision import FINANCE, Decision

CUSTOMERS, LIGHTS, PUSHES = "/staff/customers", "/staff", "/staff/pushes"
RECEIPTS, MESSAGES = "ontvangsten van 1 ", " berichten"
NEVER_TOLD = """INSERT INTO gateway_seen (provider_key, kind, outcome, amount_cents, invoice_number, payer_name,
    changed_on, seen_at) VALUES ('AB', 'payment', 'succeeded', 100, '', '', '2026-01-01', '2026-01-01 00:00:00')"""
SEALED = """INSERT INTO day_record (day, version, receipts, red, coming, expected_cents, bank_cents, gateway_cents,
    books_cents, dashboard_cents, content, previous_hash, hash, made_at)
    VALUES ('2026-01-01', 1, 0, 0, 0, 0, 0, 0, 0, 0, '[]', '', 'the seal', '2026-01-02 00:00:00')"""

ASKED = (("ask", ("{account}",)),)
MONEY, STOPS = "/staff/money", "/staff/stops"
REMINDED = "Pauzeren, {word} klant"
RUNS = "/staff/runs"
FORESEEN = (("foresee", ("invoices",)),)
# Nothing has been invoiced by a run, but steps of reminders were taken.
AT_WORK = '"first": "2"'
HOLD = {"option": "hold", "until": "", "note": ""}
PAYER = "{word} betaler"
CHOOSING = ("choose", ("{line}",))
CHOSEN = (CHOOSING, ("choose_payer", ("{account}",)))

STAFF_EVENTS = {
    "StaffCustomersState.act": Decision(
        FINANCE, CUSTOMERS, ({"reason": "Vroeg erom"},), first=ASKED, shows='"path": "/"', writes=True
    ),
    "StaffCustomersState.ask": Decision(
        FINANCE, CUSTOMERS, ("{account}",), shows='"title": "Handelen namens {word} klant'
    ),
    "StaffCustomersState.ask_out": Decision(FINANCE, CUSTOMERS, ("one",), shows='"whom": "one"'),
    "StaffCustomersState.log_out": Decision(
        FINANCE, CUSTOMERS, ({"email": "{email}"},), first=(("ask_out", ("one",)),), writes=True
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
    "StaffLightsState.repair": Decision(FINANCE, LIGHTS, ("gateway:AB", "ask", []), writes=True, given=NEVER_TOLD),
    "StaffPushesState.load": Decision(FINANCE, PUSHES, shows=MESSAGES),
    "StaffPushesState.search": Decision(FINANCE, PUSHES, ("{invoice}",), shows=MESSAGES),
    "StaffPushesState.narrow": Decision(FINANCE, PUSHES, ("late",), shows=MESSAGES),
    "StaffPushesState.turn": Decision(FINANCE, PUSHES, (1,), shows=MESSAGES),
    "StaffPushesState.open": Decision(FINANCE, PUSHES, ("1",), shows="Bericht van "),
    "StaffPushesState.close": Decision(FINANCE, PUSHES, first=(("open", ("1",)),), shows=MESSAGES),
    "StaffPushesState.replay": Decision(FINANCE, PUSHES, first=(("open", ("1",)),), writes=True),
    "StaffMoneyState.load": Decision(FINANCE, MONEY, shows=PAYER),
    "StaffMoneyState.look_again": Decision(FINANCE, MONEY, shows=PAYER),
    "StaffMoneyState.turn": Decision(FINANCE, MONEY, (-1,), shows=PAYER),
    "StaffMoneyState.turn_matched": Decision(FINANCE, MONEY, (-1,), shows=PAYER),
    "StaffMoneyState.turn_statements": Decision(FINANCE, MONEY, (-1,), shows=PAYER),
    "StaffMoneyState.match": Decision(FINANCE, MONEY, ("{line}",), writes=True),
    "StaffMoneyState.choose": Decision(FINANCE, MONEY, ("{line}",), shows='"line": "{line}"'),
    "StaffMoneyState.search": Decision(
        FINANCE, MONEY, ("{word}",), first=(CHOOSING,), shows='"name": "{word} klant"'
    ),
    "StaffMoneyState.choose_payer": Decision(
        FINANCE, MONEY, ("{account}",), first=(CHOOSING,), shows='"payer": "{word} klant"'
    ),
    "StaffMoneyState.tick": Decision(FINANCE, MONEY, ("{invoice}",), first=CHOSEN, shows='"can_match": true'),
    "StaffMoneyState.pay": Decision(
        FINANCE, MONEY, first=(*CHOSEN, ("tick", ("{invoice}",))), writes=True
    ),
    "StaffMoneyState.keep": Decision(FINANCE, MONEY, first=CHOSEN, writes=True),
    "StaffMoneyState.belongs": Decision(
        FINANCE, MONEY, ("{origin}",), first=(("choose", ("{went_back}",)),), writes=True
    ),
    "StaffMoneyState.put_away": Decision(FINANCE, MONEY, ("other",), first=(CHOOSING,), writes=True),
    "StaffMoneyState.ask_undo": Decision(FINANCE, MONEY, ("{matched}",), shows='"key": "{matched}"'),
    "StaffMoneyState.undo": Decision(FINANCE, MONEY, first=(("ask_undo", ("{matched}",)),), writes=True),
    "StaffMoneyState.close": Decision(FINANCE, MONEY, shows=PAYER),
    "StaffStopsState.load": Decision(FINANCE, STOPS, shows=REMINDED),
    "StaffStopsState.turn": Decision(FINANCE, STOPS, (-1,), shows=REMINDED),
    "StaffStopsState.ask": Decision(FINANCE, STOPS, ("hold", "{account}"), shows="{word} klant pauzeren?"),
    "StaffStopsState.confirm": Decision(
        FINANCE, STOPS, (HOLD,), first=(("ask", ("hold", "{account}")),), writes=True
    ),
    "StaffStopsState.look": Decision(FINANCE, STOPS, ("{account}",), shows="Stoppen voor {word} klant?"),
    # Nothing there may be stopped, which only those are told who may ask.
    "StaffStopsState.propose": Decision(
        FINANCE, STOPS, ("{service}",), first=(("look", ("{account}",)),), shows="Niet alle voorwaarden kloppen"
    ),
    "StaffStopsState.proven": Decision(FINANCE, STOPS, shows=REMINDED),
    "StaffStopsState.unproven": Decision(FINANCE, STOPS, shows=REMINDED),
    "StaffRunsState.load": Decision(FINANCE, RUNS, shows=AT_WORK),
    "StaffRunsState.turn": Decision(FINANCE, RUNS, (-1,), shows=AT_WORK),
    "StaffRunsState.foresee": Decision(FINANCE, RUNS, ("invoices",), shows='"kind": "invoices"'),
    "StaffRunsState.start": Decision(FINANCE, RUNS, ({"because": ""},), first=FORESEEN, shows='"busy_rx_state_": true'),
    "StaffRunsState.work": Decision(FINANCE, RUNS, first=(*FORESEEN, ("start", ({"because": ""},))), writes=True),
    "StaffRunsState.close": Decision(FINANCE, RUNS, shows=AT_WORK),
    "StaffRunsState.proven": Decision(FINANCE, RUNS, shows=AT_WORK),
    "StaffRunsState.unproven": Decision(FINANCE, RUNS, shows=AT_WORK),
    "StaffStopsState.close": Decision(FINANCE, STOPS, shows=REMINDED),
}  # fmt: skip

STAFF_ROUTES = {
    "GET /files/lights/{name}": Decision(FINANCE, "/files/lights/2026-01-01.csv", shows="the seal", given=SEALED),
    "POST /files/bank": Decision(
        FINANCE, "/files/bank", mt940(*received("1,00"), closing="C261123EUR101,00"), shows='"reports"', writes=True
    ),
}
