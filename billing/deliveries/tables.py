"""What became of each mail."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime
from billing.deliveries.reports import DeliveryState


class MailDelivery(SQLModel, table=True):
    """The last that is known of a mail that was offered to the mail system, one row for each row of the outbox.

    identity: names the mail to the outside world, see `outbox.identity`. status_code: as the mail system gave it, such
    as 5.1.1; empty when it gave none. at: when we heard so. BOUNCED and REFUSED are final, the database sees to it.
    """

    __tablename__ = "mail_delivery"
    __table_args__ = (
        CheckConstraint("state IN ('handed_over','delayed','delivered','bounced','refused')", name="state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    outbox_id: int = Field(foreign_key="outbox_message.id", unique=True)
    identity: str = Field(unique=True)
    address: str = Field(index=True)
    state: str = DeliveryState.HANDED_OVER.value
    status_code: str = ""
    at: datetime = Field(sa_type=UtcDateTime)
