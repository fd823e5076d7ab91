"""What a language has to say to write our mails about log-ins and users."""

from collections.abc import Mapping
from dataclasses import dataclass

from billing.ports import AccountMailKind


@dataclass(frozen=True)
class MailText:
    """One kind of mail. `{…}` is filled in by the writer: a fact of the mail, or one of these.

    {account}: the account in words. {brand}: the seller. {role_hint}: what the role may do. {login_hint}: whether a
    password is to be chosen.
    subject: begins small, because the name of the account comes before it where there is one.
    """

    subject: str
    intro: tuple[str, ...]
    button: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class AccountSentences:
    """One language. labels: what stands before a fact in the table, in the order of the table.

    debits: sentences about collections, by the fact that they stand for and its key: `reason` why a bank said no,
    `why` one is off, `what_now` follows.
    """

    mails: Mapping[AccountMailKind, MailText]
    labels: Mapping[str, str]
    roles: Mapping[str, str]
    role_hints: Mapping[str, str]
    rights: Mapping[str, str]
    no_rights: str
    account: str
    account_nameless: str
    chooses_password: str
    has_login: str
    moment: str
    link_hint: str
    debits: Mapping[str, Mapping[str, str]]
