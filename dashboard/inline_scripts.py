"""Which scripts stand in the built pages themselves: nothing else that turns up in a page may run.

Reflex starts its pages with small scripts in the page. All but one are the same in every page, so their digests fit in
a header; the one that differs from page to page is put into a file beside the other scripts.
"""

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Unpack

from reflex_base.plugins import Plugin
from reflex_base.plugins.base import PostBuildContext

# Beside what is served, not in it.
FILE = "inline-scripts.json"
BUILT = Path(__file__).parent.parent / ".web" / "build" / FILE
# Far more than there are: a header that grows with the pages would one day be too long for a proxy.
MOST = 20

_INLINE = re.compile(r"<script(?P<attributes>(?:\s(?!src=)[^>\s]+)*)>(?P<code>.+?)</script>", re.DOTALL)
_OWN = re.compile(r'<script type="module" async="">(?P<code>.+?)</script>', re.DOTALL)


class InlineScriptsPlugin(Plugin):
    """Gives each built page its own script as a file, and writes down the digests of those that stay."""

    def post_build(self, **context: Unpack[PostBuildContext]) -> None:
        """Rewrite the pages. Raises RuntimeError when there are more kinds of scripts than a header can name."""
        static = context["static_dir"]
        found: set[str] = set()
        for page in static.rglob("*.html"):
            html = _OWN.sub(lambda own: _as_file(static, own["code"]), page.read_text())
            page.write_text(html)
            found |= {digest(script["code"]) for script in _INLINE.finditer(html)}
        if len(found) > MOST:
            raise RuntimeError(f"the pages hold {len(found)} different scripts: Reflex writes them in another form now")
        (static.parent / FILE).write_text(json.dumps(sorted(found)))


def digest(code: str) -> str:
    """A script as a content security policy names it (CSP Level 3, section 2.3.1: source expressions with a hash)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


@cache
def digests() -> tuple[str, ...]:
    """The scripts that the built pages hold; none before there are any pages."""
    return tuple(json.loads(BUILT.read_text())) if BUILT.exists() else ()


def _as_file(static: Path, code: str) -> str:
    name = f"assets/page-{hashlib.sha256(code.encode()).hexdigest()[:16]}.js"
    (static / name).write_text(code)
    return f'<script type="module" src="/{name}"></script>'
