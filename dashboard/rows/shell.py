"""The top bar: who is there, for which account, and how much is open."""

from dataclasses import dataclass, field, replace
from urllib.parse import quote

from billing.access import Permission, Rights
from billing.invoices.queries import OpenInvoices
from billing.logins.queries import Identity
from dashboard.rows.common import initials
from dashboard.rows.stage_bar import StageBar
from dashboard.texts.languages import SAID


@dataclass(frozen=True)
class AccountChoice:
    """An account of this person. current: "true" for the one on screen, else "false", as ARIA has it."""

    id: str
    name: str
    current: str


@dataclass(frozen=True)
class Part:
    """A page about the account or of the company's own people, in the menu at the side of all of them."""

    url: str
    name: str
    icon: str


@dataclass(frozen=True)
class Shell:
    """open_count: empty when nothing is open or the person may not see invoices. accounts: empty unless several.

    inbox: whether there are several accounts with invoices to look after.
    account_parts, staff_parts: the pages about the account, and of the company's own people, that are there for this
    person. looking: on whose behalf this person acts, or through whose eyes it looks; empty for the own. presents:
    whether this is who shows the demo. stage: the bar that goes with it.
    """

    name: str = ""
    initials: str = ""
    user_menu: str = ""
    account: str = ""
    switch_name: str = ""
    accounts: tuple[AccountChoice, ...] = ()
    inbox: bool = False
    open_count: str = ""
    invoices_name: str = ""
    seller: str = ""
    account_parts: tuple[Part, ...] = ()
    staff_parts: tuple[Part, ...] = ()
    looking: str = ""
    presents: bool = False
    stage: StageBar = field(default_factory=StageBar)


# Each page about the account by its name in the texts, and the right without which it would be empty.
_PARTS: tuple[tuple[Part, Permission | None], ...] = (
    (Part("/account", "profile", "user"), None),
    (Part("/account/billing", "billing", "note"), Permission.INVOICES_VIEW),
    (Part("/account/security", "security", "lock"), None),
    (Part("/account/users", "users", "users"), Permission.USERS_MANAGE),
    (Part("/account/mandate", "mandate", "repeat"), Permission.MANDATE_VIEW),
    (Part("/account/data", "data", "down"), Permission.OWNERSHIP_TRANSFER),
)
_STAFF_PARTS = (
    Part("/staff", "lights", "pulse"),
    Part("/staff/money", "money", "coins"),
    Part("/staff/pushes", "pushes", "list"),
    Part("/staff/runs", "runs", "play"),
    Part("/staff/stops", "stops", "stop"),
    Part("/staff/customers", "customers", "users"),
)


def shell(identity: Identity, invoices: OpenInvoices | None, seller: str, stage: StageBar) -> Shell:
    """What the bars and the footer show."""
    open_count = str(invoices.count) if invoices and invoices.count else ""
    return Shell(
        name=identity.name,
        initials=initials(identity.name),
        user_menu=SAID.shell.user_menu.format(name=identity.name),
        account=identity.account_name,
        switch_name=SAID.shell.switch_account.format(name=identity.account_name),
        accounts=_choices(identity) if len(identity.accounts) > 1 else (),
        inbox=len(identity.accounts) > 1 and len(identity.inbox) > 0,
        open_count=open_count,
        invoices_name=SAID.shell.invoices_open.format(count=open_count) if open_count else SAID.shell.invoices,
        seller=seller,
        account_parts=account_parts(identity.permissions),
        staff_parts=staff_parts() if identity.is_finance else (),
        looking=_looking(identity),
        presents=identity.presents,
        stage=stage,
    )


def account_parts(rights: Rights) -> tuple[Part, ...]:
    """The pages about the account that somebody with these rights has any use for."""
    return tuple(_named(part, SAID.account.nav) for part, needed in _PARTS if needed is None or needed in rights)


def staff_parts() -> tuple[Part, ...]:
    """The pages of the company's own people."""
    return tuple(_named(part, SAID.staff.nav) for part in _STAFF_PARTS)


def seller_line(*, name: str, chamber: str, is_demo: bool) -> str:
    """Who runs this installation, for the footer."""
    line = SAID.shell.seller.format(name=name, chamber=chamber) if chamber else name
    return f"{line}{SAID.shell.demo}" if is_demo else line


def login_url(path: str, query: str) -> str:
    """The log-in form that leads back to an address of ours."""
    path = path.rstrip("/") or "/"
    target = f"{path}?{query}" if query else path
    return "/login" if path == "/login" or target == "/" else f"/login?next={quote(target, safe='')}"


def _named(part: Part, names: object) -> Part:
    return replace(part, name=getattr(names, part.name))


def _looking(identity: Identity) -> str:
    if identity.acts_for:
        return SAID.staff.acting.format(name=identity.account_name)
    if not identity.looks_as:
        return ""
    role = SAID.users.people.names[identity.looks_as].lower()
    said = SAID.users.looking if identity.looks_as_name else SAID.users.looking_nameless
    return said.format(name=identity.looks_as_name, role=role)


def _choices(identity: Identity) -> tuple[AccountChoice, ...]:
    return tuple(
        AccountChoice(str(known), name, "true" if known == identity.account_id else "false")
        for known, name in identity.accounts
    )
