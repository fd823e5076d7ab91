"""The life of a mandate after it was given: pausing, resuming, taking back, lapsing. One transaction each."""

from sqlmodel import col, select

from billing import access, audit, locks
from billing.access import SYSTEM, Actor, Permission
from billing.accounts import service as accounts
from billing.clock import local_day
from billing.db import Work
from billing.errors import MandateRefused
from billing.mandates import plans, rules, telling
from billing.mandates.tables import Mandate
from billing.ports import AccountMailKind
from billing.states import LIVE_MANDATES, MandateState, move

# Why a mandate is paused or ended, where it is no bank's code.
BY_CUSTOMER, BY_BANK = "customer", "bank"
_LIVE = [state.value for state in LIVE_MANDATES]
# How the audit log calls what became of it.
_ACTIONS = {
    MandateState.ACTIVE: "mandate.resumed", MandateState.PAUSED: "mandate.paused",
    MandateState.REVOKED: "mandate.revoked", MandateState.EXPIRED: "mandate.expired",
    MandateState.REPLACED: "mandate.replaced",
}  # fmt: skip


def withdraw(work: Work, actor: Actor, account_id: int) -> None:
    """Take a mandate back for good: nothing more is submitted by it. What the gateway has already goes on.

    Raises NotFound, NotAllowed, CheckNeeded, or MandateRefused when there is none.
    """
    mandate = _managed(work, actor, account_id)
    end(work, actor, mandate, MandateState.REVOKED, reason=BY_CUSTOMER)
    telling.of_mandate(work, actor.name, mandate, AccountMailKind.MANDATE_WITHDRAWN)


def pause(work: Work, actor: Actor, account_id: int) -> None:
    """Collect nothing until it is resumed.

    Raises NotFound, NotAllowed, CheckNeeded, or MandateRefused when there is none, or it is paused already.
    """
    mandate = _managed(work, actor, account_id)
    if mandate.state != MandateState.ACTIVE:
        raise MandateRefused(reason="not_active")
    pause_for(work, actor, mandate, BY_CUSTOMER)
    telling.of_mandate(work, actor.name, mandate, AccountMailKind.MANDATE_PAUSED)


def resume(work: Work, actor: Actor, account_id: int) -> None:
    """Collect again; each invoice is announced anew.

    Raises NotFound, NotAllowed, CheckNeeded, or MandateRefused when there is none, or it is not paused.
    """
    mandate = _managed(work, actor, account_id)
    if mandate.state != MandateState.PAUSED:
        raise MandateRefused(reason="not_paused")
    resume_now(work, actor, mandate)
    telling.of_mandate(work, actor.name, mandate, AccountMailKind.MANDATE_RESUMED)


def live_mandate(work: Work, account_id: int) -> Mandate | None:
    """The mandate of an account that is active or paused."""
    found = select(Mandate).where(Mandate.account_id == account_id, col(Mandate.state).in_(_LIVE))
    return work.session.exec(found.execution_options(populate_existing=True)).first()


def accounts_with_lapsed(work: Work, limit: int) -> list[int]:
    """Accounts with a mandate that was not used for 36 months; a look that takes no lock."""
    unused = select(Mandate.account_id).where(
        col(Mandate.state).in_(_LIVE),
        col(Mandate.last_used_on) < rules.lapsed_before(local_day(work.now)),
    )
    return list(work.session.exec(unused.limit(limit)))


def let_lapse(work: Work, account_id: int) -> int:
    """End an account's mandate that was not used for 36 months, and tell; returns how many."""
    mandate = live_mandate(work, account_id) if locks.free_account(work, account_id) else None
    if mandate is None or (mandate.last_used_on or local_day(work.now)) >= rules.lapsed_before(local_day(work.now)):
        return 0
    end(work, SYSTEM, mandate, MandateState.EXPIRED)
    telling.of_mandate(work, SYSTEM.name, mandate, AccountMailKind.MANDATE_EXPIRED)
    return 1


def end(
    work: Work, actor: Actor, mandate: Mandate, target: MandateState, *, reason: str = "", tells: bool = True
) -> None:
    """End a mandate of a locked account and all that was planned by it. target: REVOKED, EXPIRED or REPLACED.

    tells: whether those who were told of a debit are told that it is off. Raises IllegalMove.
    """
    _move(work, actor, mandate, target, reason=reason)
    plans.withdraw_all(work, mandate, f"mandate_{target}", tells=tells)


def pause_for(work: Work, actor: Actor, mandate: Mandate, reason: str) -> None:
    """Pause a mandate of a locked account and take what was planned by it off the calendar. Raises IllegalMove."""
    _move(work, actor, mandate, MandateState.PAUSED, reason=reason)
    plans.withdraw_all(work, mandate, f"mandate_{MandateState.PAUSED}", tells=True)


def resume_now(work: Work, actor: Actor, mandate: Mandate) -> None:
    """Let a paused mandate of a locked account collect again, as if nothing had gone wrong. Raises IllegalMove."""
    mandate.points = 0
    _move(work, actor, mandate, MandateState.ACTIVE)


def _move(work: Work, actor: Actor, mandate: Mandate, target: MandateState, *, reason: str = "") -> None:
    mandate.state, mandate.reason = move(MandateState(mandate.state), target).value, reason
    if target not in LIVE_MANDATES:
        mandate.ended_at = work.now
    work.session.add(mandate)
    work.flush()
    audit.record(
        work, actor, _ACTIONS[target], chain=audit.of_account(mandate.account_id), subject=mandate.reference,
        reason=reason,
    )  # fmt: skip
    accounts.bump_version(work, mandate.account_id)


def _managed(work: Work, actor: Actor, account_id: int) -> Mandate:
    allowed = access.require_checked(work, actor, Permission.MANDATE_MANAGE, account_id)
    locks.account(work, allowed)
    mandate = live_mandate(work, allowed)
    if mandate is None:
        raise MandateRefused(reason="no_mandate")
    return mandate
