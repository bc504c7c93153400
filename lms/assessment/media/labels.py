"""How files of evidence are called on pages."""

from lms.assessment.media.rules import FileKind, InIt
from lms.core.words import N_

KINDS = {
    FileKind.PHOTO: N_("Photo"),
    FileKind.VOICE: N_("Voice recording"),
    FileKind.VIDEO: N_("Video"),
    FileKind.DOCUMENT: N_("Document"),
}
IN_IT = {
    InIt.NOBODY: N_("Nobody else is in it."),
    InIt.AGREED: N_("Somebody else is in it, and they have agreed."),
    InIt.NOT_AGREED: N_("Somebody else is in it, and they have not agreed."),
}


def length_of(seconds: int) -> str:
    """How long something plays: 1:05, 1:02:03."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def size_of(size: int) -> str:
    """How large something is: 340 kB, 2.4 MB."""
    return f"{max(1, size // 1000)} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
