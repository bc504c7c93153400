"""What mentoring puts on home pages: who waits for a mentor to get in touch, suggestions, and who waits for a match."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from lms.core.cards import Card, Count, Rarely
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer
from lms.programme.mentors import queries
from lms.programme.mentors.services import KINDS

_OWN = tuple(role for roles in KINDS.values() for role in roles)


def _cards(db: Db, viewer: Viewer, _now: datetime) -> list[Card]:
    """Two queries for PAs and households, one for a coordinator, none for anybody else."""
    return [*_own(db, viewer), *_waiting(db, viewer)]


def _own(db: Db, viewer: Viewer) -> Iterator[Card]:
    places = viewer.authorities(*_OWN)
    if not places:
        return
    new = queries.newcomers_of(db, viewer.person_id, places)
    if new:
        untouched = sum(1 for each in new if not each.contacts)
        yield Card(
            weight=8 if untouched else 58,
            title=N_("You are a mentor"),
            body=N_("%(new)s waits for you to get in touch.") if untouched else N_("You are in touch with %(new)s."),
            values={"new": Count("%(num)s person", "%(num)s people", untouched or len(new))},
            action=N_("See how to reach them"),
            endpoint="lms.mentors.mine",
        )
    for asked in queries.requests_of(db, viewer.person_id, places)[:1]:
        if asked.agreed_at is None:
            yield Card(
                weight=14,
                title=N_("Would you like a mentor?"),
                body=N_("Your coordinator suggests it. Somebody experienced gets in touch with you, if you say yes."),
                action=N_("Read what it means"),
                endpoint="lms.mentors.mine",
            )
        else:
            yield Card(
                weight=59,
                title=N_("Your mentor"),
                body=N_("A mentor has your details and gets in touch with you.")
                if asked.matched_at
                else N_("Your coordinator looks for a mentor for you."),
                action=N_("See, or end it"),
                endpoint="lms.mentors.mine",
            )


def _waiting(db: Db, viewer: Viewer) -> Iterator[Card]:
    for place in sorted(viewer.authorities(Role.COORDINATOR)):
        waiting = [each for each in queries.requests_in(db, place) if each.agreed_at and not each.matched_at]
        if waiting:
            yield Card(
                weight=22,
                title=N_("Newcomers who wait for a mentor"),
                body=N_("%(waiting)s."),
                values={"waiting": Count("%(num)s person", "%(num)s people", len(waiting))},
                action=N_("Choose a mentor"),
                endpoint="lms.mentors.desk",
                args={"authority": place},
            )
            return


def _asks(viewer: Viewer, _now: datetime) -> Mapping[str, object] | None:
    mine, coordinating = viewer.has(*_OWN), viewer.authorities(Role.COORDINATOR)
    if not mine and not coordinating:
        return None
    return {"mentoring_of": viewer.person_id if mine else None, "mentors_wanted_in": list(coordinating)}


cards = Rarely(_cards, (queries.ANY_HAS_NEWCOMER, queries.ANY_ASKED, queries.ANY_WAITS), _asks)
