"""What became of our mails: recorded as we hand them over and as mail servers report, and asked before trusting one."""

from collections.abc import Collection
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, and_, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from billing import outbox
from billing.accounts.tables import Membership, User
from billing.db import Work, rows_changed, table_of
from billing.deliveries.reports import DeliveryState, Report
from billing.deliveries.tables import MailDelivery
from billing.errors import Conflict
from billing.outbox import OutboxMessage, Task

# So long a mail server keeps trying before it reports a failure (RFC 5321, 4.5.4.1: at least 4 to 5 days).
SILENCE = timedelta(days=5)
LOST = frozenset({DeliveryState.BOUNCED, DeliveryState.REFUSED})


def record_sending(
    work: Work, message: OutboxMessage, address: str, state: DeliveryState, status_code: str = ""
) -> None:
    """Note what our own mail server said of a mail; the same mail again changes nothing but for the worse."""
    insert = postgresql.insert if work.on_postgresql else sqlite.insert
    news = {"state": state.value, "status_code": status_code, "at": work.now}
    table = table_of(MailDelivery)
    statement = insert(table).values(
        outbox_id=message.id, identity=outbox.identity(message.dedup_key), address=address, **news
    )
    work.session.execute(
        statement.on_conflict_do_update(
            index_elements=["outbox_id"], set_=news, where=table.c.state.in_(state.replaces)
        )
    )
    if state in LOST:
        _tell(work, message.id or 0)


def record_report(work: Work, report: Report, public_url: str) -> bool:
    """Note what a mail server reports; twice, late or out of order is the same. False when the mail is none of ours.

    Raises Conflict when it may be one whose sending is not recorded yet: the report has to come again.
    """
    about = col(MailDelivery.identity) == report.identity
    news = update(MailDelivery).where(about, col(MailDelivery.state).in_(report.state.replaces))
    changed = work.session.execute(news.values(state=report.state.value, status_code=report.status_code, at=work.now))
    outbox_id = work.session.exec(select(MailDelivery.outbox_id).where(about)).first()
    if outbox_id is not None:
        if rows_changed(changed) and report.state in LOST:
            _tell(work, outbox_id)
        return True
    if report.host == (urlsplit(public_url).hostname or "localhost"):
        raise Conflict()
    return False


def is_proven(work: Work, outbox_id: int) -> bool:
    """Whether a mail got where it should: a report says so, or none of a failure came while one still could."""
    proven = select(MailDelivery.id).where(MailDelivery.outbox_id == outbox_id, _has_arrived(work))
    return work.session.exec(proven).first() is not None


def lost(work: Work, outbox_ids: Collection[int]) -> set[int]:
    """Which of these mails are known not to have arrived."""
    failed = select(MailDelivery.outbox_id).where(col(MailDelivery.outbox_id).in_(outbox_ids), _has_failed())
    return set(work.session.exec(failed))


def latest_delivery(work: Work, address: str) -> MailDelivery | None:
    """What is known of the newest mail to an address; None when there was none."""
    newest = select(MailDelivery).where(MailDelivery.address == address).order_by(col(MailDelivery.outbox_id).desc())
    return work.session.exec(newest.limit(1)).first()


def addresses_in_trouble(work: Work, account_id: int) -> tuple[str, ...]:
    """Addresses of people of an account that the newest mail of which anything is known did not reach."""
    people = select(User.email).join(Membership, col(Membership.user_id) == col(User.id))
    addresses = work.session.exec(people.where(Membership.account_id == account_id).order_by(User.email)).all()
    return tuple(address for address in addresses if _is_in_trouble(work, address))


def _tell(work: Work, outbox_id: int) -> None:
    """Whoever relied on a mail that did not arrive looks at it again."""
    outbox.put(work, Task.MAIL_CAME_BACK, f"came_back:{outbox_id}", outbox_id=outbox_id)


def _is_in_trouble(work: Work, address: str) -> bool:
    known = or_(_has_arrived(work), _has_failed())
    newest = select(MailDelivery.state).where(MailDelivery.address == address, known)
    state = work.session.exec(newest.order_by(col(MailDelivery.outbox_id).desc()).limit(1)).first()
    return state in LOST


def _has_failed() -> ColumnElement[bool]:
    return col(MailDelivery.state).in_(LOST)


def _has_arrived(work: Work) -> ColumnElement[bool]:
    unopposed = and_(col(MailDelivery.state) == DeliveryState.HANDED_OVER, col(MailDelivery.at) <= work.now - SILENCE)
    return or_(col(MailDelivery.state) == DeliveryState.DELIVERED, unopposed)
