"""The language in which somebody wants to be spoken to: on screens and in mails."""

from sqlmodel import col, select, update

from billing.accounts.tables import User
from billing.db import Work
from billing.documents import LANGUAGES
from billing.errors import NotFound
from billing.logins.sessions import digest
from billing.logins.tables import LoginSession


def choose_language(work: Work, token: str, language: str) -> None:
    """Keep what the person of a session chose, whoever else this person is looking as; nothing for a session that is
    not there. language: ISO 639-1. Raises NotFound for one that we do not speak."""
    if language not in LANGUAGES:
        raise NotFound()
    person = select(LoginSession.user_id).where(
        LoginSession.token_sha256 == digest(token), col(LoginSession.ended_at).is_(None)
    )
    work.session.exec(update(User).where(col(User.id).in_(person)).values(language=language))
