"""Small pictures that stand for a file in a list."""

import io

from PIL import Image

SIDE = 480
"""Pixels of the longer side."""


def small_jpeg(picture: Image.Image) -> bytes:
    """A small JPEG of a picture."""
    small = picture.convert("RGB")
    small.thumbnail((SIDE, SIDE))
    made = io.BytesIO()
    small.save(made, "JPEG", quality=75, optimize=True)
    return made.getvalue()
