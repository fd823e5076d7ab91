"""The scenes of the day on which the demo begins."""

from playwright.sync_api import Page

from billing import access
from billing.access import Role
from billing.logins import sessions
from tests.e2e import newcomers
from tests.e2e.stack import Demo
from tests.e2e.steps import BAKERY, OWNER
from tools.browsing import IS_SHOWN, SESSION_COOKIE
from tools.gallery.cast import Cast
from tools.gallery.scenes import Scene, press
from tools.gallery.wires import Failing, Silent, Wire

OWN = {
    "dashboard": "/", "invoices": "/invoices", "credits": "/credits", "products": "/products", "website": "/website",
    "email": "/email", "inbox": "/inbox", "profile": "/account", "billing-details": "/account/billing",
    "mandate": "/account/mandate", "users": "/account/users", "safety": "/account/security",
    "own-data": "/account/data",
}  # fmt: skip
STAFF = {
    "staff": "/staff", "staff-customers": "/staff/customers", "staff-money": "/staff/money",
    "staff-runs": "/staff/runs", "staff-stops": "/staff/stops", "staff-pushes": "/staff/pushes",
}  # fmt: skip
# What a customer without a single invoice sees; the other pages are the same for everybody.
EMPTY = ("dashboard", "invoices", "credits", "products", "website", "email", "inbox", "mandate", "users")
LONG = ("dashboard", "invoices", "billing-details", "users")
DEAD = "not-a-link"
CHOSEN = tuple(f"main tbody tr:nth-child({row}) input[type=checkbox]" for row in (1, 2, 3))
TOGETHER, LAST_ACT = "[popovertarget=together]", "main .acts button:last-child"
WINDOW = "[role=dialog]"


def scenes(cast: Cast) -> list[Scene]:
    """All of them."""
    return [*_door(cast), *_own(cast), *_invoice(cast), *_links(cast), *_windows(cast), *_staff(cast), *_trouble(cast)]


def _door(cast: Cast) -> list[Scene]:
    return [
        Scene("login", "plain", "/login"),
        Scene("login", "wrong", "/login?fout=login_failed"),
        Scene("login", "new-password", "/login?goed=password"),
        Scene("login-code", "plain", "/login/code", cast.people["app"]),
        Scene("login-code", "lost", "/login/code", cast.people["app"], press("summary")),
        Scene("forgot", "plain", "/login/forgot"),
        Scene("forgot", "sent", "/login/forgot?goed=1"),
        Scene("not-found", "plain", "/no-such-page"),
    ]


def _own(cast: Cast) -> list[Scene]:
    who = cast.people
    return [
        *(Scene(page, "lived-in", path, who["owner"]) for page, path in OWN.items()),
        *(Scene(page, "empty", OWN[page], who["empty"]) for page in EMPTY),
        *(Scene(page, "long", OWN[page], who["long"]) for page in LONG),
        *(Scene(page, "one", OWN[page], who["one"]) for page in ("dashboard", "invoices")),
        *(Scene(page, "many", OWN[page], who["many"]) for page in ("dashboard", "invoices")),
        Scene("dashboard", "bookkeeper", "/", who["boekhouder"]),
        Scene("dashboard", "technician", "/", who["techniek"]),
        Scene("users", "bookkeeper", "/account/users", who["boekhouder"]),
    ]


def _invoice(cast: Cast) -> list[Scene]:
    whose = {"begun": "payer", "long": "long"}
    return [
        Scene("invoice", state, f"/invoices/{number}", cast.people[whose.get(state, "owner")])
        for state, number in cast.invoices.items()
    ]


def _links(cast: Cast) -> list[Scene]:
    links = cast.links
    return [
        Scene("pay-link", "open", links["pay"]),
        Scene("pay-link", "dead", f"/pay/{DEAD}"),
        *(Scene("pay-return", name.removeprefix("return-"), path) for name, path in links.items() if "return-" in name),
        Scene("pay-return", "unknown", f"/pay/return/{DEAD}"),
        Scene("reset", "plain", links["reset"]),
        Scene("invite", "new", links["invite"]),
        Scene("confirm", "plain", links["confirm"]),
        Scene("recover", "too-early", links["recover"]),
        *(Scene(page, "dead", f"/{page}/{DEAD}") for page in ("reset", "invite", "confirm", "recover", "reminder")),
    ]


