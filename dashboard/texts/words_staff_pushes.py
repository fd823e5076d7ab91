"""What a language has to say on the page with the messages of the gateway."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Pushes:
    """verdicts: the short word on a badge; explained: the same in a sentence. filters: what a list can be narrowed to.
    statuses: what a status code of the gateway means. refusals: why a message was not believed."""

    verdicts: Mapping[str, str]
    explained: Mapping[str, str]
    filters: Mapping[str, str]
    statuses: Mapping[str, str]
    refusals: Mapping[str, str]
    lede: str
    search: str
    search_hint: str
    filter: str
    count: Callable[[int], str]
    received: str
    message: str
    told: str
    amount: str
    verdict: str
    open: str
    open_name: str
    mandate: str
    other: str
    no_status: str
    repeats: Callable[[int], str]
    none: str
    none_text: str
    refused: str
    refused_lede: str
    refused_none: str
    refused_row: Callable[[int], str]
    detail: str
    key: str
    content: str
    content_lede: str
    others: str
    replay: str
    replay_hint: str
    replaying: str
    replayed: str
    reason: str
