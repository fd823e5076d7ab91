"""The rights of everybody, action by action: who has the right gets through, who has not changes and learns nothing."""

import pytest

from tests.matrix.calls import filled
from tests.matrix.decisions import ACTIONS, MEMBER, OPEN, OWN, REVEALS, Decision
from tests.matrix.world import ROLES, THEIRS, Person

PEOPLE = [*ROLES, "nobody", "half", "ended", "looking"]


def may(person: Person, decision: Decision) -> bool:
    """What the tables of rights say."""
    if decision.needs is OPEN:
        return True
    if person.is_half:
        return decision.half
    if not person.is_in or (person.looks and decision.writes and not decision.while_looking):
        return False
    if decision.needs is OWN:
        return True
    return person.is_member if decision.needs is MEMBER else decision.needs in person.rights


@pytest.mark.parametrize("action", sorted(ACTIONS))
@pytest.mark.parametrize("who", PEOPLE)
def test_role_may_or_may_not(stage, who, action):
    person, decision = stage.world.people[who], ACTIONS[action]
    answer = stage.do(action, who)
    expected = may(person, decision)
    if decision.shows:
        assert (filled(decision.shows, stage.world.ours) in answer.text) == expected
    assert stage.changed == (expected and decision.writes)
    assert expected or answer.is_no or decision.mute
    hidden = [sign for right, signs in REVEALS.items() if right not in person.rights for sign in signs]
    assert [sign for sign in hidden if filled(sign, stage.world.ours) in answer.text] == []
    assert THEIRS not in answer.text
