"""What may be handed in as evidence, how large, and what its first bytes say it is. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from lms.core.words import N_

MB = 1024 * 1024

KEPT_FOR = timedelta(days=7)
"""How long a half upload, or one that no evidence was made with, is kept before it is thrown away."""

LONGEST_NAME = 120
LONGEST_CAPTIONS = 20_000
"""Characters. A quarter of an hour of speech is some 15,000."""

MOST_FILES = 10
"""Files of one piece of evidence."""

MOST_WAITING = 30
"""Uploads somebody may have begun and not used."""


class FileKind(StrEnum):
    """What a file is to people."""

    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    DOCUMENT = "document"


class InIt(StrEnum):
    """Whether somebody besides who hands it in can be seen, heard or read about in a file."""

    NOBODY = "nobody"
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"


MOST_EVER: Mapping[FileKind, int] = {
    FileKind.PHOTO: 10,
    FileKind.VOICE: 200,
    FileKind.VIDEO: 500,
    FileKind.DOCUMENT: 10,
}
"""Megabytes that an authority can set at most. Pictures and documents are looked at whole, in memory."""

MOST_A_DAY_EVER = 5_000
"""Megabytes of one person in a day that an authority can set at most."""


@dataclass(frozen=True)
class Limits:
    """What an authority takes: megabytes of one file of each kind, and of all that one person sends in a day."""

    photo: int = 10
    voice: int = 50
    video: int = 200
    document: int = 10
    a_day: int = 600

    def of(self, kind: FileKind) -> int:
        """Megabytes of one file of a kind."""
        return int(getattr(self, kind.value))


def trouble_with_limits(limits: Limits) -> str | None:
    """Why an authority cannot set these, as a message id; None when it can."""
    if any(not 1 <= limits.of(kind) <= most for kind, most in MOST_EVER.items()):
        return N_("Each size has to be between 1 MB and the most that is named beside it.")
    if not max(limits.of(kind) for kind in FileKind) <= limits.a_day <= MOST_A_DAY_EVER:
        return N_("A day has to have room for at least one file of the largest kind, and no more than 5,000 MB.")
    return None


@dataclass(frozen=True)
class Container:
    """How the bytes of a file are packed: its name for whoever unpacks it, and the kinds it can turn out to be."""

    name: str
    kinds: frozenset[FileKind]


_SOUND = frozenset({FileKind.VOICE})
_EITHER = frozenset({FileKind.VOICE, FileKind.VIDEO})
JPEG = Container("jpeg", frozenset({FileKind.PHOTO}))
PNG = Container("png", frozenset({FileKind.PHOTO}))
PDF = Container("pdf", frozenset({FileKind.DOCUMENT}))
MP4 = Container("mp4", _EITHER)
WEBM = Container("webm", _EITHER)
OGG = Container("ogg", _SOUND)
MP3 = Container("mp3", _SOUND)
AAC = Container("aac", _SOUND)
WAV = Container("wav", _SOUND)

ENOUGH = 64
"""First bytes of a file that are needed to tell its container."""

_STILL = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
"""Brands of pictures that are packed like a video."""


def container_of(head: bytes) -> Container | None:
    """What the first bytes say a file is; None for everything that is not taken. Names and types said are not asked."""
    for mark, found in ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"OggS", OGG)):
        if head.startswith(mark):
            return found
    if head[4:8] == b"ftyp" and head[8:12] not in _STILL:
        return MP4
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return WEBM
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return WAV
    return _of_frames(head)


def _of_frames(head: bytes) -> Container | None:
    """Sound without a box around it: MP3, with or without its label, and plain AAC."""
    if head.startswith(b"ID3"):
        return MP3
    if len(head) < 4 or head[0] != 0xFF:
        return None
    if head[1] & 0xF6 == 0xF0:
        return AAC
    layer, rate, tempo = head[1] & 0x06, head[2] >> 4, (head[2] >> 2) & 3
    if head[1] & 0xE0 == 0xE0 and head[1] & 0x18 != 0x08 and layer == 0x02 and rate not in {0, 15} and tempo != 3:
        return MP3
    return None


TOO_BIG = {
    FileKind.PHOTO: N_("This photo is larger than %(most)s MB. Take it again with a smaller size."),
    FileKind.VOICE: N_("This recording is larger than %(most)s MB. Record a shorter part."),
    FileKind.VIDEO: N_(
        "This video is larger than %(most)s MB. Make it shorter, or set your phone to record in a smaller size."
    ),
    FileKind.DOCUMENT: N_("This document is larger than %(most)s MB. Hand in only the pages that are needed."),
}
TOO_MUCH_TODAY = N_("You have sent more than %(most)s MB within a day. Go on tomorrow; what you sent is kept.")
TOO_MANY_WAITING = N_("You have begun %(most)s uploads that are not used yet. Use or remove some of them first.")
TOO_MANY_FILES = N_("A piece of evidence takes at most %(most)s files. Offer the others as another piece.")
EMPTY = N_("The file is empty. Choose it again.")
SAY_WHO = N_("Say whether anybody else is in it, and whether they have agreed.")
NOT_AGREED = N_("Somebody in it has not agreed, so it is not kept. Ask them first, or use something without them.")
SAY_ALLOWED = N_("Look whether it is something that may be handed in, and tick the box.")
NOT_TAKEN = N_(
    "This is not a file that is taken here. Hand in a photo (JPEG or PNG), a document (PDF), a voice recording "
    "(M4A, MP3, Ogg, WebM or WAV) or a video (MP4, MOV or WebM)."
)
NOT_THAT_KIND = {
    FileKind.PHOTO: N_("This file is not a photo, though it was handed in as one. Choose a JPEG or PNG picture."),
    FileKind.VOICE: N_("This file is not a voice recording, though it was handed in as one. Choose a sound recording."),
    FileKind.VIDEO: N_("This file is not a video, though it was handed in as one. Choose an MP4, MOV or WebM video."),
    FileKind.DOCUMENT: N_("This file is not a document, though it was handed in as one. Choose a PDF."),
}
BROKEN = {
    FileKind.PHOTO: N_("This picture could not be opened. Take it again, or save it as a JPEG."),
    FileKind.VOICE: N_("This recording could not be opened. Record it again, or save it as MP3 or M4A."),
    FileKind.VIDEO: N_("This video could not be opened. Record it again, or save it as MP4."),
    FileKind.DOCUMENT: N_(
        "This PDF could not be opened. Open it on your device, save it again as a PDF, and hand that in."
    ),
}
NOT_PLAYABLE = N_(
    "This recording is packed in a way that most phones cannot play. Record it with your phone's own app, or save it "
    "as MP4 (video) or MP3 (voice)."
)


USED_ALREADY = N_("This file belongs to another piece of evidence already. Choose it again to hand it in twice.")
GONE = N_("A file you handed in is not here any more: it waited too long. Choose it again.")
NOT_READY = N_("A file is not ready yet. Wait until it says that it is, then send this again.")
ONLY_AT_ONCE = N_("Files come with a piece of evidence, not later. Offer them as another piece.")
OTHER_PLACE = N_("A file was handed in for another authority. Choose it again here.")


def trouble_with_size(kind: FileKind, length: int, limits: Limits) -> tuple[str, int] | None:
    """Why a file of that many bytes is not taken: a message id and its megabytes; None when it is."""
    return (TOO_BIG[kind], limits.of(kind)) if length > limits.of(kind) * MB else None


def trouble_with_people(in_it: InIt | None) -> str | None:
    """Why a file with these people in it is not kept, as a message id; None when it may be."""
    if in_it is None:
        return SAY_WHO
    return NOT_AGREED if in_it is InIt.NOT_AGREED else None


def in_short(captions: str) -> str:
    """What is said in captions, without the times of a WebVTT file: shown to everybody under the player."""
    if not is_track(captions):
        return captions
    blocks = [block.splitlines() for block in captions.replace("\r\n", "\n").split("\n\n")[1:]]
    said = [line for block in blocks for line in _spoken(block)]
    return "\n".join(said)


def _spoken(block: list[str]) -> list[str]:
    timed = next((i for i, line in enumerate(block) if "-->" in line), None)
    return [] if timed is None else [line for line in block[timed + 1 :] if line.strip()]


def is_track(captions: str) -> bool:
    """Whether captions carry their times, in the form that players read (WebVTT)."""
    return captions.startswith("WEBVTT") and "-->" in captions
