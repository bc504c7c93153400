"""Colours with enough contrast, judged by WCAG 2.2: 4.5 to 1 for words, 3 to 1 for what else has to be seen.

Plain Python. A colour is written #rrggbb; the contrast of two is a number from 1 to 21.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

WORDS = 4.5
"""Contrast of words with what is behind them: WCAG 2.2, success criterion 1.4.3."""
SEEN = 3.0
"""Contrast of a button with the page around it: WCAG 2.2, success criterion 1.4.11."""

WHITE, DARK = "#ffffff", "#0b0c0c"
"""The page and words on buttons; words of the page."""

PALE = ("#ffffff", "#edf5f5", "#f8f1f6", "#eff7f3", "#fcf1f1", "#fff4d0")
"""What links stand on: the page, and the pale surfaces of the style sheet (frontend/_settings.scss)."""

_SPELLED = re.compile(r"#?(?:[0-9a-f]{3}|[0-9a-f]{6})", re.ASCII)


@dataclass(frozen=True)
class Palette:
    """What pages wear: behind the header, links, buttons. Without a choice the colours PALMS was made with."""

    header: str = "#073f45"
    link: str = "#0b5c63"
    button: str = "#0b5c63"


@dataclass(frozen=True)
class Weak:
    """A colour that does not do: the contrast it has where it is weakest, what is needed, the nearest that does."""

    part: str
    has: float
    needs: float
    nearest: str


def spelled(text: str) -> str | None:
    """A colour as #rrggbb; None for anything else that was typed. `#abc` and capitals are understood."""
    said = text.strip().lower()
    if not _SPELLED.fullmatch(said):
        return None
    digits = said.removeprefix("#")
    return "#" + (digits if len(digits) == 6 else "".join(each * 2 for each in digits))


@lru_cache(maxsize=4000)
def luminance(colour: str) -> float:
    """How light a colour is, from 0 to 1: the relative luminance of WCAG 2.2."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, whichever stands on which."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """A colour with a share (0 to 1) of another in it."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def words_on(colour: str) -> str:
    """White or dark, whichever is read better on a colour."""
    return max((WHITE, DARK), key=lambda words: contrast(words, colour))


def tint(header: str) -> str:
    """The pale surface that goes with a header: menu and foot of pages."""
    return mixed(header, WHITE, 0.93)


def weak_parts(palette: Palette) -> list[Weak]:
    """What of a palette does not do; nothing when all of it can be read and seen."""
    header = palette.header
    judged: tuple[tuple[str, str, Callable[[str], float], float], ...] = (
        ("header", header, lambda each: contrast(words_on(each), each), WORDS),
        ("link", palette.link, lambda each: min(contrast(each, pale) for pale in (*PALE, tint(header))), WORDS),
        ("button", palette.button, lambda each: contrast(WHITE, each), max(WORDS, SEEN)),
    )
    return [
        Weak(part, has(colour), needs, _nearest(colour, has, needs))
        for part, colour, has, needs in judged
        if has(colour) < needs
    ]


def _nearest(colour: str, has: Callable[[str], float], needs: float) -> str:
    """The first shade that does, on the way to black or to white, whichever is the shorter way."""
    return next(each for each in _shades(colour) if has(each) >= needs)


def _shades(colour: str) -> Iterator[str]:
    for step in range(1, 257):
        for end in ("#000000", WHITE):
            yield mixed(colour, end, step / 256)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
