"""The settings of hosting packages as their two pages show them, and what the forms of those pages send."""

from dataclasses import dataclass, field
from typing import Any

from billing.errors import BillingError, InvalidSetting
from billing.hosting.queries import Change, HandOver, Package
from billing.hosting.settings import PHP_VERSIONS, EmailSettings, Forward, WebsiteSettings
from dashboard.rows.common import Badge, moment
from dashboard.rows.problems import sentence
from dashboard.texts.languages import SAID

TEXTS = SAID.hosting
# What a browser sends for a ticked box; an unticked one is not sent at all.
TICKED = "on"


@dataclass(frozen=True)
class Outcome:
    """How the last try to change something ended. field: what `sorry` is about, empty for the whole card.

    version: what it came to; once there is a newer one, nobody has to hear of it any more.
    """

    said: str = ""
    sorry: str = ""
    field: str = ""
    version: int = 0


@dataclass(frozen=True)
class Form:
    """The form of a website, kept on the server. settings, version: what it was filled from.

    expected: the version that a save replaces; 0 when somebody else was first and the screen has yet to show it.
    filled: counts how often it was filled; another number lets the browser forget what was typed.
    """

    settings: WebsiteSettings
    version: int
    expected: int
    filled: int = 1
    outcome: Outcome = field(default_factory=Outcome)


@dataclass(frozen=True)
class Card:
    """What every card says. hand_over: whether the panel has the settings. earlier: who changed them before, when."""

    id: str
    domain: str
    changed: str
    hand_over: Badge
    hand_over_text: str
    earlier: tuple[str, ...]
    said: str
    sorry: str


@dataclass(frozen=True)
class Option:
    """A choice in a list."""

    value: str
    label: str


@dataclass(frozen=True)
class WebsiteCard:
    """One website. newer: what somebody else has changed since the form was filled. key: changes to fill it again."""

    card: Card
    key: str
    php_version: str
    php_versions: tuple[Option, ...]
    force_https: bool
    web_root: str
    php_version_error: str
    web_root_error: str
    newer: str
    button: str


@dataclass(frozen=True)
class Box:
    """A mailbox. active: "true" or "false", as ARIA has it."""

    address: str
    active: str
    state: str


@dataclass(frozen=True)
class Forwarded:
    """A forward, and the name of the button that removes it."""

    source: str
    target: str
    remove: str


@dataclass(frozen=True)
class EmailCard:
    """The mail of one package. key: changes to empty the form of a new forward."""

    card: Card
    key: str
    boxes: tuple[Box, ...]
    forwards: tuple[Forwarded, ...]
    suffix: str
    source_error: str
    target_error: str


def filled_form(package: Package[WebsiteSettings], before: Form | None = None) -> Form:
    """A form with the settings that hold now."""
    return Form(package.settings, package.version, package.version, before.filled + 1 if before else 1)


def website_card(package: Package[WebsiteSettings], form: Form, *, is_only: bool) -> WebsiteCard:
    """The card of a website, its form as it was filled."""
    shown = form.settings
    return WebsiteCard(
        card=_card(package, form.outcome, ("php_version", "web_root")),
        key=f"{package.id}-{form.filled}",
        php_version=shown.php_version,
        php_versions=_php_versions(shown.php_version),
        force_https=shown.force_https,
        web_root=shown.web_root,
        php_version_error=_error(form.outcome, "php_version"),
        web_root_error=_error(form.outcome, "web_root"),
        newer=_newer(package) if package.version > form.version else "",
        button="solid" if is_only else "soft",
    )


def email_card(package: Package[EmailSettings], outcome: Outcome, *, filled: int) -> EmailCard:
    """The card of a package's mail, with the last outcome on it."""
    texts = SAID.email
    return EmailCard(
        card=_card(package, outcome, ("source", "target")),
        key=f"{package.id}-{filled}",
        boxes=tuple(
            Box(box.address, "true" if box.active else "false", texts.on if box.active else texts.off)
            for box in package.settings.mailboxes
        ),
        forwards=tuple(
            Forwarded(**vars(forward), remove=texts.remove_named.format(**vars(forward)))
            for forward in package.settings.forwards
        ),
        suffix=f"@{package.domain}",
        source_error=_error(outcome, "source"),
        target_error=_error(outcome, "target"),
    )


