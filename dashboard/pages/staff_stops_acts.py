"""What can be done on the page of stop orders. What a client sends is only looked up among what the page itself has."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from billing.errors import BillingError, NotFound
from billing.mandates import switches
from billing.reminders import holds, tasks
from billing.reminders.desk import HoldKind
from billing.renewals import service as renewals
from billing.safety import desk, orders
from dashboard import run, wiring
from dashboard.pages.account_acts import attempt, give_up, row_id, text_fields
from dashboard.rows import reminded, stops
from dashboard.rows import stops_ask as asking
from dashboard.rows.account import Told
from dashboard.rows.stops import Look
from dashboard.rows.stops_ask import Ask
from dashboard.session import look
from dashboard.texts.languages import SAID

TOP, ASKED, LISTED = "stops-top", "stops-asked", "stops-shown"
LONGEST = 500
TEXTS = SAID.staff.stops
_BY_FLOOR: Mapping[str, Callable[..., Any]] = {asking.APPROVE: orders.approve, asking.CARRY_OUT: orders.carry_out}
_BY_ROW: Mapping[str, Callable[..., Any]] = {
    asking.WITHDRAW: orders.withdraw, asking.ALLOW: renewals.allow, asking.RELEASE: holds.release,
}  # fmt: skip


class NoDay(BillingError):
    """A promise without a day is none."""

    code = "no_day"


class Unreadable(BillingError):
    """What no form of ours sends."""

    code = "unreadable"


def close(page: Any) -> None:
    """No window, no trouble."""
    page.asked, page.shown, page._candidate = Ask(), Look(), None
    page.trouble, page.news = Told(), Told()
    give_up(page)


def ask(page: Any, kind: str, key: str) -> None:
    """Ask about a row of the page, or about the switch."""
    close(page)
    found = _question(page, kind, row_id(key))
    if found is None:
        page.trouble = Told(TOP, stops.sentence(NotFound()))
    else:
        page.asked = found


async def confirm(page: Any, form: object) -> None:
    """Do what was asked about, with what was filled in."""
    asked: Ask = page.asked
    if not asked.kind:
        return
    try:
        use_case, args = _use_case(asked, form)
    except BillingError as problem:
        page.trouble = Told(ASKED, stops.sentence(problem))
        return
    if await attempt(page, ASKED, ("confirm", form), use_case, *args, say=stops.sentence):
        close(page)
        page.news = Told(TOP, asked.done)


async def look_at(page: Any, account_id: str) -> None:
    """Open the window about a customer who is being reminded."""
    close(page)
    known = next((row for row in page._cases if row.account_id == row_id(account_id)), None)
    visit = await look(page)
    if known is None or visit is None:
        page.trouble = Told(TOP, stops.sentence(NotFound()))
        return
    page._candidate = await run.ask(desk.candidate, visit.actor, known.account_id, _floor())
    page.shown = stops.look(page._candidate)


async def propose(page: Any, service_id: str) -> None:
    """Propose to stop one of the services in the window."""
    services = page._candidate.services if page._candidate else ()
    service = next((one for one in services if one.service_id == row_id(service_id)), None)
    if service is None:
        return
    policy = wiring.billing().policy
    terms, again = (policy.stop_floor_cents, policy.stop_cooling_days), ("propose", service_id)
    if await attempt(page, LISTED, again, orders.propose, service.service_id, *terms, say=stops.sentence):
        close(page)
        page.news = Told(TOP, TEXTS.candidates.done.format(service=f"{service.name} {service.label}".strip()))


def _floor() -> int:
    return wiring.billing().policy.stop_floor_cents


def _question(page: Any, kind: str, row: int) -> Ask | None:
    if kind in (asking.FREEZE, asking.THAW):
        return asking.ask(kind, "")
    names = {
        asking.TASK: {one.task_id: (reminded.task(one).title, one.account) for one in page._tasks},
        asking.HOLD: {one.account_id: ("", one.account) for one in page._cases},
        asking.RELEASE: {hold.hold_id: (TEXTS.cases.holds[hold.kind.value], one.account)
                         for one in page._cases for hold in one.holds},
        asking.ALLOW: {one.renewal_id: (one.label, one.account) for one in page._held},
    }  # fmt: skip
    about = {one.order_id: (f"{one.service} {one.label}".strip(), one.account) for one in page._orders}
    names |= dict.fromkeys((asking.APPROVE, asking.CARRY_OUT, asking.WITHDRAW), about)
    found = names[kind].get(row) if isinstance(kind, str) and kind in names else None
    if found is None:
        return None
    task = next((one.kind.value for one in page._tasks if one.task_id == row), "") if kind == asking.TASK else ""
    return asking.ask(kind, str(row), *found, task=task)


def _use_case(asked: Ask, form: object) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    """The use case behind a question, with its arguments after the actor."""
    row = row_id(asked.key)
    if asked.kind in _BY_FLOOR:
        return _BY_FLOOR[asked.kind], (row, _floor())
    if asked.kind in _BY_ROW:
        return _BY_ROW[asked.kind], (row,)
    if asked.kind == asking.THAW:
        return _turn, (False, "")
    if asked.kind == asking.FREEZE:
        return _turn, (True, _filled(form, "note")["note"][:LONGEST])
    filled = _filled(form, "note", "option")
    if filled["option"] not in [option.value for option in asked.options]:
        raise Unreadable()
    if asked.kind == asking.TASK:
        return tasks.finish, (row, filled["option"], filled["note"][:LONGEST])
    return _hold, (row, HoldKind(filled["option"]), _day(form, filled["option"]), filled["note"][:LONGEST])


def _turn(work: Any, actor: Any, frozen: bool, reason: str) -> None:
    switches.turn(work, actor, frozen=frozen, reason=reason)


def _hold(work: Any, actor: Any, account_id: int, kind: HoldKind, until: date | None, why: str) -> None:
    holds.place(work, actor, account_id, kind, until=until, why=why)


def _filled(form: object, *names: str) -> dict[str, str]:
    found = text_fields(form, *names)
    if found is None:
        raise Unreadable()
    return {name: value.replace("\0", "") for name, value in found.items()}


def _day(form: object, kind: str) -> date | None:
    said = _filled(form, "until")["until"]
    if not said and kind == HoldKind.PROMISE.value:
        raise NoDay()
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise Unreadable() from None
