"""The watermark of a demo: one sheet of styles for every page, so that none can be without it, and none of a real
installation has it."""

from starlette.requests import Request
from starlette.responses import Response

from dashboard import wiring
from dashboard.texts.nl import NL

_WATERMARK = """
body::after {{
  content: "{word}"; position: fixed; right: .75rem; bottom: .75rem; z-index: 2147483000; pointer-events: none;
  padding: .1875rem .625rem; border-radius: .375rem; background: #ffd27a; color: #3b2700;
  box-shadow: 0 1px 4px rgb(0 0 0 / .25); font: 700 .8125rem/1.4 system-ui, sans-serif; letter-spacing: .04em;
}}
"""


async def mode(request: Request) -> Response:
    """What every page of a demo wears; nothing outside of one."""
    sheet = _WATERMARK.format(word=NL.demo.watermark) if wiring.settings().demo else ""
    return Response(sheet, media_type="text/css", headers={"Cache-Control": "no-store"})
