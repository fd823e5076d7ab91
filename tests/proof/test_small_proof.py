"""Some random documents of all sorts, judged as the two thousand of `make proof` are."""

from collections.abc import Sequence

import pytest

from billing.ports import CreditNoteDocument, Document
from tests.conftest import Emptied
from tests.proof.__main__ import KINDS, judge
from tests.proof.documents import Maker

JUDGED = 24
# Without these a proof would prove little.
THERE = {"credit notes", "reverse-charged", "with several rates", "with negative lines", "with a rest carried on"}


@pytest.fixture(scope="module")
def made(emptied_sqlite: Emptied) -> Sequence[Document]:
    return Maker(emptied_sqlite(), seed=7).documents(120)


def test_there_is_something_of_everything(made: Sequence[Document]) -> None:
    assert {kind for kind, is_so in KINDS.items() if any(map(is_so, made))} >= THERE


@pytest.mark.timeout(300)
def test_nothing_is_wrong_with_any_of_them(made: Sequence[Document]) -> None:
    notes = [document for document in made if isinstance(document, CreditNoteDocument)]
    assert judge([*made[:JUDGED], *notes[: JUDGED // 4]]) == []


def test_the_same_seed_makes_the_same_documents(emptied_sqlite: Emptied) -> None:
    first, again = (Maker(emptied_sqlite(), seed=3).documents(10) for _ in range(2))
    assert first == again