def _windows(cast: Cast) -> list[Scene]:
    owner, bookkeeper, many = cast.people["owner"], cast.people["boekhouder"], cast.people["many"]
    return [
        Scene("dashboard", "account-menu", "/", bookkeeper, press("#account-button"), is_window=True),
        Scene("dashboard", "user-menu", "/", owner, press("[popovertarget=user-menu]"), is_window=True),
        Scene("invoices", "chosen", "/invoices", owner, press(*CHOSEN), is_window=True),
        Scene("invoices", "pay-together", "/invoices", owner, press(*CHOSEN, TOGETHER), is_window=True),
        Scene("invoices", "period", "/invoices", many, press("[popovertarget=period]"), is_window=True),
        Scene(
            "products", "cancelling", "/products", owner, press("main .acts button:last-child"), WINDOW, is_window=True
        ),
        Scene("users", "inviting", "/account/users", owner, press("main .vd-btn.solid"), WINDOW, is_window=True),
        Scene("users", "menu", "/account/users", owner, press("main table [popovertarget]"), is_window=True),
    ]


def _staff(cast: Cast) -> list[Scene]:
    return [
        *(Scene(page, "finance", path, cast.people["finance"]) for page, path in STAFF.items()),
        Scene("demo", "presenter", "/demo", cast.people["presenter"]),
        Scene("dashboard", "acting-for", "/", cast.people["finance"], act_for_bakery),
        Scene("dashboard", "looking-as", "/", cast.people["owner"], look_as_bookkeeper),
    ]


def _trouble(cast: Cast) -> list[Scene]:
    owner, finance = cast.people["owner"], cast.people["finance"]
    number = cast.invoices["open"]
    return [
        Scene("dashboard", "loading", "/", owner, wire=Silent, shows="[aria-busy=true]"),
        Scene("invoice", "loading", f"/invoices/{number}", owner, wire=Silent, shows="[aria-busy=true]"),
        Scene("pay-link", "loading", cast.links["pay"], wire=Silent, shows="[aria-busy=true]"),
        Scene("dashboard", "broken", "/", owner, wire=Failing),
        Scene("staff", "broken", "/staff", finance, wire=Failing),
        Scene("dashboard", "offline", "/", owner, cut, shows=".vd-app > .vd-wrap > .vd-note"),
        Scene("login", "offline", "/login", "", cut, shows="main > .vd-wrap > .vd-note"),
        Scene("invoice", "missing", "/invoices/2000-0001", owner),
        Scene("invoices", "no-rights", "/invoices", cast.people["techniek"]),
        Scene("staff", "no-rights", "/staff", owner),
        Scene("invoices", "session-ended", "/invoices", cast.people["boekhouder"], end_session),
    ]


def act_for_bakery(demo: Demo, page: Page, wire: Wire) -> None:
    """Somebody of the finance department does what a customer asked for."""
    finance, bakery = newcomers.person(demo, "finance@demo.test"), newcomers.account_id(demo, BAKERY)
    demo.billing.do(sessions.act_for, finance, _token(page), bakery, "belde met een vraag over een factuur")
    page.goto("/")
    page.wait_for_function(IS_SHOWN)


def look_as_bookkeeper(demo: Demo, page: Page, wire: Wire) -> None:
    """The owner sees what the bookkeeper sees."""
    owner, bakery = newcomers.person(demo, OWNER), newcomers.account_id(demo, BAKERY)
    rights = tuple(right.value for right in access.DEFAULTS[Role.BOOKKEEPER])
    demo.billing.do(sessions.look_as, owner, _token(page), bakery, role=Role.BOOKKEEPER.value, scopes=rights)
    page.goto("/")
    page.wait_for_function(IS_SHOWN)


def cut(demo: Demo, page: Page, wire: Wire) -> None:
    """The server can't be reached any more."""
    wire.cut(page)


def end_session(demo: Demo, page: Page, wire: Wire) -> None:
    """Logged out elsewhere, and then something changes, so that the page looks again."""
    page.request.post("/auth/logout", headers={"origin": demo.url})
    demo.issue(BAKERY, "Domeinnaam, 12 maanden", price="12.00")
    page.locator("main a[href='/login']").wait_for()


def _token(page: Page) -> str:
    return next(str(cookie["value"]) for cookie in page.context.cookies() if cookie["name"] == SESSION_COOKIE)
