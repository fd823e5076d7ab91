"""Everything that is stored encrypted, put under the newest key: a row at a time, so that it can stop and go on.

Web processes and workers keep running meanwhile; all they need is to know both keys.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cryptography.fernet import InvalidToken
from sqlalchemy import Column, Table, select, update
from sqlmodel import SQLModel

from billing.api.tables import ApiAnswer
from billing.db import Work, rows_changed, table_of
from billing.listeners.tables import Listener
from billing.logins.tables import Authenticator
from billing.mandates.tables import Mandate
from billing.runtime import Billing
from billing.vault import Vault

# Each column that the vault's texts are kept in.
SECRETS: tuple[tuple[type[SQLModel], str], ...] = (
    (Authenticator, "secret"),
    (ApiAnswer, "content"),
    (Listener, "secret"),
    (Mandate, "iban_secret"),
    (Mandate, "evidence_secret"),
)
ROWS_AT_A_TIME = 500


@dataclass
class Rotated:
    """What became of all secrets. unreadable: `table.column row` of those that none of the keys opens."""

    renewed: int = 0
    were_newest: int = 0
    unreadable: list[str] = field(default_factory=list)


def rotate(billing: Billing) -> Rotated:
    """Encrypt under the newest key what an older one still holds. What is done stays done, whenever it ends."""
    done = Rotated()
    for model, name in SECRETS:
        table = table_of(model)
        for row_id, secret in _secrets(billing, table, name):
            if billing.vault.is_newest(secret):
                done.were_newest += 1
                continue
            try:
                done.renewed += billing.do(_renew, table, name, row_id, secret, billing.vault)
            except InvalidToken:
                done.unreadable.append(f"{table.name}.{name} {row_id}")
    return done


def _secrets(billing: Billing, table: Table, name: str) -> Iterator[tuple[int, str]]:
    """All that is kept in a column, by the rows' ids."""
    after = 0
    while rows := billing.ask(_some, table, name, after):
        yield from rows
        after = rows[-1][0]


def _some(work: Work, table: Table, name: str, after: int) -> list[tuple[int, str]]:
    key = _key(table)
    some = select(key, table.c[name]).where(key > after, table.c[name] != "").order_by(key).limit(ROWS_AT_A_TIME)
    return [(row_id, secret) for row_id, secret in work.session.execute(some)]


def _renew(work: Work, table: Table, name: str, row_id: int, secret: str, vault: Vault) -> int:
    # Who wrote another secret meanwhile did so under the newest key.
    unchanged = (_key(table) == row_id, table.c[name] == secret)
    return rows_changed(work.session.execute(update(table).where(*unchanged).values({name: vault.renewed(secret)})))


def _key(table: Table) -> Column[int]:
    (name,) = table.primary_key.columns.keys()
    return table.c[name]
