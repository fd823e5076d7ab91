"""Reads and checks how a host wants to look, when a process starts."""

from functools import lru_cache
from pathlib import Path

from billing.brand import Brand, Picture, colour_problem, icon_problem, palette, picture
from billing.config import Settings
from billing.errors import SettingsInvalid


@lru_cache(maxsize=8)
def brand(settings: Settings) -> Brand:
    """The brand of these settings. Raises SettingsInvalid naming each colour and file that will not do."""
    problems: list[str] = []
    blue, red = (_colour(settings, name, problems) for name in ("brand_blue", "brand_red"))
    logo, icon = (_picture(settings, name, problems) for name in ("brand_logo", "brand_icon"))
    if icon and (problem := icon_problem(icon)):
        problems.append(f"VOLDAAN_BRAND_ICON: {problem}")
    if problems:
        raise SettingsInvalid(problems=problems)
    return Brand(settings.brand_name.strip(), palette(blue, red), logo, icon)


def _colour(settings: Settings, name: str, problems: list[str]) -> str:
    colour = str(getattr(settings, name)).strip().lower()
    if colour and (problem := colour_problem(colour)):
        problems.append(f"VOLDAAN_{name.upper()}: {problem}")
    return colour


def _picture(settings: Settings, name: str, problems: list[str]) -> Picture | None:
    file = getattr(settings, name)
    if not file:
        return None
    try:
        return picture(Path(file).read_bytes())
    except OSError as error:
        problems.append(f"VOLDAAN_{name.upper()}: {file} can't be read ({error.strerror})")
    except ValueError as error:
        problems.append(f"VOLDAAN_{name.upper()}: {file} {error}")
    return None
