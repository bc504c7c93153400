"""Certificates from before, as a list said them, in a story: told as the word of whoever brought the list in."""

from uuid import UUID

from lms.core.db import Db
from lms.core.words import N_
from lms.people.viewer import Viewer
from lms.programme.desk.story_entries import Entry
from lms.programme.desk.story_words import Part
from lms.programme.intake.queries import claims_of

_DATED = N_("A list says they earned a certificate in %(year)s: %(title)s. Nobody here has seen it")
_UNDATED = N_("A list says they have a certificate from before: %(title)s. Nobody here has seen it")


def claimed(db: Db, person_id: UUID, authority_id: UUID, _viewer: Viewer) -> list[Entry]:
    """What lists of an authority say a PA has; what was taken back with its list is not told any more. One query."""
    return [
        Entry(
            at=each.claimed_at,
            part=Part.CERTIFICATES,
            said=_DATED if each.earned_on else _UNDATED,
            values={"title": each.title, "year": str(each.earned_on.year) if each.earned_on else ""},
        )
        for each in claims_of(db, [person_id], authority_id)
    ]
