"""Whom to tell about mentoring. Neither is told who the other is by a message."""

from datetime import datetime
from uuid import UUID

from lms.core.db import Db
from lms.notifications import services
from lms.people import queries as people
from lms.programme.mentors import queries
from lms.programme.mentors.events import MentoringEnded, MentorMatched, MentorSuggested


def tell_of_suggestion(db: Db, fact: MentorSuggested, now: datetime) -> None:
    """Somebody new hears that they could have a mentor."""
    _tell(db, "mentor_suggested", fact.about, fact.authority_id, now)


def tell_of_match(db: Db, fact: MentorMatched, now: datetime) -> None:
    """The mentor hears that somebody waits, and the newcomer that somebody gets in touch."""
    _tell(db, "mentor_has_newcomer", queries.mentor_person(db, fact.match_id), fact.authority_id, now)
    _tell(db, "newcomer_has_mentor", fact.about, fact.authority_id, now)


def tell_of_end(db: Db, fact: MentoringEnded, now: datetime) -> None:
    """Both hear that it ended, in the same words: neither sees from them who ended it."""
    for person_id in (fact.about, queries.newcomer_of(db, fact.match_id)):
        _tell(db, "mentoring_ended", person_id, fact.authority_id, now)


def _tell(db: Db, kind: str, person_id: UUID, authority_id: UUID, now: datetime) -> None:
    someone = people.person(db, person_id)
    authority = people.organisation(db, authority_id).called(someone.language)
    services.tell_person(db, kind, someone, now, authority=authority)
