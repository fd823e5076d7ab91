"""Doing something on a page about the account, the same way on each: told where it goes wrong, and proven when asked.

Such a page is a state with `trouble`, `news`, `proof`, and with `_again`: the event to run after a proof of identity.
"""

from collections.abc import Callable, Mapping
from typing import Any

from billing.errors import BillingError, CheckNeeded
from billing.logins.queries import security
from dashboard import run
from dashboard.rows.account import TEXTS, Proof, Told, sentence
from dashboard.session import look, refresh
from dashboard.web.cookies import session_token

Again = tuple[Any, ...]
NO_FIELDS: Mapping[str, str] = {}


async def attempt(
    page: Any, place: str, again: Again, use_case: Callable[..., Any], *args: Any,
    fields: Mapping[str, str] = NO_FIELDS, say: Callable[[Exception], str] = sentence,
) -> bool:  # fmt: skip
    """Run a use case for whoever is there, and show what there is now. Returns whether it was done.

    place: where trouble is told; fields: where else, by the code of the error; say: in which words. again: name and
    arguments of the event to repeat once the person has proven who it is.
    """
    page.trouble, page.news = Told(), Told()
    try:
        visit = await look(page)
        if visit is not None:
            await run.do(use_case, visit.actor, *args)
        await refresh(page)
    except CheckNeeded:
        await ask_for_proof(page, again)
        return False
    except (BillingError, run.Problem) as problem:
        page.trouble = Told(fields.get(getattr(problem, "code", ""), place), say(problem))
        await refresh(page)
        return False
    return visit is not None


async def ask_for_proof(page: Any, again: Again) -> None:
    """Ask who is there, before an event is done again."""
    visit = await look(page)
    if visit is not None:
        own = await run.ask(security, visit.actor, token_of(page))
        page.proof = Proof(is_open=True, has_app=own.app_since is not None, has_passkey=bool(own.passkeys))
        page._again = again


async def repeat(page: Any) -> Any:
    """What was asked for before the proof; a client that lies about the proof is asked for it again."""
    event, *args = page._again or ("",)
    give_up(page)
    return await getattr(page, event)(*args) if event else None


def give_up(page: Any) -> None:
    """No proof, so nothing is done."""
    page.proof, page._again = Proof(), ()


def token_of(page: Any) -> str:
    """The session token of this browser."""
    return session_token(page.router.headers.cookie)


def unreadable(place: str) -> Told:
    """What a client of our own would never send."""
    return Told(place, TEXTS.problems["unreadable"])


def text_fields(form: object, *names: str) -> dict[str, str] | None:
    """What was typed into these fields; None for anything that is not a form with all of them."""
    if not isinstance(form, dict):
        return None
    typed = {name: form[name] for name in names if isinstance(form.get(name), str)}
    return typed if len(typed) == len(names) else None


def row_id(text: object) -> int:
    """The id that a row was sent with; 0, which nothing has, for anything else."""
    return int(text) if isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) < 10 else 0
