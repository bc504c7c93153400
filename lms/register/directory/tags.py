"""What a published profile is found by. Plain Python."""

import re
import unicodedata
from collections.abc import Iterator

from lms.register.directory.profile import Profile
from lms.register.directory.words import TagKind


def area_code(name: str) -> str:
    """A short code of an area's name, the same however it is spelled in capitals and spaces."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^\w]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")[:80]


def tags_of(profile: Profile) -> Iterator[tuple[TagKind, str]]:
    """Each thing an employer can ask for that this profile answers."""
    yield from ((TagKind.AREA, code) for code in dict.fromkeys(area_code(name) for name in profile.areas))
    yield from ((TagKind.LANGUAGE, code) for code in profile.languages)
    yield from ((TagKind.TIME, code) for code in profile.times)
