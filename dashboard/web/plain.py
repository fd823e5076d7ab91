"""The page that stands on its own: no script, no sheet of styles and no font of ours has to be there for it."""

from html import escape

from billing.brand import DARK_PAGE, DARK_SURFACE, Brand
from dashboard.texts.languages import SAID, language

_STYLE = """
:root {{ color-scheme: light dark; --page: #f4f6f9; --card: #fff; --line: #dfe4ec; --text: #121b2c; --quiet: #4a566b;
  --link: {palette.link.light}; --soft: {palette.soft.light}; --soft-hover: {palette.soft_hover.light}; }}
@media (prefers-color-scheme: dark) {{ :root {{ --page: {page}; --card: {card}; --line: #273246; --text: #e9edf5;
  --quiet: #b0bacb; --link: {palette.link.dark}; --soft: {palette.soft.dark};
  --soft-hover: {palette.soft_hover.dark}; }} }}
* {{ box-sizing: border-box; margin: 0; }}
body {{ min-height: 100vh; display: grid; grid-template-rows: auto 1fr; background: var(--page); color: var(--text);
  font: 1rem/1.55 Inter, system-ui, sans-serif; }}
header {{ display: flex; align-items: center; gap: .625rem; padding: .9375rem 1.5rem; background: var(--card);
  border-bottom: 1px solid var(--line); font-weight: 600; }}
header img {{ height: 1.875rem; max-width: 10rem; }}
main {{ align-self: start; justify-self: center; width: min(36rem, 100% - 2rem); margin-top: min(12vh, 6rem);
  padding: 2.5rem 1.5rem; display: grid; gap: .625rem; justify-items: center; text-align: center;
  background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }}
h1 {{ font-size: 1.5rem; line-height: 1.3; letter-spacing: -.02em; }}
p {{ max-width: 28rem; color: var(--quiet); }}
a {{ margin-top: .875rem; padding: .6875rem 1.125rem; border-radius: .5rem; background: var(--soft); color: var(--link);
  font-weight: 600; text-decoration: none; }}
a:hover {{ background: var(--soft-hover); }}
a:focus-visible {{ outline: 2px solid var(--link); outline-offset: 2px; }}
@media (forced-colors: active) {{ a {{ border: 1px solid; }} }}
"""
_PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title} · {brand}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">{refresh}
<link rel="icon" href="/brand/logo"><style>{style}</style></head>
<body><header><img src="/brand/logo" alt="">{brand}</header>
<main><h1>{title}</h1><p>{sentence}</p><a href="/">{back}</a></main></body></html>"""


def plain_page(brand: Brand, title: str, sentence: str, refresh_seconds: int = 0) -> str:
    """The HTML of a page with one sentence and the way back. refresh_seconds: after which it asks again; 0: never."""
    return _PAGE.format(
        language=language(), title=escape(title), sentence=escape(sentence), back=escape(SAID.web.back),
        brand=escape(brand.screen_name),
        refresh=f'<meta http-equiv="refresh" content="{refresh_seconds}">' if refresh_seconds else "",
        style=_STYLE.format(palette=brand.palette, page=DARK_PAGE, card=DARK_SURFACE),
    )  # fmt: skip
