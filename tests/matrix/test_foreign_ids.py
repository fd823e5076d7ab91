"""An owner who names what is of another account gets the very answer that what does not exist gets."""

import re

import pytest

from tests.matrix.decision import FINANCE, MACHINE, OPEN
from tests.matrix.decisions import ACTIONS
from tests.matrix.world import THEIRS

# The word is no id; who holds a token of a link or a payment may use it, whoever that is. What hangs on a service is
# only looked for in the window about that service, and opening that writes.
_NO_IDS = {
    "word", "email", "payment", "pay_link", "reminder", "pending", "app_code", "code", "passkey_answer", "new_passkey",
    "hanging",
}  # fmt: skip


def named(action: str) -> set[str]:
    """The kinds of id that an action names."""
    decision = ACTIONS[action]
    texts = f"{decision.at} {decision.sends} {decision.first}"
    # The company's own people name what is of any customer.
    return set() if decision.needs in {OPEN, FINANCE, MACHINE} else set(re.findall(r"\{(\w+)\}", texts)) - _NO_IDS


CASES = [(action, kind) for action in sorted(ACTIONS) for kind in sorted(named(action))]


@pytest.mark.parametrize(("action", "kind"), CASES)
def test_a_foreign_id_is_one_that_does_not_exist(new_stage, action, kind):
    answers = []
    for others in ("theirs", "nobodys"):
        stage = new_stage()
        asked_for = getattr(stage.world, others)[kind]
        answer = stage.do(action, "owner", {kind: asked_for})
        assert not stage.changed
        assert THEIRS not in answer.text
        answers.append(answer.text.replace(asked_for, kind))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(("action", "kind"), CASES)
def test_with_the_own_id_the_answer_is_another(new_stage, action, kind):
    ours = new_stage().do(action, "owner")
    stage = new_stage()
    theirs = stage.do(action, "owner", {kind: stage.world.theirs[kind]})
    assert ours.text.replace(stage.ids("owner")[kind], kind) != theirs.text.replace(stage.world.theirs[kind], kind)


def test_there_are_ids_to_try():
    assert {kind for _, kind in CASES} == {
        "account", "domain", "invited", "invoice", "lot", "member", "note", "overpaid", "package", "passkey",
        "service", "session",
    }  # fmt: skip
