"""Errors as sentences: what happened, that nothing was lost, what to do next."""

from collections.abc import Mapping
from typing import Any

from billing.errors import BillingError
from dashboard.rows.common import wait
from dashboard.texts.languages import SAID

_MAX_WAIT_SECONDS = 3600
_NO_FACTS: Mapping[str, Any] = {}


def sentence(problem: Exception) -> str:
    """What to say about anything that a billing call raised."""
    if isinstance(problem, BillingError):
        return by_code(problem.code, problem.facts)
    return SAID.problem.format(id=getattr(problem, "id", ""))


def by_code(code: str, facts: Mapping[str, Any] = _NO_FACTS) -> str:
    """What to say about an error code, also one from an address bar that we do not know."""
    said = SAID.errors.get(code, SAID.errors["billing_error"])
    why = SAID.weak_passwords.get(facts.get("reason", ""), SAID.weak_passwords["guessable"])
    return said.format(wait=wait(_seconds(str(facts.get("retry_after", "")))), why=why)


def of_query(query: Mapping[str, str]) -> str:
    """What a page says after a failed try, which its address tells of; empty when there was none."""
    code = query.get("fout", "")
    if not code:
        return ""
    return _storing(query) if code == "problem" else by_code(code, query)


def _storing(query: Mapping[str, str]) -> str:
    # Only letters and digits of the address get on the page.
    return SAID.problem.format(id="".join(c for c in query.get("id", "") if c.isalnum())[:16])


def _seconds(text: str) -> int:
    return min(int(text), _MAX_WAIT_SECONDS) if text.isdecimal() and len(text) < 8 else 60
