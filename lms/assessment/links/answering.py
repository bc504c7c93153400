"""Write the answers of somebody who follows a link: each as it is given, then all of them handed in, once.

The link itself is what lets them in. Nothing here believes more than it was told: whoever answers at an address that an
asker typed is a name and no known person, and what they say is evidence, never a decision.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from lms.assessment import places
from lms.assessment.competence import queries as competence
from lms.assessment.content import Line, Placed
from lms.assessment.evidence.rules import Part
from lms.assessment.links import outcome, queries, rules, services
from lms.assessment.links.events import LinkAnswered, LinkDoubted, LinkNotTheirs
from lms.assessment.links.models import LinkAnswer, LinkNote, LinkProof
from lms.assessment.links.proving import marked, record_of, sealed
from lms.assessment.links.queries import LANGUAGE, WHO, AnswerView, LinkView
from lms.assessment.links.rules import End, Kind, Question, State
from lms.assessment.rules import HOUSEHOLD, Standing
from lms.assessment.standing import chosen, standings
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.i18n import Language
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people

GONE = {
    State.ANSWERED: N_("You have answered already. Thank you."),
    State.CANCELLED: N_("Your answer is not needed any more. There is nothing for you to do."),
    State.SOMEBODY_ELSE: N_("This link has ended. There is nothing for you to do."),
    State.OVER: N_("The time for this link is over. There is nothing for you to do."),
}
"""Why a link takes no answer, by its state; message ids."""

LEFT = N_("They are not on this course any more, so your answer is not needed. There is nothing for you to do.")


@dataclass(frozen=True)
class Sheet:
    """What a link asks now: the learner, the lines, the answers so far and the pages to go through."""

    link: LinkView
    enrolment: EnrolmentView
    placed: Placed
    first_name: str
    answers: Mapping[str, AnswerView]
    standing: Standing | None
    asked: tuple[Question, ...]
    most: int

    @property
    def codes(self) -> dict[str, str]:
        """The answers as codes."""
        return {code: one.value for code, one in self.answers.items()}

    @property
    def said_who(self) -> bool:
        """Whether they said that they are who was asked."""
        return WHO in self.answers

    @property
    def next(self) -> Question | None:
        """The first page without an answer; None when all have one."""
        return rules.first_open(self.asked, self.codes)

    @property
    def day(self) -> date:
        """The day that was given."""
        return date.fromisoformat(self.codes[Kind.DAY])

    @property
    def mark(self) -> str:
        """What stands there now, in a short mark."""
        return marked({q.code: self.answers[q.code] for q in self.asked if q.code in self.answers})

    def question(self, code: str) -> Question:
        """One of the pages. Raises NotFound."""
        found = next((each for each in self.asked if each.code == code), None)
        if found is None:
            raise NotFound("question")
        return found

    def line(self, key: str) -> Line:
        """A line that is asked about."""
        return self.placed.framework.line(key)


def sheet(db: Db, link: LinkView, *, now: datetime) -> Sheet:
    """What a link asks now. A constant number of queries."""
    enrolment = learning.enrolment(db, link.enrolment_id)
    placed = places.unit_of(db, enrolment, link.unit)
    answers = queries.answers_of(db, link.id)
    codes = {code: one.value for code, one in answers.items()}
    standing = _standing(db, link, enrolment, placed, now)
    close_known = (
        link.person_id is not None
        and competence.close_to(db, link.person_id, link.learner_id, london_day(now)) is not None
    )
    how = {
        "decides": standing is not None,
        "close_known": close_known,
        "can_sign": standing is not None and outcome.would_be_complete(db, enrolment, link.unit, link.lines),
    }
    asked = rules.questions(link.lines, codes, **how)
    first_name = people.person(db, link.learner_id).name.split()[0]
    return Sheet(link, enrolment, placed, first_name, answers, standing, asked, rules.most(link.lines, **how))


def _standing(db: Db, link: LinkView, enrolment: EnrolmentView, placed: Placed, now: datetime) -> Standing | None:
    """The standing in which the known person who was asked may decide today; None for everybody else."""
    today = london_day(now)
    if link.person_id is None or link.part is Part.WITNESS or enrolment.ended:
        return None
    viewer = people.viewer_of(db, link.person_id, today)
    if viewer is None:
        return None
    ties = standings(db, viewer, enrolment, on=today, today=today, among=HOUSEHOLD)
    standing = chosen(tie for tie in ties if tie.behalf == link.household_id)
    if standing is None:
        return None
    may = competence.may_decide(
        db,
        person_id=link.person_id,
        capacity=standing.capacity,
        behalf=standing.behalf,
        enrolment=enrolment,
        placed=placed,
        on=today,
        today=today,
    )
    return standing if may.yes else None


def has_left(db: Db, link: LinkView) -> bool:
    """Whether the learner has left the course, so that an answer is not needed."""
    return learning.enrolment(db, link.enrolment_id).ended


def say_who(db: Db, *, link_id: UUID, shown: str, said: str, language: str, now: datetime) -> None:
    """They are who was asked. The first page says who that is."""
    _keep(db, _open(db, link_id, now), WHO, AnswerView("yes", shown, said, language, now))


def choose_language(db: Db, *, link_id: UUID, language: str, now: datetime) -> None:
    """They read in another language from now on."""
    tongue = str(Language(language))
    found = services.held(db, link_id)
    if found.is_open(now):
        _keep(db, found, LANGUAGE, AnswerView(tongue, "", "", tongue, now))


def answer(db: Db, *, link_id: UUID, code: str, answer: AnswerView, now: datetime) -> None:
    """Keep one answer; given again it takes the place of the earlier one. Refused once the link asks no more.

    What the answer may be was checked by its form; the room of evidence checks day and text once more.
    """
    found = _open(db, link_id, now)
    this = sheet(db, found, now=now)
    if not this.said_who:
        raise Refused(N_("Say first that you are who was asked."))
    _keep(db, found, this.question(code).code, answer)


def saw_nothing(db: Db, *, link_id: UUID, answers: Mapping[str, AnswerView], now: datetime) -> None:
    """“I did not see this” after all, of every line at once."""
    found = _open(db, link_id, now)
    for code, one in answers.items():
        _keep(db, found, code, one)


def somebody_else(db: Db, *, link_id: UUID, now: datetime) -> None:
    """Whoever opened it is not who was asked: the link ends, and who asked hears of it. Again changes nothing."""
    found = services.held(db, link_id)
    if found.end is None and services.end(db, found, End.SOMEBODY_ELSE, by=None, now=now):
        fact = LinkNotTheirs(about=found.learner_id, enrolment_id=found.enrolment_id, link_id=link_id)
        record(db, fact, by=None, now=now)


def hand_in(db: Db, *, link_id: UUID, read: str, place: str, language: str, now: datetime) -> None:
    """Hand the answers in, once; a second time changes nothing.

    `read` is the mark of the answers as they stood on the page that was read through, `place` the digest of where it
    came from. What was said becomes evidence, and decisions where this person may decide. Where nothing can be added
    any more, what they said is kept all the same, with the reason.
    """
    found = services.held(db, link_id)
    if found.end is End.ANSWERED:
        return
    _refuse_gone(found, now)
    this = sheet(db, found, now=now)
    if not this.said_who or this.next is not None:
        raise Refused(N_("One question has no answer yet."))
    if this.mark != read:
        raise Refused(N_("Your answers were changed in another window. Look at them once more."))
    came = outcome.settle(db, this, now=now, language=language)
    proof = record_of(
        found,
        this.asked,
        this.answers,
        shown_as=this.first_name,
        language=language,
        place=place,
        now=now,
    )
    salt = secrets.token_bytes(16)
    digest = sealed(proof, salt)
    services.end(db, found, End.ANSWERED, by=found.person_id, now=now)
    db.add(
        LinkProof(
            link_id=link_id,
            evidence_id=came.evidence_id,
            kept_out=came.kept_out,
            record=proof,
            salt=salt,
            digest=digest,
            at=now,
        )
    )
    fact = LinkAnswered(
        about=found.learner_id,
        enrolment_id=found.enrolment_id,
        link_id=link_id,
        evidence_id=came.evidence_id,
        seen=rules.seen_lines(found.lines, this.codes),
        proof=digest,
    )
    record(db, fact, by=found.person_id, now=now)


def not_right(db: Db, *, id: UUID, link_id: UUID, text: str, now: datetime) -> None:
    """Say that an answer was not right; it is noted beside it and changes nothing. The same id again is quiet."""
    found = services.held(db, link_id)
    if found.end is not End.ANSWERED or not may_be_doubted(found, now):
        raise Refused(N_("This can be said for 7 days after the answer. Speak to the training coordinator instead."))
    said = clean_text(text, rules.LONGEST_NOTE)
    if not said:
        raise Refused(N_("Write what was not right."))
    if len(queries.notes_of(db, link_id)) >= rules.MOST_SENDINGS:
        raise Refused(N_("You have told us several times already. Speak to the training coordinator."))
    if add_once(db, LinkNote(id=uuid5(link_id, str(id)), link_id=link_id, text=said, at=now)):
        fact = LinkDoubted(
            about=found.learner_id, enrolment_id=found.enrolment_id, link_id=link_id, note_id=uuid5(link_id, str(id))
        )
        record(db, fact, by=found.person_id, now=now)


def may_be_doubted(link: LinkView, now: datetime) -> bool:
    """Whether it can still be said that the answer was not right."""
    return link.ended_at is not None and now < link.ended_at + rules.NOT_RIGHT_FOR


def _open(db: Db, link_id: UUID, now: datetime) -> LinkView:
    found = services.held(db, link_id)
    _refuse_gone(found, now)
    return found


def _refuse_gone(link: LinkView, now: datetime) -> None:
    if not link.is_open(now):
        raise Refused(GONE[link.state(now)])


def _keep(db: Db, link: LinkView, code: str, answer: AnswerView) -> None:
    row = db.get(LinkAnswer, (link.id, code))
    if row is None:
        db.add(LinkAnswer(link_id=link.id, question=code, **vars(answer)))
    else:
        for name, value in vars(answer).items():
            setattr(row, name, value)
    db.flush()
