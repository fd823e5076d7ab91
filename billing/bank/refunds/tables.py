"""Tables of files of outgoing transfers, who approved them, and the transfers in them."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, LargeBinary
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime, whole


class TransferFile(SQLModel, table=True):
    """A file for our bank, as it was made; what is approved is these very bytes.

    message_id: by which the bank refuses it a second time. approvals_needed: different people, by the sum at the time.
    handed_out_at: the first time that somebody got it, from when on its transfers may leave; dropped_at: it never was.
    """

    __tablename__ = "transfer_file"
    __table_args__ = (
        CheckConstraint("cents > 0 AND transfers > 0", name="something"),
        CheckConstraint("approvals_needed IN (1, 2)", name="approvals"),
        CheckConstraint("handed_out_at IS NULL OR dropped_at IS NULL", name="one_end"),
        whole("cents", "transfers"),
    )

    id: int | None = Field(default=None, primary_key=True)
    message_id: str = Field(unique=True)
    cents: int = Field(sa_type=BigInteger)
    transfers: int
    approvals_needed: int
    sha256: str
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False), repr=False)
    made_by: int = Field(foreign_key="login_user.id")
    made_by_name: str
    made_at: datetime = Field(sa_type=UtcDateTime)
    handed_out_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    dropped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class TransferApproval(SQLModel, table=True):
    """Somebody agreed to a file; each person counts once."""

    __tablename__ = "transfer_approval"

    file_id: int = Field(foreign_key="transfer_file.id", primary_key=True)
    user_id: int = Field(foreign_key="login_user.id", primary_key=True)
    name: str
    approved_at: datetime = Field(sa_type=UtcDateTime)


class BankTransfer(SQLModel, table=True):
    """A payout in a file. match_id: of the line of our bank with which it left."""

    __tablename__ = "bank_transfer"

    payout_id: int = Field(foreign_key="payout.id", primary_key=True)
    file_id: int = Field(foreign_key="transfer_file.id", index=True)
    end_to_end_id: str = Field(unique=True)
    name: str = Field(repr=False)
    iban: str = Field(repr=False)
    match_id: int | None = Field(default=None, foreign_key="bank_match.id", unique=True)
