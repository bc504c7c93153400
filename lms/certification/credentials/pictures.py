"""The picture a credential is carried in: our own drawing, as SVG and the same as PNG."""

from functools import lru_cache
from pathlib import Path

_HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def svg() -> bytes:
    """The drawing."""
    return (_HERE / "badge.svg").read_bytes()


@lru_cache(maxsize=1)
def png() -> bytes:
    """The drawing as a picture of 480 by 480 points."""
    return (_HERE / "badge.png").read_bytes()