def sent_key(sent: object) -> str:
    """Which package a click, or the form it sends, says it is about; empty for what can't be one."""
    key = sent.get("package") if isinstance(sent, dict) else sent
    return key if isinstance(key, str) else ""


def sent_website(sent: object) -> WebsiteSettings:
    """The settings that a form sends. Raises InvalidSetting for anything but what our own form can send."""
    if not isinstance(sent, dict):
        raise InvalidSetting(field="", reason="type")
    known, ticked, web_root = dict(sent), sent.get("force_https"), sent.get("web_root")
    if ticked in (None, TICKED):
        known["force_https"] = ticked == TICKED
    if isinstance(web_root, str):
        known["web_root"] = web_root.strip()
    return WebsiteSettings.from_json(known)


def sent_forward(sent: object, domain: str) -> Forward:
    """The forward that a form sends, the source completed with the domain. Raises InvalidSetting as above."""
    if not isinstance(sent, dict):
        raise InvalidSetting(field="", reason="type")
    source, target = sent.get("source"), sent.get("target")
    if not isinstance(source, str) or not isinstance(target, str):
        raise InvalidSetting(field="", reason="type")
    source, target = source.strip().lower(), target.strip().lower()
    return Forward(source if "@" in source else f"{source}@{domain}", target)


def refusal(problem: Exception) -> Outcome:
    """Why nothing was changed."""
    if isinstance(problem, InvalidSetting):
        return Outcome(
            sorry=TEXTS.errors[problem.facts["reason"]].format(**problem.facts), field=problem.facts["field"]
        )
    own = {"conflict": TEXTS.conflict, "not_found": TEXTS.unknown, "not_allowed": TEXTS.not_allowed}
    code = problem.code if isinstance(problem, BillingError) else ""
    return Outcome(sorry=own.get(code) or sentence(problem))


def _card(package: Package[Any], outcome: Outcome, fields: tuple[str, ...]) -> Card:
    newest, *earlier = package.changes
    told = TEXTS.started if newest.version == 1 else TEXTS.changed
    return Card(
        id=str(package.id),
        domain=package.domain,
        changed=_said_of(newest, told),
        hand_over=_hand_over(package),
        hand_over_text=TEXTS.refused_text if package.hand_over is HandOver.REFUSED else "",
        earlier=tuple(_said_of(change, TEXTS.earlier_change) for change in earlier),
        said=outcome.said if outcome.version == package.version else "",
        sorry="" if outcome.field in fields else outcome.sorry,
    )


def _hand_over(package: Package[Any]) -> Badge:
    if package.handed_at is not None:
        return Badge(TEXTS.handed.format(at=moment(package.handed_at)), tone="s-paid", icon="check")
    if package.hand_over is HandOver.REFUSED:
        return Badge(TEXTS.refused, tone="s-late", icon="alert")
    return Badge(TEXTS.waiting, tone="s-pending", icon="way")


def _newer(package: Package[WebsiteSettings]) -> str:
    newest, settings = package.changes[0], package.settings
    return SAID.website.newer.format(
        name=newest.by, at=moment(newest.at), php=settings.php_version, web_root=settings.web_root,
        https=SAID.website.https_on if settings.force_https else SAID.website.https_off,
    )  # fmt: skip


def _php_versions(current: str) -> tuple[Option, ...]:
    offered = tuple(Option(version, version) for version in PHP_VERSIONS)
    if current in PHP_VERSIONS:
        return offered
    return (*offered, Option(current, SAID.website.php_old.format(version=current)))


def _error(outcome: Outcome, name: str) -> str:
    return outcome.sorry if outcome.field == name else ""


def _said_of(change: Change, text: str) -> str:
    return text.format(name=change.by, at=moment(change.at))
