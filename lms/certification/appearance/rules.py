"""What an authority can choose about its certificates, and in which languages one is issued. Plain Python."""

from enum import StrEnum

MOST_SIGNATORIES = 3
"""Who signs at the same time: more names than this do not fit on one page."""

WIDEST, HIGHEST = 1200, 600
"""Pixels of a kept logo: sharp on paper at the size it is printed, and small enough for a certificate of 500 kB."""

LARGEST_LOGO = 4 * 1024 * 1024
"""Bytes of a file that is handed in as a logo."""

MOST_PIXELS = 24_000_000
LARGEST_KEPT = 300 * 1024
"""Bytes of a kept logo: it is inside each certificate, and funders refuse files of more than half a megabyte."""


class Languages(StrEnum):
    """In which languages an authority's certificates are issued, as far as a kind has its Welsh."""

    HOLDER = "holder"
    ENGLISH = "en"
    WELSH = "cy"
    BOTH = "both"

    def wanted(self, holder: str) -> tuple[str, ...]:
        """The languages of one certificate, the first one first. `holder` is the holder's own, "en" or "cy"."""
        match self:
            case Languages.ENGLISH:
                return ("en",)
            case Languages.WELSH:
                return ("cy",)
            case Languages.BOTH:
                return ("cy", "en") if holder == "cy" else ("en", "cy")
        return ("cy",) if holder == "cy" else ("en",)


def fitting(width: int, height: int) -> tuple[int, int]:
    """The size in pixels in which a picture is kept: no wider and no higher than a logo may be, its shape kept."""
    scale = min(1.0, WIDEST / width, HIGHEST / height)
    return max(1, round(width * scale)), max(1, round(height * scale))
