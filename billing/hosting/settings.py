"""What can be set of a hosting package, and which values make sense. Pure: knows neither database nor panel."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from billing.errors import InvalidSetting, NotFound

PHP_VERSIONS = ("8.5", "8.4", "8.3", "8.2")
MAX_WEB_ROOT = 200
MAX_ADDRESS = 254
MAX_FORWARDS = 50

# A folder that needs no quotes in any shell, and that is not hidden: what is hidden is not for visitors.
_FOLDER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_NAME = re.compile(r"[a-z0-9_+-]+(\.[a-z0-9_+-]+)*")
_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?")
_MAX_NAME, _MAX_DOMAIN = 64, 253


class Area(StrEnum):
    """The two parts of a package that are set, and versioned, on their own."""

    WEBSITE = "website"
    EMAIL = "email"


@dataclass(frozen=True)
class WebsiteSettings:
    """How a website is served. web_root: the folder within the package that visitors see."""

    php_version: str
    force_https: bool
    web_root: str

    def require_valid(self, before: "WebsiteSettings") -> None:
        """Raises InvalidSetting naming the field. A PHP version that is no longer offered may stay as it was."""
        if self.php_version not in {*PHP_VERSIONS, before.php_version}:
            raise InvalidSetting(field="php_version", reason="php_version")
        folders = self.web_root.split("/")
        if len(self.web_root) > MAX_WEB_ROOT or not all(_FOLDER.fullmatch(folder) for folder in folders):
            raise InvalidSetting(field="web_root", reason="web_root")

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: object) -> "WebsiteSettings":
        """The settings in parsed JSON. Raises InvalidSetting for what is missing or of another type."""
        fields = _object(data, field="website")
        return cls(
            php_version=_text(fields, "php_version"), force_https=_flag(fields, "force_https"),
            web_root=_text(fields, "web_root"),
        )  # fmt: skip


@dataclass(frozen=True)
class Mailbox:
    """A mailbox of the package. One that is not active takes no mail and lets nobody log in; it keeps its mails."""

    address: str
    active: bool


@dataclass(frozen=True)
class Forward:
    """Mail for `source`, an address of the package's own domain, also goes to `target`."""

    source: str
    target: str


@dataclass(frozen=True)
class EmailSettings:
    """The mailboxes, which can be switched but not made here, and where mail is forwarded to."""

    mailboxes: tuple[Mailbox, ...] = ()
    forwards: tuple[Forward, ...] = ()

    def switched(self, address: str) -> "EmailSettings":
        """The same with one mailbox switched on or off. Raises NotFound."""
        if address not in {box.address for box in self.mailboxes}:
            raise NotFound()
        boxes = (replace(box, active=not box.active) if box.address == address else box for box in self.mailboxes)
        return replace(self, mailboxes=tuple(boxes))

    def with_forward(self, forward: Forward) -> "EmailSettings":
        """The same with one forward more."""
        return replace(self, forwards=(*self.forwards, forward))

    def without_forward(self, forward: Forward) -> "EmailSettings":
        """The same with one forward less. Raises NotFound."""
        if forward not in self.forwards:
            raise NotFound()
        return replace(self, forwards=tuple(kept for kept in self.forwards if kept != forward))

    def require_valid(self, before: "EmailSettings", domain: str) -> None:
        """Raises InvalidSetting naming the field and what is wrong with it."""
        if [box.address for box in self.mailboxes] != [box.address for box in before.mailboxes]:
            raise InvalidSetting(field="mailboxes", reason="mailboxes")
        if len(self.forwards) > MAX_FORWARDS:
            raise InvalidSetting(field="forwards", reason="too_many", limit=MAX_FORWARDS)
        for forward in self.forwards:
            _require_forward(forward, domain)
        if len(set(self.forwards)) < len(self.forwards):
            raise InvalidSetting(field="source", reason="duplicate")
        if _goes_round(self.forwards):
            raise InvalidSetting(field="target", reason="loop")

    def to_json(self) -> dict[str, Any]:
        return {
            "mailboxes": [asdict(box) for box in self.mailboxes],
            "forwards": [asdict(forward) for forward in self.forwards],
        }

    @classmethod
    def from_json(cls, data: object) -> "EmailSettings":
        """The settings in parsed JSON. Raises InvalidSetting for what is missing or of another type."""
        fields = _object(data, field="email")
        boxes = (_object(box, field="mailboxes") for box in _list(fields, "mailboxes"))
        forwards = (_object(forward, field="forwards") for forward in _list(fields, "forwards"))
        return cls(
            tuple(Mailbox(_text(box, "address"), _flag(box, "active")) for box in boxes),
            tuple(Forward(_text(forward, "source"), _text(forward, "target")) for forward in forwards),
        )


def is_domain(text: str) -> bool:
    """Whether this is the name of a domain, in lower case and in ASCII."""
    return len(text) <= _MAX_DOMAIN and _DOMAIN.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Whether this is a plain mail address in lower case: no quotes, no comments, nothing beyond ASCII."""
    name, at, domain = text.partition("@")
    short = len(text) <= MAX_ADDRESS and len(name) <= _MAX_NAME
    return bool(at) and short and _NAME.fullmatch(name) is not None and is_domain(domain)


def _require_forward(forward: Forward, domain: str) -> None:
    if not is_address(forward.source) or forward.source.partition("@")[2] != domain:
        raise InvalidSetting(field="source", reason="source")
    if not is_address(forward.target):
        raise InvalidSetting(field="target", reason="target")


def _goes_round(forwards: tuple[Forward, ...]) -> bool:
    """Whether a mail would come back to where it was forwarded from."""
    targets: dict[str, set[str]] = {}
    for forward in forwards:
        targets.setdefault(forward.source, set()).add(forward.target)
    return any(start in _reached(start, targets) for start in targets)


def _reached(start: str, targets: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    ahead = set(targets[start])
    while ahead:
        reached |= ahead
        ahead = set().union(*(targets.get(address, set()) for address in ahead)) - reached
    return reached


def _object(data: object, *, field: str) -> Mapping[str, object]:
    if not isinstance(data, Mapping):
        raise InvalidSetting(field=field, reason="type")
    return data


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise InvalidSetting(field=name, reason="type")
    return value


def _flag(fields: Mapping[str, object], name: str) -> bool:
    value = fields.get(name)
    if not isinstance(value, bool):
        raise InvalidSetting(field=name, reason="type")
    return value


def _list(fields: Mapping[str, object], name: str) -> list[object]:
    value = fields.get(name)
    if not isinstance(value, list):
        raise InvalidSetting(field=name, reason="type")
    return value
