"""What the gateway says of mandates that were asked for: signed, refused, or nothing yet. One transaction each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col, select

from billing import audit, inbox, locks
from billing.access import SYSTEM
from billing.accounts import service as accounts
from billing.clock import local_day
from billing.db import Work
from billing.errors import ForeignAccount, InvalidIban
from billing.invoices.tables import Invoice
from billing.mandates import plans, rules, service, telling
from billing.mandates.rules import MandateRules
from billing.mandates.tables import Mandate
from billing.ports import AccountMailKind, GatewayMandate, MandateStart, Outcome
from billing.states import LIVE_MANDATES, MandateState, may_move
from billing.vault import Vault

CHECK_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(hours=1), timedelta(days=1))
# A second signature, at a company, may take days. Without a key there is nothing to ask about.
GIVE_UP_AFTER, GIVE_UP_UNHEARD_AFTER = timedelta(days=7), timedelta(hours=1)
ENDS = {
    Outcome.FAILED: MandateState.FAILED,
    Outcome.REJECTED: MandateState.FAILED,
    Outcome.CANCELLED: MandateState.CANCELLED,
}


@dataclass(frozen=True)
class DueRequest:
    """A mandate to ask about. key: empty while we have none. payment_id: of the first payment, when it began so."""

    mandate_id: int
    key: str
    payment_id: int | None


@dataclass(frozen=True)
class Signature:
    """What makes a request a mandate. reference: as the customer's bank shows it. evidence: the bank's own proof."""

    provider_key: str
    reference: str
    iban: str
    holder: str = ""
    signer: str = ""
    bank_id: str = ""
    evidence: str = ""


def record_start(work: Work, mandate_id: int, start: MandateStart) -> None:
    """Keep what the gateway said at once; a push may have told more already, and then that stands."""
    mandate = locks.owned(work, Mandate, mandate_id)
    mandate.provider_key = mandate.provider_key or start.key or None
    work.session.add(mandate)
    if start.outcome in ENDS:
        end_request(work, mandate, ENDS[start.outcome], start.reason)


def record_refusal(work: Work, mandate_id: int, reason: str) -> None:
    """The gateway refused for certain: there is nothing to sign."""
    end_request(work, locks.owned(work, Mandate, mandate_id), MandateState.FAILED, reason)


def record(
    work: Work, mandate_id: int, found: GatewayMandate, vault: Vault, limits: MandateRules, *, expects_test: bool
) -> None:
    """Apply the gateway's answer to a question about one mandate.

    expects_test: whether mandates of this installation are for tests; the flag must agree.
    """
    mandate = locks.owned(work, Mandate, mandate_id)
    if found.outcome is Outcome.SUCCEEDED and found.is_test != expects_test:
        end_request(work, mandate, MandateState.FAILED, "test_flag")
    elif found.outcome is Outcome.SUCCEEDED:
        _sign_at_bank(work, mandate, found, vault, limits)
    elif found.outcome is Outcome.CANCELLED and MandateState(mandate.state) in LIVE_MANDATES:
        service.end(work, SYSTEM, mandate, MandateState.REVOKED, reason=service.BY_BANK)
        telling.of_mandate(work, SYSTEM.name, mandate, AccountMailKind.MANDATE_WITHDRAWN)
    elif found.outcome in ENDS:
        end_request(work, mandate, ENDS[found.outcome], str(found.status_code))


def sign(work: Work, mandate: Mandate, signature: Signature, vault: Vault, limits: MandateRules) -> None:
    """The request of a locked account is a mandate from now on, in the place of the one before; hearing it again
    changes nothing, and neither does hearing late of a request that a newer one took the place of."""
    if not may_move(MandateState(mandate.state), MandateState.ACTIVE) or _has_newer(work, mandate):
        return
    before = _newest_given(work, mandate)
    waits = before is not None and vault.decrypt(before.iban_secret) != signature.iban
    replaced = before is not None and MandateState(before.state) in LIVE_MANDATES
    unsent = plans.unsent_by(work, before) if before is not None and replaced else []
    if before is not None and replaced:
        # The mail about the new one says that what was announced will be announced anew.
        service.end(work, SYSTEM, before, MandateState.REPLACED, tells=False)
    _fill(work, mandate, signature, vault)
    mandate.debits_from = work.now + rules.NEW_ACCOUNT_WAITS if waits else work.now
    work.session.add(mandate)
    work.flush()
    for old in unsent:
        plans.carry_over(work, old, mandate, work.session.get_one(Invoice, old.invoice_id), limits)
    audit.record(
        work, SYSTEM, "mandate.given", chain=audit.of_account(mandate.account_id), subject=mandate.reference,
        way=mandate.way, scheme=mandate.scheme,
    )  # fmt: skip
    kind = AccountMailKind.MANDATE_REPLACED if replaced else AccountMailKind.MANDATE_GIVEN
    telling.of_mandate(work, mandate.consented_by_name, mandate, kind)
    accounts.bump_version(work, mandate.account_id)


def end_request(work: Work, mandate: Mandate, target: MandateState, reason: str) -> None:
    """A request ends unsigned; a repeated or late word changes nothing."""
    if not may_move(MandateState(mandate.state), target):
        return
    mandate.state, mandate.reason, mandate.next_check_at = target.value, reason[:200], None
    work.session.add(mandate)
    work.flush()
    accounts.bump_version(work, mandate.account_id)


def hear(work: Work, limit: int = 100) -> int:
    """Take pushes about mandates as what they are, a hint to ask about them now; returns how many were taken."""
    messages = inbox.claim(work, limit, inbox.MANDATES)
    keys = [message.key for message in messages]
    known = set(work.session.exec(select(Mandate.provider_key).where(col(Mandate.provider_key).in_(keys))))
    work.session.execute(
        update(Mandate).where(col(Mandate.provider_key).in_(known)).values(next_check_at=work.now, checks=0)
    )
    inbox.finish(work, [message.id or 0 for message in messages if message.key in known], "asked")
    inbox.finish(work, [message.id or 0 for message in messages if message.key not in known], "unknown_mandate")
    return len(messages)


def look_again(work: Work, account_id: int) -> None:
    """The browser came back from the bank: ask right away. A hint only, nothing about the mandate is written."""
    waiting = update(Mandate).where(
        col(Mandate.account_id) == account_id, col(Mandate.state) == MandateState.REQUESTED.value
    )
    work.session.execute(waiting.values(next_check_at=work.now, checks=0))


def any_due(work: Work) -> bool:
    """Whether a mandate is due for a question; a look that takes no lock."""
    due = select(Mandate.id).where(col(Mandate.next_check_at) <= work.now).limit(1)
    return work.session.exec(due).first() is not None


def claim_due(work: Work, limit: int) -> list[DueRequest]:
    """Take mandates that are due for a question and put their next one on the calendar."""
    due = (
        select(Mandate).where(col(Mandate.next_check_at) <= work.now).order_by(col(Mandate.next_check_at)).limit(limit)
    )
    taken = []
    for mandate in work.session.scalars(locks.unclaimed(due)):
        wait = CHECK_AFTER[min(mandate.checks, len(CHECK_AFTER) - 1)]
        mandate.next_check_at = work.now + wait if mandate.state == MandateState.REQUESTED else None
        mandate.checks += 1
        work.session.add(mandate)
        taken.append(DueRequest(mandate.id or 0, mandate.provider_key or "", mandate.payment_id))
    return taken


def give_up(work: Work, asked: Sequence[DueRequest]) -> None:
    """Requests that nobody signs end after a while; one that is signed after all is still taken."""
    for one in asked:
        mandate = locks.owned(work, Mandate, one.mandate_id)
        patience = GIVE_UP_AFTER if mandate.provider_key or mandate.payment_id else GIVE_UP_UNHEARD_AFTER
        if mandate.consented_at < work.now - patience:
            end_request(work, mandate, MandateState.FAILED, "expired")


def _sign_at_bank(work: Work, mandate: Mandate, found: GatewayMandate, vault: Vault, limits: MandateRules) -> None:
    try:
        iban = rules.dutch_iban(found.iban)
    except (ForeignAccount, InvalidIban) as problem:
        end_request(work, mandate, MandateState.FAILED, problem.code)
        return
    signature = Signature(
        provider_key=mandate.provider_key or found.key, reference=found.mandate_id, iban=iban,
        holder=found.account_name, signer=found.signer_name, bank_id=found.bank_id, evidence=found.evidence,
    )  # fmt: skip
    sign(work, mandate, signature, vault, limits)


def _fill(work: Work, mandate: Mandate, signature: Signature, vault: Vault) -> None:
    mandate.state, mandate.reason, mandate.next_check_at = MandateState.ACTIVE.value, "", None
    mandate.provider_key, mandate.reference = signature.provider_key, signature.reference
    mandate.iban_secret, mandate.iban_mask = vault.encrypt(signature.iban), rules.masked(signature.iban)
    mandate.holder, mandate.signer, mandate.bank_id = signature.holder, signature.signer, signature.bank_id
    mandate.evidence_secret = vault.encrypt(signature.evidence) if signature.evidence else ""
    mandate.given_at, mandate.last_used_on = work.now, local_day(work.now)


def _has_newer(work: Work, mandate: Mandate) -> bool:
    newer = select(Mandate.id).where(Mandate.account_id == mandate.account_id, col(Mandate.id) > mandate.id)
    return work.session.exec(newer.limit(1)).first() is not None


def _newest_given(work: Work, mandate: Mandate) -> Mandate | None:
    """The mandate before this one that was given, whatever became of it."""
    given = select(Mandate).where(Mandate.account_id == mandate.account_id, col(Mandate.given_at).is_not(None))
    return work.session.exec(given.order_by(col(Mandate.given_at).desc(), col(Mandate.id).desc()).limit(1)).first()
