"""The process in which a file is looked at and made harmless. It takes little, lives shortly, and may fail alone.

`python -m lms.assessment.media.making.child <container> <source> <made> <thumbnail>` writes the clean file and, where
there is one, the thumbnail, and says in one line of JSON what came of it. It is given no network, no settings and no
database; whatever happens in here, whoever started it goes on.
"""

import io
import json
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

MEMORY = 1_500 * 1024 * 1024
"""Bytes. A picture of 60 million dots needs about a third."""

SECONDS = 90
"""Of computing. Packing half a gigabyte anew takes about five."""

ROOM = 64 * 1024 * 1024
"""Bytes that a made file may be larger than its source."""


def keep_small(length: int) -> None:
    """Bound what this process may take from now on."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, length + ROOM),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))


def main(arguments: Sequence[str]) -> int:
    """Do it and say what came of it; 0 also when it was refused."""
    container, source, made, thumbnail = arguments[0], *(Path(each) for each in arguments[1:4])
    keep_small(source.stat().st_size)
    sys.stdout.write(json.dumps(_look(container, source, made, thumbnail)))
    return 0


def _look(container: str, source: Path, made: Path, thumbnail: Path) -> dict[str, Any]:
    from lms.core.words import Refused  # noqa: PLC0415  nothing is read before the bounds stand

    try:
        kind, media_type, seconds, small = _make(container, source, made)
    except Refused as refusal:
        return {"refused": refusal.message, "values": refusal.values}
    if small is not None:
        thumbnail.write_bytes(small)
    return {"kind": kind, "media_type": media_type, "seconds": seconds}


def _make(container: str, source: Path, made: Path) -> tuple[str, str, int | None, bytes | None]:
    if container in {"jpeg", "png", "pdf"}:
        return _make_still(source, made)
    from lms.assessment.media.making.sound import pack_anew  # noqa: PLC0415  a large library that pictures do not need

    packed = pack_anew(source, made, container)
    return packed.kind.value, packed.media_type, packed.seconds, packed.thumbnail


def _make_still(source: Path, made: Path) -> tuple[str, str, None, bytes | None]:
    from PIL import Image  # noqa: PLC0415  as above

    from lms.assessment.media.making.thumbnails import small_jpeg  # noqa: PLC0415
    from lms.core.uploads import PDF, accepted  # noqa: PLC0415

    upload = accepted(source.read_bytes())
    if upload.media_type == PDF:
        from lms.assessment.media.making.documents import without_labels  # noqa: PLC0415

        made.write_bytes(without_labels(upload.data))
        return "document", PDF, None, None
    made.write_bytes(upload.data)
    with Image.open(io.BytesIO(upload.data)) as picture:
        return "photo", upload.media_type, None, small_jpeg(picture)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
