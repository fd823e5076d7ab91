"""The decisions on the pages of the company's own people."""

from tests.banking import mt940, received
from tests.matrix.decision import FINANCE, Decision

CUSTOMERS, MONEY, STOPS = "/staff/customers", "/staff/money", "/staff/stops"
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
    "StaffCustomersState.load": Decision(FINANCE, CUSTOMERS, shows="{word}stad"),
    "StaffCustomersState.search": Decision(FINANCE, CUSTOMERS, ("{word} klant",), shows="{word}stad"),
    "StaffCustomersState.turn": Decision(FINANCE, CUSTOMERS, (-1,), shows="{word}stad"),
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
    "POST /files/bank": Decision(
        FINANCE, "/files/bank", mt940(*received("1,00"), closing="C261123EUR101,00"), shows='"reports"', writes=True
    ),
}
