"""The rights of everybody, action by action: who has the right gets through, who has not changes and learns nothing."""

import pytest

from tests.matrix.calls import filled
from tests.matrix.decision import HALF, MACHINE, OPEN, Access, Decision
from tests.matrix.decisions import ACTIONS, REVEALS
from tests.matrix.world import ROLES, THEIRS, Person

PEOPLE = [*ROLES, "nobody", "half", "ended", "looking", "finance", "acting", "presenter"]


def may(person: Person, decision: Decision) -> bool:
    """What the tables of rights say."""
    if decision.needs is OPEN:
        return True
    if decision.needs is MACHINE:
        return False
    if person.is_half:
        return decision.half or decision.needs is HALF
    if not person.is_in or person.name in decision.never or (person.looks and not _while_looking(decision)):
        return False
    match decision.needs:
        case Access.OWN:
            return True
        case Access.HALF:
            return False
        case Access.LOOKING:
            return person.looks or person.acts
        case Access.MEMBER:
            return person.is_member
        case Access.FINANCE:
            return person.is_finance
        case Access.PRESENTER:
            return person.is_presenter
    return decision.needs in person.rights


def _while_looking(decision: Decision) -> bool:
    return not decision.writes if decision.while_looking is None else decision.while_looking


@pytest.mark.parametrize("action", sorted(ACTIONS))
@pytest.mark.parametrize("who", PEOPLE)
def test_role_may_or_may_not(stage, who, action):
    person, decision = stage.world.people[who], ACTIONS[action]
    answer = stage.do(action, who)
    expected = may(person, decision)
    if decision.shows:
        assert (filled(decision.shows, stage.ids(who)) in answer.text) == expected
    assert stage.changed == (expected and decision.writes)
    assert expected or answer.is_no or decision.mute
    if person.is_finance and decision.needs is Access.FINANCE:
        return  # these pages are about all customers
    hidden = [sign for right, signs in REVEALS.items() if right not in person.rights for sign in signs]
    assert [sign for sign in hidden if filled(sign, stage.world.ours) in answer.text] == []
    assert THEIRS not in answer.text
