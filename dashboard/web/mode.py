"""What marks a demo: one sheet of styles and one script for every page, so that none can be without them, and none of a
real installation has any of it."""

from starlette.requests import Request
from starlette.responses import Response

from dashboard import wiring
from dashboard.texts.nl import NL

_WATERMARK = """
/* In the margin, which is no wider than this on a phone: it covers nothing that is read or pressed. */
body::after {{
  content: "{word}"; position: fixed; right: 0; top: 50%; z-index: 2147483000; pointer-events: none;
  transform: translateY(-50%); writing-mode: vertical-rl; padding: .625rem 0; border-radius: .375rem 0 0 .375rem;
  background: #ffd27a; color: #3b2700; font: 700 .6875rem/.9375rem system-ui, sans-serif; letter-spacing: .08em;
}}
"""
# The clock of who shows the demo goes on between two looks at it. Its text node stays the one that React knows.
_CLOCK = """
setInterval(() => {
  for (const clock of document.querySelectorAll("time[data-ahead]")) {
    const now = new Date(Date.now() + Number(clock.dataset.ahead));
    const said = now.toLocaleTimeString("nl-NL", { timeZone: "Europe/Amsterdam", hour: "2-digit", minute: "2-digit" });
    if (clock.firstChild) clock.firstChild.nodeValue = said.replace(":", ".");
  }
}, 1000);
"""


async def sheet(request: Request) -> Response:
    """What every page of a demo wears; nothing outside of one."""
    return _of_a_demo(_WATERMARK.format(word=NL.demo.watermark), "text/css")


async def script(request: Request) -> Response:
    """What every page of a demo does by itself; nothing outside of one."""
    return _of_a_demo(_CLOCK, "text/javascript")


def _of_a_demo(content: str, media_type: str) -> Response:
    shown = content if wiring.settings().demo else ""
    return Response(shown, media_type=media_type, headers={"Cache-Control": "no-store"})
