"""The contact sheet: one page with all pictures, to choose among by what their names say."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

PARTS = ("page", "state", "device", "theme", "language")
STYLE = """
body { margin: 0; font: 14px system-ui, sans-serif; background: #e9e9ee; color: #222; }
header { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem; padding: .75rem 1rem;
         background: #fff; border-bottom: 1px solid #ccc; }
main { display: flex; flex-wrap: wrap; gap: 1rem; padding: 1rem; align-items: flex-start; }
figure { margin: 0; background: #fff; padding: .5rem; border-radius: .5rem; max-width: 22rem; }
img { display: block; max-width: 100%; max-height: 32rem; border: 1px solid #ddd; }
figcaption { padding-top: .25rem; overflow-wrap: anywhere; }
pre { margin: 0; padding: 1rem; white-space: pre-wrap; }
[hidden] { display: none; }
"""
SCRIPT = """
const choices = [...document.querySelectorAll("select")];
const choose = () => {
    for (const figure of document.querySelectorAll("figure"))
        figure.hidden = choices.some(c => c.value && figure.dataset[c.name] !== c.value);
};
choices.forEach(c => c.addEventListener("change", choose));
choose();
"""


def write_sheet(folder: Path, found: Sequence[str]) -> Path:
    """Write index.html for all pictures in a folder, those of earlier runs too. found: what was wrong this time."""
    names = sorted(path.stem for path in folder.glob("*.png"))
    choices = "".join(
        _choice(part, {name.split("--")[position] for name in names}) for position, part in enumerate(PARTS)
    )
    sheet = folder / "index.html"
    sheet.write_text(
        f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Gallery</title><style>{STYLE}</style>'
        f"<header>{choices}<span>{len(names)} pictures, {len(found)} findings</span></header>"
        f"<pre>{escape(chr(10).join(found))}</pre><main>{''.join(map(_figure, names))}</main>"
        f"<script>{SCRIPT}</script></html>"
    )
    return sheet


def _choice(part: str, values: Iterable[str]) -> str:
    options = "".join(f"<option>{escape(value)}</option>" for value in sorted(values))
    return f'<label>{part} <select name="{part}"><option value="">all</option>{options}</select></label>'


def _figure(name: str) -> str:
    data = " ".join(f'data-{part}="{escape(value)}"' for part, value in zip(PARTS, name.split("--"), strict=True))
    file = escape(f"{name}.png")
    return (
        f'<figure {data}><a href="{file}"><img src="{file}" loading="lazy" alt=""></a>'
        f"<figcaption>{escape(name)}</figcaption></figure>"
    )
