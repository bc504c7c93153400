"""What somebody offers as evidence, cleaned and checked, and in which part they offer it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from lms.assessment.admission import admitted, refuse_wrong_day
from lms.assessment.evidence.rules import ASKED_FOR, FROM_BEFORE, EvidenceKind, Part, may_offer
from lms.assessment.rules import Capacity, Setting, Standing
from lms.assessment.standing import chosen, standings
from lms.assessment.texts import LONGEST_ASKED, LONGEST_NAME, LONGEST_PRESENCE, LONGEST_SEEN
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.learning.queries import EnrolmentView
from lms.people import queries as people

MOST_LINES = 300
"""Lines one piece may speak to: more than any edition has."""

_SAY = {
    EvidenceKind.DIRECT_OBSERVATION: N_("Write what you saw. One sentence is enough."),
    EvidenceKind.WITNESS_TESTIMONY: N_("Write what you saw. One sentence is enough."),
    EvidenceKind.SIMULATION: N_("Write what you saw. One sentence is enough."),
    EvidenceKind.PROFESSIONAL_DISCUSSION: N_("Write what was said. Notes are enough."),
    EvidenceKind.ORAL_QUESTIONS: N_("Write what they answered. Notes are enough."),
    EvidenceKind.REFLECTIVE_ACCOUNT: N_("Write what you did and what you learned from it."),
}
_SAY_OTHER = N_("Write what it is and what it shows. One sentence is enough.")


@dataclass(frozen=True)
class Offer:
    """What is offered: its kind, the day it was seen or made, what it says, and the keys of the lines it speaks to.

    `setting` is None where it was not asked; `asked` says what was asked, for the kinds that have a question.
    """

    kind: EvidenceKind
    on: date
    text: str
    lines: tuple[str, ...]
    setting: Setting | None = None
    in_presence_of: str = ""
    asked: str = ""


@dataclass(frozen=True)
class Offerer:
    """Who offers, in which part, and how they stand to the learner; no standing: they cannot decide."""

    part: Part
    by: UUID | None
    name: str
    behalf: UUID | None
    standing: Standing | None


def checked(offer: Offer, part: Part, enrolment: EnrolmentView, now: datetime) -> Offer:
    """The offer with its texts cleaned and each line once.

    Refused: a kind this part cannot offer, an empty or too long text, no line, too many, and a day that cannot be.
    """
    if not may_offer(part, offer.kind):
        raise Refused(N_("This kind of evidence comes from somebody else. Choose another kind."))
    text, asked = clean_text(offer.text, LONGEST_SEEN), clean_text(offer.asked, LONGEST_ASKED)
    if not text:
        raise Refused(_SAY.get(offer.kind, _SAY_OTHER))
    if offer.kind in ASKED_FOR and not asked:
        raise Refused(N_("Write what you asked, or what you talked about."))
    lines = tuple(dict.fromkeys(offer.lines))
    if not lines:
        raise Refused(N_("Choose at least one criterion that this speaks to."))
    if len(lines) > MOST_LINES:
        raise Refused(N_("Choose at most %(most)s criteria."), most=MOST_LINES)
    _check_day(offer, enrolment, now)
    presence = clean_text(offer.in_presence_of, LONGEST_PRESENCE)
    return replace(offer, text=text, asked=asked, lines=lines, in_presence_of=presence)


def _check_day(offer: Offer, enrolment: EnrolmentView, now: datetime) -> None:
    today = london_day(now)
    if offer.kind not in FROM_BEFORE:
        refuse_wrong_day(offer.on, enrolment, today)
    elif offer.on > today:
        raise Refused(N_("This day has not come yet. Choose the day it is from."))


def stands(
    db: Db,
    enrolment: EnrolmentView,
    offer: Offer,
    *,
    by: UUID | None,
    part: Part | None,
    behalf: UUID | None,
    named: str,
    now: datetime,
    among: Collection[Capacity],
) -> Offerer:
    """In which part somebody offers. Without a `part` it is worked out from how they stand to the learner.

    With one the caller answers for it (a link, a visit), and how they stand says only whether a decision may rest on
    the piece. Raises NotFound for a stranger; refused for one's own work in another part than the learner's.
    """
    day = london_day(now) if offer.kind in FROM_BEFORE else offer.on
    if part is None:
        if by is None:
            raise NotFound("person")
        if by == enrolment.learner_id:
            part = Part.LEARNER
    if by is None:
        name = clean_text(named, LONGEST_NAME)
        if not name or part is None or part is Part.LEARNER:
            raise Refused(N_("Enter a name."))
        return Offerer(part, None, name, behalf, None)
    if (part is Part.LEARNER) is not (by == enrolment.learner_id):
        raise Refused(N_("Somebody else has to judge and sign off your own work."))
    name = people.person(db, by).name
    if part is None:
        standing = admitted(db, enrolment, by=by, on=day, now=now, among=among)
        return Offerer(Part(standing.capacity), by, name, standing.behalf, standing)
    stood = standing_of(db, enrolment, by=by, part=part, on=day, today=london_day(now))
    return Offerer(part, by, name, behalf or (stood.behalf if stood else None), stood)


def standing_of(db: Db, enrolment: EnrolmentView, *, by: UUID, part: Part, on: date, today: date) -> Standing | None:
    """How somebody stood to a learner in a part, on a day and still today; None for who cannot decide."""
    viewer = people.viewer_of(db, by, today) if part.capacity else None
    if viewer is None or part.capacity is None or by == enrolment.learner_id:
        return None
    among = {part.capacity}
    still = standings(db, viewer, enrolment, on=today, today=today, among=among)
    then = still if on == today else standings(db, viewer, enrolment, on=on, today=today, among=among)
    return chosen(still & then)
