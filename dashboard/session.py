"""Who looks at the screen: read from the HttpOnly cookie and looked up in the database on every event."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import unquote

import reflex as rx
from reflex.event import EventSpec

from billing import refusals
from billing.access import Actor, Permission
from billing.clock import local_day
from billing.demo import console
from billing.demo.console import Cue
from billing.errors import BillingError, NotAllowed, NotFound, OnlyLooking, SecondFactorNeeded
from billing.invoices.queries import OpenInvoices
from billing.logins import sessions
from billing.logins.queries import Identity
from billing.runtime import Billing
from billing.screens.frame import frame
from dashboard import live, run, wiring
from dashboard.language import LanguageState
from dashboard.rows import shell
from dashboard.rows.problems import by_code, of_query
from dashboard.rows.shell import Shell
from dashboard.rows.stage_bar import StageBar, stage_bar
from dashboard.web.cookies import session_token

OPEN, DENIED, LOCKED, MISSING, BROKEN, GONE, MOVED = "open", "denied", "locked", "missing", "broken", "gone", "moved"


@dataclass(frozen=True)
class Visit:
    """One look at the screen by a person who is logged in. open_invoices: None without the right to see them.

    cue: for who shows a demo alone.
    """

    identity: Identity
    open_invoices: OpenInvoices | None
    now: datetime
    cue: Cue | None = None

    @property
    def actor(self) -> Actor:
        return self.identity.actor

    @property
    def account_id(self) -> int:
        return self.identity.account_id

    @property
    def today(self) -> date:
        return local_day(self.now)

    def may(self, permission: Permission) -> bool:
        """Whether to show something. What is done is checked again by the service that does it."""
        return permission in self.identity.permissions


class SessionState(rx.State):
    """What every page shows of the person and the account, and whether the page itself may be shown.

    screen: the route whose content is there; another page shows its skeleton until it has its own. news, trouble: what
    the last event came to, for events that no page has a place for. is_moving: the time of a demo is.
    """

    shell: Shell = Shell()
    screen: str = ""
    verdict: str = ""
    news: str = ""
    trouble: str = ""
    is_moving: bool = False

    # Digest of the session token that this tab's content was shown to; see `guard.OneHolder`.
    _holder: str = ""

    @rx.event
    async def choose_account(self, account_id: str) -> EventSpec | None:
        """Look at another account of this person, starting at its dashboard."""
        visit = await look(self)
        if visit is None:
            return to_login(self)
        if account_id not in [str(known) for known, _ in visit.identity.accounts]:
            return None
        if visit.identity.looks_as:
            self.trouble = by_code(OnlyLooking.code)
            return None
        await put_on_screen(self, visit, int(account_id))
        return rx.redirect("/")

    @rx.event
    async def stop_looking(self) -> EventSpec:
        """Be oneself again, and go back to where the others are."""
        visit = await look(self)
        if visit is None:
            return to_login(self)
        await run.do(sessions.stop_looking, session_token(self.router.headers.cookie))
        return rx.redirect("/staff/customers" if visit.identity.acts_for else "/account/users")

    @rx.event
    async def look_again(self) -> None:
        """The tab gets the focus: meanwhile the person may have logged out in another, or chosen another account."""
        screen, verdict, before = self.screen, self.verdict, self.shell.account
        if not screen or verdict in {GONE, MOVED}:
            return
        visit = await look(self)
        if visit is None:
            await forget_everything(self)
            self.screen, self.verdict = screen, GONE
        elif before and before != self.shell.account:
            self.verdict = MOVED

    @rx.event
    async def tell(self, code: str, problem_id: str) -> None:
        """Say what an event came to that no page expected. A client can only choose among our own sentences."""
        self.news, self.trouble = "", of_query({"fout": str(code), "id": str(problem_id)})

    def _show(self, screen: str, verdict: str) -> None:
        self.screen, self.verdict = screen, verdict
        self.news, self.trouble, self.is_moving = "", "", False


async def enter(
    page: Any, route: str, *, needs: Permission | None = None, staff: bool = False, own: bool = False,
    belongs: Callable[[Visit], Awaitable[int]] | None = None,
) -> EventSpec | None:  # fmt: skip
    """Load a page: empty it, see who is there, fill it, and keep it up to date. `page` has `_fill(visit)`.

    staff: whether it is a page of the company's own people; own: whether it is about nothing but the person's own
    log-in. belongs: the account that the page is about, when that follows from its address; it is put on screen first.
    """
    page.reset()
    session = await page.get_state(SessionState)
    session._show("", "")
    try:
        visit = await look(page)
        if visit and belongs:
            visit = await _moved(page, visit, await belongs(visit))
    except run.Problem:
        session._show(route, BROKEN)
        return None
    if visit is None:
        live.forget(page)
        return to_login(page)
    if visit.account_id and not staff:
        live.watch(page, type(page), {visit.account_id: visit.identity.account_version})
    shut = _shut(visit, needs, staff=staff, own=own)
    if shut == DENIED:
        refusals.note(visit.actor, needs.value if needs else "finance", route, visit.account_id or None)
    session._show(route, shut or await _filled(page, visit))
    return None


async def refresh(page: Any) -> None:
    """Fill a page again that is on screen, after an event or a change from outside; one that tells of another account
    stays so, until somebody goes on with it."""
    session = await page.get_state(SessionState)
    if session.verdict == MOVED:
        return
    visit = await look(page)
    session.verdict = GONE if visit is None else await _filled(page, visit)
    if visit is None:
        page.reset()


async def look(page: rx.State) -> Visit | None:
    """Who is there now, or None; brings the top bar up to date."""
    token = session_token(page.router.headers.cookie)
    visit = await run.flow(_look, token) if token else None
    if visit:
        (await page.get_state(LanguageState))._speak(visit.identity.language)
    session = await page.get_state(SessionState)
    session.shell = _shell(visit) if visit else Shell()
    return visit


async def put_on_screen(page: rx.State, visit: Visit, account_id: int) -> None:
    """Look at another account of this person from now on. Raises NotFound for one that is not."""
    await run.do(sessions.choose_account, visit.actor, session_token(page.router.headers.cookie), account_id)


async def forget_everything(page: rx.State) -> None:
    """Empty all pages of this browser tab: the next person at it must not be sent what the last one saw.

    The language stays: it was chosen at the door, or for the tab.
    """
    live.forget(page)
    for state in rx.State.get_substates():
        if state.__module__.startswith("dashboard.") and state is not LanguageState:
            (await page.get_state(state)).reset()


def last_part(page: rx.State) -> str:
    """The end of the address: the number or token that a page is about."""
    # PostgreSQL knows no NUL in text, and no number or token has one.
    return unquote(page.router.url.path.rstrip("/").rsplit("/", 1)[-1]).replace("\0", "")


def to_login(page: rx.State) -> EventSpec:
    """Off to the log-in form, and back here afterwards."""
    return rx.redirect(shell.login_url(page.router.url.path, page.router.url.query))


async def _moved(page: rx.State, visit: Visit, account_id: int) -> Visit | None:
    if account_id == visit.account_id or visit.actor.looks_as is not None:
        return visit
    await put_on_screen(page, visit, account_id)
    return await look(page)


def _shut(visit: Visit, needs: Permission | None, *, staff: bool, own: bool) -> str:
    """Why a page stays shut; empty when it does not. Without a demanded second factor the log-in's own pages are open,
    and for the company's people their own accounts."""
    identity = visit.identity
    if identity.needs_factor and not own and (staff or not identity.account_id):
        return LOCKED
    is_open = identity.is_finance if staff else needs is None or visit.may(needs)
    return "" if is_open else DENIED


async def _filled(page: Any, visit: Visit) -> str:
    try:
        await page._fill(visit)
    except NotFound:
        return MISSING
    except SecondFactorNeeded:
        return LOCKED
    except NotAllowed:
        return DENIED
    except (BillingError, run.Problem):
        return BROKEN
    return OPEN


def _look(billing: Billing, token: str) -> Visit | None:
    found = billing.ask(frame, token)
    if found is None:
        return None
    if found.identity.idle:
        billing.do(sessions.keep_alive, token)
    presents = billing.stage is not None and found.identity.presents
    cue = console.cue(billing, found.identity.actor) if presents else None
    return Visit(found.identity, found.open_invoices, billing.clock.now(), cue)


def _shell(visit: Visit) -> Shell:
    stage = stage_bar(visit.cue, datetime.now(UTC)) if visit.cue else StageBar()
    return shell.shell(visit.identity, visit.open_invoices, _seller_line(), stage)


def _seller_line() -> str:
    settings = wiring.settings()
    return shell.seller_line(name=settings.seller_name, chamber=settings.seller_chamber_number, is_demo=settings.demo)
