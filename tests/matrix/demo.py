"""The decisions on the page of who shows the demo."""

from tests.matrix.decision import PRESENTER, Decision

DEMO = "/demo"
# The stories are about a customer of this name.
BAKERY = "UPDATE account SET name = 'Bakkerij De Korenaar' WHERE id = (SELECT min(id) FROM account)"

DEMO_EVENTS = {
    "DemoState.load": Decision(PRESENTER, DEMO, shows="Verhaal 1 van 8"),
    "DemoState.choose": Decision(PRESENTER, DEMO, ("storno",), shows="Verhaal 3 van 8"),
    "DemoState.wait": Decision(PRESENTER, DEMO, shows="Verhaal 1 van 8"),
    "DemoState.press": Decision(PRESENTER, DEMO, writes=True, given=BAKERY),
    "DemoState.move": Decision(PRESENTER, DEMO, ("1",), writes=True),
    "DemoState.move_to_event": Decision(PRESENTER, DEMO, writes=True),
    "DemoState.turn": Decision(PRESENTER, DEMO, ("mail_down",), shows='"on": "true"'),
    "StageState.move": Decision(PRESENTER, DEMO, ("1",), writes=True),
    "StageState.move_to_event": Decision(PRESENTER, DEMO, writes=True),
    # There is nothing to go back to, which only the one is told who may ask.
    "DemoState.reset_all": Decision(PRESENTER, DEMO, shows="geen begin bewaard"),
}
