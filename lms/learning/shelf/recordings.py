"""Recordings of a module: what is in its folder `recordings/`, each with its transcript in the lesson that plays it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lms.core.content import Problems

LARGEST = 20_000_000
"""Bytes of one recording, about twenty minutes of speech."""

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}\.(?:mp3|m4a|ogg|mp4|webm|vtt)")


class RecordingKind(StrEnum):
    """Whether there is something to see."""

    AUDIO = "audio"
    VIDEO = "video"


_HOLDS = {
    "mp3": {RecordingKind.AUDIO: "audio/mpeg"},
    "m4a": {RecordingKind.AUDIO: "audio/mp4"},
    "ogg": {RecordingKind.AUDIO: "audio/ogg", RecordingKind.VIDEO: "video/ogg"},
    "mp4": {RecordingKind.AUDIO: "audio/mp4", RecordingKind.VIDEO: "video/mp4"},
    "webm": {RecordingKind.AUDIO: "audio/webm", RecordingKind.VIDEO: "video/webm"},
    "vtt": {RecordingKind.VIDEO: "text/vtt"},
}


@dataclass(frozen=True)
class RecordingFile:
    """A recording, or the captions of one, that was looked at. It stays on disk; `size` is in bytes."""

    name: str
    path: Path
    size: int

    def media_type(self, kind: RecordingKind | None = None) -> str:
        """What a browser is told it is: as the lesson says, else what its ending usually means."""
        held = _HOLDS[self.path.suffix[1:]]
        return held[kind] if kind in held else list(held.values())[-1]


def recordings_in(folder: Path, problems: Problems) -> dict[str, RecordingFile]:
    """Every recording of a folder by name; mistakes are noted and the file left out. No folder: no recordings."""
    found: dict[str, RecordingFile] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith("."):
            continue
        recording = _recording(path, problems)
        if recording is not None:
            found[path.name] = recording
    return found


def _recording(path: Path, problems: Problems) -> RecordingFile | None:
    if not NAME.fullmatch(path.name):
        sentence = "Name a recording in small letters, digits and hyphens, ending in .mp3, .m4a, .ogg, .mp4 or .webm"
        problems.add(path, 0, f"{sentence} (captions: .vtt).")
        return None
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        problems.add(path, 0, f"The file cannot be opened: {error.strerror}.")
        return None
    if size > LARGEST:
        problems.add(path, 0, f"The recording is larger than {LARGEST // 1_000_000} MB.")
        return None
    if path.suffix[1:] not in _kinds(start):
        problems.add(path, 0, "By its bytes this is not the kind of recording that its name says.")
        return None
    return RecordingFile(path.name, path, size)


def _kinds(start: bytes) -> tuple[str, ...]:
    """The endings that fit the first bytes of a file."""
    if start.startswith(b"ID3") or (len(start) > 1 and start[0] == 0xFF and start[1] & 0xE0 == 0xE0):
        return ("mp3",)
    if start[4:8] == b"ftyp":
        return ("m4a", "mp4")
    if start.startswith(b"OggS"):
        return ("ogg",)
    if start.startswith(b"\x1a\x45\xdf\xa3"):
        return ("webm",)
    return ("vtt",) if start.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT") else ()
