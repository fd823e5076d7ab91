"""The session cookie: out of reach of scripts and of other sites."""

from starlette.requests import cookie_parser
from starlette.responses import Response

from billing.logins.sessions import SESSION_MAX
from dashboard import wiring


def session_token(cookie_header: str) -> str:
    """The session token in a Cookie header; empty when there is none."""
    return cookie_parser(cookie_header).get(_name(), "")


def set_session(response: Response, token: str) -> None:
    """Let the browser keep the token for as long as a session can last."""
    _set(response, token, max_age_seconds=int(SESSION_MAX.total_seconds()))


def clear_session(response: Response) -> None:
    """Let the browser forget the token."""
    _set(response, "", max_age_seconds=0)


def _set(response: Response, token: str, *, max_age_seconds: int) -> None:
    response.set_cookie(
        _name(), token, max_age=max_age_seconds, path="/", secure=_is_https(), httponly=True, samesite="lax"
    )


def _name() -> str:
    # With this prefix a browser takes the cookie only from this very host, over https, for all paths.
    return "__Host-voldaan_session" if _is_https() else "voldaan_session"


def _is_https() -> bool:
    return wiring.settings().public_url.startswith("https://")
