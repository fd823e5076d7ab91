"""The language in which somebody wants to be spoken to: on screens and in mails."""

from billing.access import Actor
from billing.accounts.tables import User
from billing.db import Work
from billing.documents import LANGUAGES
from billing.errors import NotFound


def choose_language(work: Work, actor: Actor, language: str) -> None:
    """Keep what a person chose: one of `documents.LANGUAGES`. Raises NotFound for another, or for nobody."""
    user = work.session.get(User, actor.user_id) if actor.user_id is not None else None
    if user is None or language not in LANGUAGES:
        raise NotFound()
    user.language = language
    work.session.add(user)
