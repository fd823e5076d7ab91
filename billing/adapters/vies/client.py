"""Questions to VIES over its REST API.

Source: European Commission, "VIES, technical information", API `check-vat-number`: POST of the number and of who asks;
200 with `valid` is an answer, whatever has `errorWrappers` is none.
"""

from collections.abc import Mapping
from typing import Any

import httpx

from billing.ports import VatReply, VatVerdict

# A member state may think for a quarter of a minute before it answers.
_TIMEOUT = httpx.Timeout(20.0, connect=5.0, pool=5.0)
# A name and an address are short; more than this is no answer.
_MOST_BYTES = 64 * 1024
_MOST_CHARACTERS = 300
_NOT_US = "INVALID_REQUESTER_INFO"
# What stands for "not told" among names and addresses.
_NOT_TOLD = "---"


class Vies:
    """The register at one address. May be shared between threads. transport: stands in for the network."""

    def __init__(self, url: str, *, transport: httpx.BaseTransport | None = None) -> None:
        self._url = f"{url.rstrip('/')}/check-vat-number"
        self._http = httpx.Client(
            transport=transport, timeout=_TIMEOUT, follow_redirects=False, trust_env=False,
            headers={"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "voldaan"},
        )  # fmt: skip

    def close(self) -> None:
        """Let go of open connections."""
        self._http.close()

    def check(self, number: str, requester: str) -> VatReply:
        """Ask about a number. Where our own isn't known there, it is asked without, which leaves no proof."""
        reply = self._ask(number, requester)
        return self._ask(number, "") if requester and reply.reason == _NOT_US else reply

    def _ask(self, number: str, requester: str) -> VatReply:
        question = {"countryCode": number[:2], "vatNumber": number[2:]}
        if requester:
            question |= {"requesterMemberStateCode": requester[:2], "requesterNumber": requester[2:]}
        try:
            answer = self._http.post(self._url, json=question)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return _unavailable(type(error).__name__)
        if len(answer.content) > _MOST_BYTES:
            return _unavailable("too_long")
        try:
            return _reply(answer.status_code, answer.json(), question)
        except ValueError:
            return _unavailable(f"http_{answer.status_code}")


def _reply(status: int, said: Any, question: Mapping[str, str]) -> VatReply:
    """Only a plain yes or no about the very number that was asked about is an answer."""
    if not isinstance(said, Mapping):
        return _unavailable(f"http_{status}")
    errors = said.get("errorWrappers")
    if isinstance(errors, list) and errors:
        first = errors[0] if isinstance(errors[0], Mapping) else {}
        return _unavailable(_text(first, "error") or "error")
    valid = said.get("valid")
    if status != httpx.codes.OK or not isinstance(valid, bool):
        return _unavailable(f"http_{status}")
    if (said.get("countryCode"), said.get("vatNumber")) != (question["countryCode"], question["vatNumber"]):
        return _unavailable("other_number")
    return VatReply(
        VatVerdict.VALID if valid else VatVerdict.INVALID, consultation=_text(said, "requestIdentifier"),
        name=_text(said, "name"), address=_text(said, "address"),
    )  # fmt: skip


def _unavailable(reason: str) -> VatReply:
    return VatReply(VatVerdict.UNAVAILABLE, reason=reason)


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return "" if text == _NOT_TOLD else text.replace("\x00", "")[:_MOST_CHARACTERS]
