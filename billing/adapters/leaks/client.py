"""Questions about leaked passwords by range: five digits of forty are told, the rest is compared here.

Source: Have I Been Pwned, API v3, "Searching by range" and "Introducing padding": GET {base}/{first five hexadecimal
digits of the SHA-1}; each line of the answer is the other 35 digits, a colon, and how often that password was seen.
With `Add-Padding: true` there are lines of count 0 among them, so that the length of the answer tells nothing.
"""

import hashlib
import re
import time

import httpx

from billing.ports import LeakReply, LeakVerdict

# Somebody waits at a form: who takes longer is not waited for.
_SECONDS = 2.0
# A range has some two thousand lines of at most fifty bytes.
_MOST_BYTES = 512 * 1024
_TOLD = 5
_LINE = re.compile(r"([0-9A-Fa-f]{35}):([0-9]{1,12})")


class PasswordRanges:
    """The service at one address. May be shared between threads. seconds: how long an answer may take."""

    def __init__(self, url: str, *, seconds: float = _SECONDS) -> None:
        self._url, self._seconds = url.rstrip("/"), seconds
        self._http = httpx.Client(
            timeout=seconds, follow_redirects=False, trust_env=False,
            headers={"Add-Padding": "true", "Accept": "text/plain", "Accept-Encoding": "identity",
                     "User-Agent": "voldaan"},
        )  # fmt: skip

    def close(self) -> None:
        """Let go of open connections."""
        self._http.close()

    def look_up(self, password: str) -> LeakReply:
        """Ask for the range that a password's digest is in, and look for the digest there."""
        # The protocol's digest; it keeps nothing secret, and is kept nowhere.
        digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
        try:
            lines = self._range(digest[:_TOLD])
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return LeakReply(LeakVerdict.UNAVAILABLE, type(error).__name__)
        except _NoRange as odd:
            return LeakReply(LeakVerdict.UNAVAILABLE, str(odd))
        is_leaked = lines.get(digest[_TOLD:], 0) > 0
        return LeakReply(LeakVerdict.LEAKED if is_leaked else LeakVerdict.UNKNOWN)

    def _range(self, told: str) -> dict[str, int]:
        """How often each password of a range was seen, by the rest of its digest."""
        began, body = time.monotonic(), bytearray()
        with self._http.stream("GET", f"{self._url}/{told}") as answer:
            if answer.status_code != httpx.codes.OK:
                raise _NoRange(f"http_{answer.status_code}")
            for part in answer.iter_raw():
                body += part
                if len(body) > _MOST_BYTES:
                    raise _NoRange("too_long")
                if time.monotonic() - began > self._seconds:
                    raise _NoRange("too_slow")
        found = [_LINE.fullmatch(line.strip()) for line in body.decode("ascii", "replace").splitlines()]
        if not found or None in found:
            raise _NoRange("unreadable")
        return {line[1].upper(): int(line[2]) for line in found if line}


class _NoRange(Exception):
    """An answer that is none."""
