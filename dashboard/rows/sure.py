"""The question before somebody loses access, or an invitation its link."""

from dataclasses import dataclass

from billing.accounts.queries import Invited, Member
from dashboard.rows.users import invited_key, member_key
from dashboard.texts import words_users as words
from dashboard.texts.languages import SAID


@dataclass(frozen=True)
class Sure:
    """key: whose row it is about; empty while nothing is asked."""

    key: str = ""
    name: str = ""
    title: str = ""
    text: str = ""
    submit: str = ""


def removal(member: Member, account: str) -> Sure:
    """Whether somebody is to lose access to an account."""
    return _asked(SAID.users.remove, member_key(member.user_id), member.name, account)


def withdrawal(invited: Invited, account: str) -> Sure:
    """Whether an invitation is to be taken back."""
    return _asked(SAID.users.withdraw, invited_key(invited.invitation_id), invited.name, account)


def _asked(texts: words.Sure, key: str, name: str, account: str) -> Sure:
    return Sure(key, name, texts.title.format(name=name), texts.text.format(name=name, account=account), texts.submit)
