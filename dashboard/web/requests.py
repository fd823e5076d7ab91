"""What to believe of a request: its size, its form, where it comes from, and where it may send the browser."""

import ipaddress
import re
from urllib.parse import parse_qs, quote, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request

from billing.logins.sessions import Visitor
from dashboard import wiring

MAX_FORM_BYTES = 16 * 1024
MAX_FIELDS = 200
# Browsers drop tabs and line breaks and take a backslash for a slash: none of those in a path of ours.
_LOCAL_PATH = re.compile(r"/(?!/)[\x21-\x5b\x5d-\x7e]*")

# Letters of both kinds of token, ours and itsdangerous'.
_TOKEN = re.compile(r"[A-Za-z0-9_.-]{1,300}")


async def body(request: Request, limit: int) -> bytes:
    """The bytes of the body. Raises HTTPException 413 as soon as there are more than `limit`."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:12]) > limit:
        raise HTTPException(413)
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > limit:
            raise HTTPException(413)
    return bytes(received)


async def form(request: Request) -> dict[str, list[str]]:
    """The fields of a form of our own pages. Raises HTTPException 403 for one from another site, 400 and 413."""
    require_own_page(request)
    text = (await body(request, MAX_FORM_BYTES)).decode("utf-8", "replace")
    try:
        fields = parse_qs(text, keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        raise HTTPException(400) from None
    # PostgreSQL knows no NUL in text, and nobody types one.
    return {name: [value.replace("\0", "") for value in values] for name, values in fields.items()}


def first(fields: dict[str, list[str]], name: str) -> str:
    """The first value of a field; empty when it was not sent."""
    return fields.get(name, [""])[0]


def require_own_page(request: Request) -> None:
    """Raises HTTPException 403 when a browser says that the request comes from a page of somebody else."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in {"same-origin", "none"}:
            raise HTTPException(403)
        return
    origin = request.headers.get("origin", wiring.settings().public_url)
    # Another name of this very server is fine too: a page of somebody else can't choose the Host header.
    if origin != wiring.settings().public_url and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403)


def link_token(text: str) -> str:
    """The token of a mailed link, when it has the letters of one. Raises HTTPException 404."""
    if not _TOKEN.fullmatch(text):
        raise HTTPException(404)
    return text


def client_address(request: Request) -> str:
    """The caller's address: what the outermost of our own proxies saw, else who is connected."""
    peer = request.client.host if request.client else ""
    hops = wiring.settings().trusted_proxy_hops
    forwarded = [part.strip() for part in ",".join(request.headers.getlist("x-forwarded-for")).split(",")]
    if not hops or len(forwarded) < hops:
        return peer
    try:
        return str(ipaddress.ip_address(forwarded[-hops]))
    except ValueError:
        return peer


def visitor(request: Request) -> Visitor:
    """Where a request comes from, as far as can be believed."""
    return Visitor(client_address(request), request.headers.get("user-agent", ""))


def local_path(text: str) -> str:
    """The path when it is one of this site, else the start page."""
    return text if _LOCAL_PATH.fullmatch(text) and len(text) <= 2000 else "/"


def login_path(request: Request) -> str:
    """The sign-in page that leads back to this address."""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"/login?next={quote(local_path(request.url.path + query), safe='')}"
