"""Who has a second factor, an app or a passkey beside the password, and who still lacks one that is demanded."""

from sqlalchemy import bindparam, union_all
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from billing.accounts.tables import User
from billing.db import Work, table_of
from billing.errors import LastSecondFactor
from billing.logins.tables import Authenticator, Passkey

_A, _P = table_of(Authenticator).c, table_of(Passkey).c
# Asked by the door, so built once and run past the object layer.
_OF_USER = union_all(
    sql_select(_A.user_id).where(_A.user_id == bindparam("user_id"), _A.confirmed_at.is_not(None)),
    sql_select(_P.user_id).where(_P.user_id == bindparam("user_id")),
).limit(1)


def has_any(work: Work, user_id: int) -> bool:
    """Whether the password alone is not enough. What the session has not yet flushed is not seen."""
    return work.plain(_OF_USER, user_id=user_id).first() is not None


def of_users(work: Work, user_ids: list[int]) -> frozenset[int]:
    """Which of these people have an app or a passkey beside their password."""
    apps = select(Authenticator.user_id).where(
        col(Authenticator.user_id).in_(user_ids), col(Authenticator.confirmed_at).is_not(None)
    )
    passkeys = select(Passkey.user_id).where(col(Passkey.user_id).in_(user_ids))
    return frozenset(work.session.exec(apps)) | frozenset(work.session.exec(passkeys))


def is_lacking(work: Work, user_id: int, *, of_staff: bool) -> bool:
    """Whether a second factor is demanded of this person, who has none. of_staff: in a part of the company itself.

    Where none is demanded it costs no query.
    """
    return work.second_factor.is_demanded(of_staff=of_staff) and not has_any(work, user_id)


def require_one_left(work: Work, user: User) -> None:
    """After one was removed, that this person keeps what is demanded. Raises LastSecondFactor."""
    work.session.flush()
    if is_lacking(work, user.id or 0, of_staff=bool(user.staff_role)):
        raise LastSecondFactor()
