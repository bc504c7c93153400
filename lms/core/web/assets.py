"""Our style sheet and scripts, and the mark that changes whenever any of them does."""

import hashlib
from functools import lru_cache
from pathlib import Path

import lms

STATIC = Path(lms.__file__).parent / "static"
"""Where they stand; `lms.static` serves what is below it."""


@lru_cache(maxsize=1)
def asset_version() -> str:
    """A short mark for addresses, so that browsers may keep what is behind them for long."""
    digest = hashlib.sha256(lms.__version__.encode())
    for path in sorted([*STATIC.glob("js/*.js"), *STATIC.glob("vendor/*.*")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
