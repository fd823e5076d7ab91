"""The state of the push recorder: what was looked for, and which message is open."""

from collections.abc import AsyncIterator

import reflex as rx
from reflex.event import EventSpec

from billing.errors import BillingError, NotFound
from billing.lights import flows, recorder
from billing.lights.recorder import FILTERS
from dashboard import run
from dashboard.rows import problems
from dashboard.rows.staff_pushes import PushDetail, PushList, push_detail, push_list
from dashboard.session import Visit, enter, look, refresh
from dashboard.texts.languages import SAID

ROUTE = "/staff/pushes"
TEXTS = SAID.staff.pushes
MAX_SEARCH = 60


class StaffPushesState(rx.State):
    """One page of messages. opened: the message that is looked at. news, sorry: what came of replaying it."""

    list: PushList = PushList()
    opened: PushDetail = PushDetail()
    searched: str = ""
    busy: bool = False
    news: str = ""
    sorry: str = ""

    _which: str = ""
    _page: int = 1
    _open: int = 0
    _is_filled: bool = False

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page, looking for what its address asks for."""
        return await enter(self, ROUTE, staff=True)

    @rx.event(supersedes=True)
    async def search(self, text: str) -> None:
        """Look for an invoice number, or the beginning of a key."""
        self._look_for(str(text))
        await refresh(self)

    @rx.event(supersedes=True)
    async def narrow(self, which: str) -> None:
        """List one verdict alone; whatever is not one lists all."""
        self._which, self._page = which if isinstance(which, str) and which in FILTERS else "", 1
        await refresh(self)

    @rx.event(supersedes=True)
    async def turn(self, step: int) -> None:
        """One page on or back; the query keeps it within the list."""
        self._page += 1 if step == 1 else -1
        await refresh(self)

    @rx.event
    async def open(self, message_id: str) -> None:
        """Look at one message; one that does not exist opens nothing."""
        text = str(message_id)
        self._open = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        self.news = self.sorry = ""
        await refresh(self)

    @rx.event
    async def close(self) -> None:
        """Look at the list again."""
        self._open, self.opened, self.news, self.sorry = 0, PushDetail(), "", ""

    @rx.event
    async def replay(self) -> AsyncIterator[None]:
        """Have the message that is open dealt with again."""
        visit = await look(self)
        if visit and self._open and not self.busy:
            self.busy, self.news, self.sorry = True, "", ""
            yield
            try:
                await run.flow(flows.replay, visit.actor, self._open)
                self.news = TEXTS.replayed
            except BillingError as problem:
                self.sorry = SAID.staff.lights.errors.get(problem.code) or problems.sentence(problem)
            except run.Problem as problem:
                self.sorry = problems.sentence(problem)
            finally:
                self.busy = False
        await refresh(self)

    def _look_for(self, text: str) -> None:
        # PostgreSQL knows no NUL in text.
        self.searched, self._page = text[:MAX_SEARCH].replace("\0", ""), 1

    async def _fill(self, visit: Visit) -> None:
        if not self._is_filled:
            # Only at first: who has searched for something else since, has done so on purpose.
            self._is_filled = True
            self._look_for(self.router.url.query_parameters.get("zoek", ""))
        found = await run.ask(recorder.recorded, visit.actor, self._which, self.searched, self._page)
        self._page, self.list = found.page, push_list(found, self._which)
        if not self._open:
            return
        try:
            self.opened = push_detail(await run.ask(recorder.detail, visit.actor, self._open))
        except NotFound:
            self._open, self.opened = 0, PushDetail()
