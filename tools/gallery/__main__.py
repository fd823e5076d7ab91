"""`make gallery`: takes every picture into var/gallery, and tells what is wrong with what it saw.

python -m tools.gallery [--only PAGE or PAGE--STATE] [--theme …] [--device …] [--language …]
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.e2e.stack import Demo
from tools.browsing import browsing
from tools.demo import ROOT
from tools.gallery import later, now
from tools.gallery.camera import Camera
from tools.gallery.cast import gather
from tools.gallery.looks import DEVICES, LANGUAGES, THEMES, looks
from tools.gallery.scenes import Scene, wanted
from tools.gallery.sheet import write_sheet
from tools.processes import Stopped
from tools.running import running
from tools.system import Missing

FOLDER = ROOT / "var" / "gallery"


def main() -> int:
    """1 when something is wrong with what was seen, 2 when nothing could be seen."""
    asked = _options()
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        camera = _look_round(asked)
    except (Missing, Stopped) as problem:
        print(problem, file=sys.stderr)
        return 2
    print(f"{len(camera.taken)} pictures, {len(camera.found)} findings: {write_sheet(FOLDER, camera.found)}")
    return 1 if camera.found or not camera.taken else 0


def _look_round(asked: argparse.Namespace) -> Camera:
    with (
        tempfile.TemporaryDirectory(prefix="voldaan-gallery-") as folder, running(Path(folder)) as options,
        browsing() as browser,
    ):  # fmt: skip
        camera = Camera(Demo(options), browser, FOLDER)
        try:
            for scene in _scenes(camera.demo, asked.only):
                for language in [asked.language] if asked.language else LANGUAGES:
                    camera.take(scene, looks(scene.name, device=asked.device, theme=asked.theme), language)
        except AssertionError as problem:
            camera.note("the rest", [f"can't be set up: {problem}"])
        camera.demo.billing.database.dispose()
        return camera


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.gallery", description=__doc__)
    parser.add_argument("--only", default="", help="a page, or a page and a state: invoice, invoice--open")
    parser.add_argument("--theme", choices=THEMES)
    parser.add_argument("--device", default="", choices=DEVICES)
    parser.add_argument("--language", default="", choices=LANGUAGES)
    return parser.parse_args()


def _scenes(demo: Demo, only: str) -> Iterator[Scene]:
    yield from (scene for scene in now.scenes(gather(demo)) if wanted(scene, only))
    if only.split("--")[0] in {"", *later.PAGES}:
        yield from (scene for scene in later.scenes(demo) if wanted(scene, only))


if __name__ == "__main__":
    sys.exit(main())
