"""Write about knowledge: begin with the Care Certificate's knowledge, and note what a learner said they know."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from lms.assessment.admission import refuse_wrong_day
from lms.assessment.knowledge.events import ConversationHeard
from lms.assessment.knowledge.looking import Look, look
from lms.assessment.knowledge.mapping import COURSE
from lms.assessment.knowledge.models import Conversation
from lms.assessment.knowledge.rules import LONGEST_NOTE, LONGEST_WORD
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.shelves import shelf
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning
from lms.learning import services as learning_services
from lms.learning.catalogue import Courses
from lms.learning.queries import EnrolmentView
from lms.learning.shown.services import show_in_conversation
from lms.learning.states import Judged
from lms.people import queries as people
from lms.people.rules import Role

_REUSED = N_("Something was saved from this page before. Open the page anew to add something else.")


def start(db: Db, *, learner_id: UUID, authority_id: UUID, now: datetime) -> UUID:
    """A PA begins with the knowledge of the Care Certificate's standards; returns the enrolment, the same each time.

    An employer is not needed. Refused when the person is no PA of the authority, and where nobody teaches it.
    """
    if COURSE not in shelf(db, Courses).courses:
        raise Refused(N_("This part is not here yet. Ask your training coordinator."))
    if not people.holds(db, learner_id, Role.PA, [authority_id], london_day(now)):
        raise NotFound("authority")
    return learning_services.enrol(
        db, learner_id=learner_id, authority_id=authority_id, course=COURSE, by=learner_id, now=now
    )


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What was asked and said in a conversation about knowledge, in note form, and what was made of it."""

    module: str
    outcomes: tuple[str, ...]
    on: date
    asked: str
    said: str
    judged: Judged
    word: str = ""


def hear(db: Db, *, id: UUID, learner_id: UUID, heard: Heard, by: UUID, now: datetime) -> UUID:
    """Note what a learner said they know, and show it in the learning room when it is met; returns `id`.

    The same `id` with the same content a second time changes nothing. Raises NotFound for strangers; refused for one's
    own knowledge, a day that cannot be, nothing noted, and “not yet” without a word for the learner.
    """
    if by == learner_id:
        raise Refused(N_("Somebody else has to hear what you know."))
    tie = _tie(db, learner_id, by, now)
    enrolment = enrolment_behind(db, learner_id, tie.authority_id)
    if enrolment is None:
        raise Refused(N_("They have not begun with the knowledge of the Care Certificate yet."))
    heard = _cleaned(heard, outcomes_asked(db, enrolment, heard.module))
    refuse_wrong_day(heard.on, enrolment, london_day(now))
    row = _row(id, enrolment, heard, tie=tie, by=by, now=now)
    earlier = db.get(Conversation, id)
    if earlier is not None:
        if _content(earlier) != _content(row):
            raise Refused(_REUSED)
        return id
    if not add_once(db, row):
        raise Refused(_REUSED)
    _tell(db, row, heard, now)
    return id


def _tie(db: Db, learner_id: UUID, by: UUID, now: datetime) -> Look:
    viewer = people.viewer_of(db, by, london_day(now))
    if viewer is None:
        raise NotFound("learner")
    return look(db, viewer, learner_id, london_day(now))


def enrolment_behind(db: Db, learner_id: UUID, authority_id: UUID) -> EnrolmentView | None:
    """A learner's running enrolment on the course behind one wall; None while there is none."""
    mine = learning.enrolments_of(db, learner_id)
    return next((each for each in mine if each.course == COURSE and each.authority_id == authority_id), None)


def outcomes_asked(db: Db, enrolment: EnrolmentView, module: str) -> tuple[str, ...]:
    """The outcomes of a module that a learner is asked for, in the edition they have. Raises NotFound."""
    taught = shelf(db, Courses).module_in(enrolment.course, module, enrolment.editions.get(module))
    return taught.outcomes_in(people.organisation(db, enrolment.authority_id).nation)


def _cleaned(heard: Heard, known: Collection[str]) -> Heard:
    cleaned = replace(
        heard,
        outcomes=tuple(sorted(set(heard.outcomes))),
        asked=clean_text(heard.asked, LONGEST_NOTE),
        said=clean_text(heard.said, LONGEST_NOTE),
        word=clean_text(heard.word, LONGEST_WORD),
    )
    if not cleaned.outcomes or not set(known).issuperset(cleaned.outcomes):
        raise Refused(N_("Choose what the conversation was about."))
    if not cleaned.asked or not cleaned.said:
        raise Refused(N_("Note what you asked and what they said. A few words are enough."))
    if cleaned.judged is Judged.NOT_YET and not cleaned.word:
        raise Refused(N_("Write what is still missing, so that they know what to work on."))
    return cleaned


def _row(id: UUID, enrolment: EnrolmentView, heard: Heard, *, tie: Look, by: UUID, now: datetime) -> Conversation:
    return Conversation(
        id=id,
        enrolment_id=enrolment.id,
        learner_id=enrolment.learner_id,
        authority_id=enrolment.authority_id,
        module=heard.module,
        edition=enrolment.editions.get(heard.module, ""),
        outcomes=list(heard.outcomes),
        held_on=heard.on,
        asked=heard.asked,
        said=heard.said,
        judged=heard.judged,
        word=heard.word,
        heard_by=by,
        capacity=tie.capacity,
        behalf=tie.behalf,
        recorded_at=now,
    )


def _content(row: Conversation) -> tuple[object, ...]:
    outcomes: Collection[str] = row.outcomes
    told = (row.asked, row.said, row.judged, row.word)
    return row.learner_id, row.heard_by, row.module, tuple(outcomes), row.held_on, *told


def _tell(db: Db, row: Conversation, heard: Heard, now: datetime) -> None:
    fact = ConversationHeard(
        about=row.learner_id,
        enrolment_id=row.enrolment_id,
        conversation_id=row.id,
        module=row.module,
        outcomes=heard.outcomes,
        judged=row.judged,
        held_on=row.held_on,
    )
    record(db, fact, by=row.heard_by, now=now, behalf=row.behalf)
    if row.judged is Judged.MET:
        show_in_conversation(
            db,
            enrolment_id=row.enrolment_id,
            module=row.module,
            outcomes=heard.outcomes,
            source_id=row.id,
            by=row.heard_by,
            now=now,
        )
