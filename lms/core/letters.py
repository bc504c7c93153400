"""Letters on paper: what the font of our PDFs cannot draw gives way to a question mark, and the page says so.

The worker prints no page with a letter it has no drawing for, since a box in a name is nobody's name. A log or a
workbook is wanted all the same: it is printed without the letter, and the name stands whole on the page in PALMS.
"""

from lms.core.fonts import coverage

EVERYDAY = 0x180
"""Below this are Latin letters that are certainly there: most pages need no look into the font, which is heavy."""

_NEEDS_SHAPING = range(0x0900, 0x0E00)
"""Scripts of South Asia: their letters change places when they meet, and drawn one by one spell something else."""


def drawable(page: str) -> str:
    """A page with “?” for every letter that cannot be printed; the same page when there is none."""
    unusual = {letter for letter in page if ord(letter) >= EVERYDAY}
    lost = {letter for letter in unusual if ord(letter) in _NEEDS_SHAPING or ord(letter) not in coverage()}
    return page.translate({ord(letter): "?" for letter in lost}) if lost else page
