"""What was spoken with a PA, and that they or their employer were called back, as entries of their story."""

from collections.abc import Sequence
from uuid import UUID

from lms.core.db import Db
from lms.core.words import N_
from lms.people.viewer import Viewer
from lms.programme.contacts import told
from lms.programme.contacts.labels import ENDS, WAYS, WITH
from lms.programme.contacts.words import Whom
from lms.programme.desk.story_entries import Entry
from lms.programme.desk.story_words import Part

_CALLED = {
    Whom.PA: N_("Called back. How it ended: %(ended)s"),
    Whom.EMPLOYER: N_("Their employer was called back. How it ended: %(ended)s"),
}
_NOTE = N_("%(way)s. %(whom)s: %(note)s")


def contacts(db: Db, person_id: UUID, authority_id: UUID, viewer: Viewer) -> Sequence[Entry]:
    """Notes and ended call-backs, for whoever may read them. The caller coordinates the authority. Three queries."""
    reader = viewer.person_id
    notes = [
        Entry(
            at=each.at,
            part=Part.CONTACTS,
            said=_NOTE,
            by=each.by,
            values={"note": each.said},
            worded={"way": WAYS[each.way], "whom": WITH[each.with_whom]},
        )
        for each in told.notes_on(db, authority_id, person_id, reader=reader)
    ]
    calls = [
        Entry(at=each.at, part=Part.CONTACTS, said=_CALLED[each.whom], by=each.by, worded={"ended": ENDS[each.ended]})
        for each in told.calls_about(db, authority_id, person_id, reader=reader)
    ]
    return [*notes, *calls]
