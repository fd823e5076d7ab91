"""Shades and contrast of colours written as `#rrggbb` (WCAG 2.2, relative luminance)."""

import colorsys
from collections.abc import Callable

WHITE = "#ffffff"
# A step of lightness that the eye hardly sees.
_STEP = 0.0025

Channels = tuple[float, float, float]


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(ground: str, colour: str, part: float) -> str:
    """The ground with a part of the colour in it, from 0 to 1."""
    below, above = _channels(ground), _channels(colour)
    red, green, blue = (low + (high - low) * part for low, high in zip(below, above, strict=True))
    return _written((red, green, blue))


def scaled(colour: str, factor: float) -> str:
    """The same hue at a lightness so many times its own."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    return _written(colorsys.hls_to_rgb(hue, min(1.0, lightness * factor), saturation))


def darkened(colour: str, *, on: str, least: float) -> str:
    """The nearest shade, not lighter than the colour, that stands so far from a light ground, as black does."""
    return _moved(colour, -_STEP, lambda shade: contrast(shade, on) >= least)


def lightened(colour: str, *, on: str, least: float) -> str:
    """The nearest shade, not darker than the colour, that stands so far from a dark ground, as white does."""
    return _moved(colour, _STEP, lambda shade: contrast(shade, on) >= least)


def tint(ground: str, colour: str, apart: float) -> str:
    """The ground with just so much of the colour that the two stand that far apart; the colour itself when it can't."""
    parts = (step / 200 for step in range(1, 200))
    return next((mix for part in parts if contrast(ground, mix := mixed(ground, colour, part)) >= apart), colour)


def _moved(colour: str, step: float, passes: Callable[[str], bool]) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    shade = colour
    while not passes(shade):
        lightness = min(1.0, max(0.0, lightness + step))
        shade = _written(colorsys.hls_to_rgb(hue, lightness, saturation))
    return shade


def _luminance(colour: str) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> Channels:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _written(channels: Channels) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
