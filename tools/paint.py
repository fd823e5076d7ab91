"""`make paint`: how fast pages paint in a Chromium that knows nothing of them yet, from a server that is warm.

Each visit is a browser context of its own, so nothing comes from a cache; the table has medians of five. Beside them
stands the floor: a page of nothing but text, as fast as this machine paints at all at that moment.
Scripts are counted as they came over the line, compressed. Exit code 1 when a page misses a goal.
"""

import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession

from tests.e2e.stack import Demo
from tests.e2e.steps import BAKERY, OWNER
from tools.browsing import IS_SHOWN, browsing, signed_in
from tools.gallery import links
from tools.processes import Stopped
from tools.running import running
from tools.system import Missing

VISITS, WARM_UP = 5, 1
SHOWN_MS, SCRIPT_KB = 250, 350
FINANCE = "finance@demo.test"

# The largest paint and the shifts come by observers; the moment at which the data are there is looked for each frame.
WATCH = f"""
window.paint = {{shown: null, largest: 0, shift: 0}};
const isShown = {IS_SHOWN};
new PerformanceObserver(list => {{ for (const e of list.getEntries()) paint.largest = e.startTime; }})
  .observe({{type: "largest-contentful-paint", buffered: true}});
new PerformanceObserver(list => {{ for (const e of list.getEntries()) if (!e.hadRecentInput) paint.shift += e.value; }})
  .observe({{type: "layout-shift", buffered: true}});
(function look() {{
  if (document.body && isShown()) paint.shown = performance.now(); else requestAnimationFrame(look);
}})();
"""
FIRST = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


@dataclass(frozen=True)
class Stop:
    """A page to open. email: who does; empty for nobody."""

    name: str
    path: str
    email: str = OWNER


# Nothing but text; it has no data to wait for.
FLOOR = Stop("Floor", "/health/live", "")


@dataclass(frozen=True)
class Visit:
    """Milliseconds since the navigation began, the sum of the layout shifts, and kilobytes of scripts."""

    first: float
    largest: float
    shown: float
    shift: float
    script: float


def main() -> int:
    """Measure all, print the table."""
    try:
        with tempfile.TemporaryDirectory(prefix="voldaan-paint-") as folder, running(Path(folder)) as options:
            demo = Demo(options)
            with browsing() as browser:
                floor = middle(visits(browser, demo, FLOOR)).first
                rows = [(stop, middle(visits(browser, demo, stop))) for stop in stops(demo)]
            demo.billing.database.dispose()
    except (Missing, Stopped) as problem:
        print(problem, file=sys.stderr)
        return 2
    print("\n".join(table(rows)))
    print(f"\nA page of nothing but text paints in {floor:.0f} ms.")
    return int(any(is_slow(visit) for _, visit in rows))


def stops(demo: Demo) -> list[Stop]:
    """The pages."""
    number = demo.issue(BAKERY, "Domeinnaam, 12 maanden", price="12.00")
    own = {
        "Dashboard": "/", "Invoices": "/invoices", "Invoice": f"/invoices/{number}", "Credits": "/credits",
        "Products": "/products", "Website": "/website", "E-mail": "/email", "Inbox": "/inbox", "Profile": "/account",
        "Billing details": "/account/billing", "Mandate": "/account/mandate", "Users": "/account/users",
        "Safety": "/account/security", "Own data": "/account/data",
    }  # fmt: skip
    staff = {
        "Staff: lights": "/staff", "Staff: customers": "/staff/customers", "Staff: money": "/staff/money",
        "Staff: runs": "/staff/runs", "Staff: stops": "/staff/stops", "Staff: pushes": "/staff/pushes",
    }  # fmt: skip
    return [
        Stop("Log in", "/login", ""),
        Stop("Pay link", links.pay(demo, number), ""),
        *(Stop(name, path) for name, path in own.items()),
        *(Stop(name, path, FINANCE) for name, path in staff.items()),
    ]


def visits(browser: Browser, demo: Demo, stop: Stop) -> list[Visit]:
    """A few visits to a page; the ones before them warm the server and are not counted."""
    cookies = [signed_in(demo, stop.email)] if stop.email else []
    return [_visit(browser, demo, stop, cookies) for _ in range(WARM_UP + VISITS)][WARM_UP:]


def middle(visits: Sequence[Visit]) -> Visit:
    """The median of each figure."""
    return Visit(*(statistics.median(getattr(visit, name) for visit in visits) for name in Visit.__dataclass_fields__))


def is_slow(visit: Visit) -> bool:
    """Whether it misses a goal."""
    return visit.shown > SHOWN_MS or visit.script > SCRIPT_KB


def table(rows: Sequence[tuple[Stop, Visit]]) -> list[str]:
    """In Markdown; a page that misses a goal has a mark."""
    return [
        "| page | first paint, ms | largest paint, ms | data visible, ms | layout shift | scripts, KB |",
        "|---|--:|--:|--:|--:|--:|",
        *(
            f"| {stop.name}{' **slow**' if is_slow(v) else ''} | {v.first:.0f} | {v.largest:.0f} | {v.shown:.0f} "
            f"| {v.shift:.3f} | {v.script:.0f} |"
            for stop, v in rows
        ),
    ]


def _visit(browser: Browser, demo: Demo, stop: Stop, cookies: list[Any]) -> Visit:
    context = browser.new_context(base_url=demo.url, viewport={"width": 1440, "height": 900})
    try:
        context.add_cookies(cookies)
        context.add_init_script(WATCH)
        page = context.new_page()
        scripts = _Scripts(context.new_cdp_session(page))
        page.goto(stop.path)
        if stop is not FLOOR:
            page.wait_for_function("() => paint.shown !== null")
        page.wait_for_load_state("networkidle")
        paint = page.evaluate("paint")
        return Visit(
            page.evaluate(FIRST), paint["largest"], paint["shown"] or 0, paint["shift"], scripts.sum_of_bytes() / 1024
        )
    finally:
        context.close()


class _Scripts:
    """What came over the line for scripts, headers included, as the browser counts it."""

    def __init__(self, line: CDPSession) -> None:
        self._is_script: dict[str, bool] = {}
        self._bytes: dict[str, int] = {}
        line.on("Network.responseReceived", self._received)
        line.on("Network.loadingFinished", self._finished)
        line.send("Network.enable")

    def sum_of_bytes(self) -> int:
        return sum(size for request, size in self._bytes.items() if self._is_script.get(request))

    def _received(self, event: Any) -> None:
        self._is_script[event["requestId"]] = "javascript" in event["response"]["mimeType"]

    def _finished(self, event: Any) -> None:
        self._bytes[event["requestId"]] = event["encodedDataLength"]


if __name__ == "__main__":
    sys.exit(main())
