"""The watermark of a demo: one sheet of styles for every page, so that none can be without it, and none of a real
installation has it."""

from starlette.requests import Request
from starlette.responses import Response

from dashboard import wiring
from dashboard.texts.languages import SAID

_WATERMARK = """
/* In the margin, which is no wider than this on a phone: it covers nothing that is read or pressed. */
body::after {{
  content: "{word}"; position: fixed; right: 0; top: 50%; z-index: 2147483000; pointer-events: none;
  transform: translateY(-50%); writing-mode: vertical-rl; padding: .625rem 0; border-radius: .375rem 0 0 .375rem;
  background: #ffd27a; color: #3b2700; font: 700 .6875rem/.9375rem system-ui, sans-serif; letter-spacing: .08em;
}}
"""


async def mode(request: Request) -> Response:
    """What every page of a demo wears; nothing outside of one."""
    sheet = _WATERMARK.format(word=SAID.demo.watermark) if wiring.settings().demo else ""
    return Response(sheet, media_type="text/css", headers={"Cache-Control": "no-store"})
