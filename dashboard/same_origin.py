"""One build of the pages for every address: the browser talks to the origin that it loaded the page from.

Reflex bakes the address of the back end into the bundle. Here front end and back end share one port, so the baked
address says nothing that the browser does not know, and would make each host name and port need a build of its own.
"""

import re
from pathlib import Path
from typing import Unpack

from reflex_base.plugins import Plugin
from reflex_base.plugins.base import PostBuildContext

# Stands in the build where the address would be. `.invalid` never resolves: a missed place can't reach a stranger.
PLACEHOLDER_URL = "http://voldaan.invalid"

_BAKED = re.compile(r"""(["'`])(http|ws)://voldaan\.invalid(/[^"'`]*)\1""")


class SameOriginPlugin(Plugin):
    """Replaces the placeholder in the built scripts by the browser's own origin."""

    def post_build(self, **context: Unpack[PostBuildContext]) -> None:
        """Rewrite the scripts that carry the address. Raises RuntimeError when the build holds none."""
        scripts = [path for path in context["static_dir"].rglob("*.js") if _rewrite(path)]
        if not scripts:
            raise RuntimeError("the build holds no back-end address: Reflex writes it in another form now")


def use_own_origin(script: str) -> str:
    """The script with each baked address replaced by an expression over `location.origin`."""
    return _BAKED.sub(_own_address, script)


def _own_address(found: re.Match[str]) -> str:
    scheme, path = found[2], found[3]
    origin = 'location.origin.replace(/^http/,"ws")' if scheme == "ws" else "location.origin"
    return f'({origin}+"{path}")'


def _rewrite(path: Path) -> bool:
    before = path.read_text()
    after = use_own_origin(before)
    if "voldaan.invalid" in after:
        raise RuntimeError(f"{path.name} holds the placeholder address in an unknown form")
    if after != before:
        path.write_text(after)
    return after != before
