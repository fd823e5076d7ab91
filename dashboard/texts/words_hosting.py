"""What a language has to say about the settings of hosting packages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hosting:
    """What both pages say. errors: by the reason of an invalid setting."""

    started: str
    changed: str
    earlier: str
    earlier_change: str
    waiting: str
    handed: str
    refused: str
    refused_text: str
    saved: str
    same: str
    conflict: str
    unknown: str
    not_allowed: str
    none: str
    none_text: str
    errors: dict[str, str]


@dataclass(frozen=True)
class Website:
    title: str
    lede: str
    php: str
    php_text: str
    php_old: str
    https: str
    https_text: str
    https_on: str
    https_off: str
    web_root: str
    web_root_text: str
    save: str
    newer: str
    take_over: str


@dataclass(frozen=True)
class Email:
    title: str
    lede: str
    boxes: str
    boxes_text: str
    no_boxes: str
    on: str
    off: str
    switched_on: str
    switched_off: str
    forwards: str
    forwards_text: str
    no_forwards: str
    to: str
    new: str
    source: str
    target: str
    target_hint: str
    add: str
    added: str
    remove: str
    remove_named: str
    removed: str
