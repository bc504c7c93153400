"""Letters as pages of HTML to be set as PDF: the address shows in the window of a DL envelope, folded in three.

The block for the address begins 39.5 mm from the top and 24.6 mm from the left and is 26.8 mm high, which is where
GOV.UK Notify and windows of DL envelopes have it. Lines are counted instead of measured, since what sets the page
drops space at its top. Without an address the name stands there alone, and the rest is written by hand.
"""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import NamedTuple

from lms.core.clock import london_day
from lms.core.i18n import day
from lms.core.letters import drawable

LINES = 7
"""Lines of an address at most, with the name."""
_STYLE = """
@page { size: a4; margin: 1.5cm 2cm 2cm 2.46cm }
body { font-family: palms; font-size: 12pt; line-height: 1.4 }
p { margin-bottom: 8pt }
h1 { font-size: 14pt; margin-bottom: 8pt }
.from { font-size: 12pt; line-height: 17pt; margin-bottom: 0; text-align: right }
.to { font-size: 9pt; line-height: 10.8pt; margin-bottom: 0 }
.gap { line-height: 17pt; margin-bottom: 0 }
.next { page-break-before: always }
"""
_ABOVE = 4
"""Lines of 17 points from the top margin down to the address: 68 points of the 69.5 there are."""


class Letter(NamedTuple):
    """One letter: whose, to whom and where, the moment it was sent off (aware), and what it says."""

    authority: str
    name: str
    address: str
    on: datetime
    subject: str
    body: str

    @property
    def lines(self) -> list[str]:
        """The address line by line, without empty ones."""
        return [line.strip() for line in self.address.splitlines() if line.strip()]


def page_of(letters: Sequence[Letter], language: str) -> str:
    """All letters as one page of HTML, each on paper of its own."""
    inside = "".join(_one(each, language, first=number == 0) for number, each in enumerate(letters))
    return (
        f"<html lang='{language}'><head><title>PALMS</title><style>{_STYLE}</style></head><body>{inside}</body></html>"
    )


def _one(letter: Letter, language: str, *, first: bool) -> str:
    begin = "from" if first else "from next"
    paragraphs = [part.replace("\n", "<br/>") for part in _said(letter.body).split("\n\n") if part.strip()]
    return "".join(
        [
            f"<p class='{begin}'>{_said(letter.authority)}</p>",
            f"<p class='from'>{day(london_day(letter.on), language)}</p>",
            "<p class='gap'>&nbsp;</p>" * (_ABOVE - 2),
            f"<p class='to'>{'<br/>'.join(_lines(letter))}</p>",
            "<p class='gap'>&nbsp;</p>" * 3,
            f"<h1>{_said(letter.subject)}</h1>",
            *(f"<p>{part}</p>" for part in paragraphs),
        ]
    )


def _lines(letter: Letter) -> list[str]:
    given = [letter.name, *letter.lines]
    return [_said(line[:60]) for line in given[:LINES]] + ["&nbsp;"] * (LINES - min(len(given), LINES))


def _said(text: str) -> str:
    return escape(drawable(text))
