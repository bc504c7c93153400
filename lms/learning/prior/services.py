"""Write prior learning: a learner offers it, takes it back, and somebody else decides, once, with a reason."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.shelves import shelf
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning
from lms.learning.catalogue import Courses
from lms.learning.finishing import finish
from lms.learning.models import Enrolment, PriorOutcome
from lms.learning.pins import pin, pinned
from lms.learning.prior import queries, rules
from lms.learning.prior.events import PriorDecided, PriorOffered, PriorTakenBack
from lms.learning.prior.models import PriorDecision, PriorOffer
from lms.learning.prior.models import PriorTakenBack as TakenBackRow
from lms.learning.shown.rules import HowShown, asks_each
from lms.learning.shown.services import Showing, show
from lms.learning.taking import take
from lms.people import queries as people

MOST_A_DAY = 20
"""Offers of one learner within a day: more than anybody has certificates, and no way to fill a disk."""


def offer_prior(
    db: Db,
    *,
    id: UUID,
    enrolment_id: UUID,
    module: str,
    outcomes: Collection[str],
    title: str,
    earned_on: date | None,
    says: str,
    paper: str | None,
    certificate: str | None,
    by: UUID,
    now: datetime,
) -> None:
    """Offer what was learned before, for outcomes of a module; offering with the same `id` again changes nothing.

    `paper` is the digest of a kept file, `certificate` the number of one issued here: one of the two. The caller has
    seen to it that the certificate is the learner's own. Refused with how to mend it; NotFound for another's enrolment.
    """
    row = _held(db, enrolment_id)
    if row.learner_id != by:
        raise NotFound("enrolment")
    if db.get(PriorOffer, id) is None:
        may_offer(db, learner_id=by, now=now)
    taught = pinned(db, row, module)
    in_order = taught.outcomes_in(people.organisation(db, row.authority_id).nation)
    held = learning.prior_outcomes(db, row.id)
    if trouble := rules.trouble_with_offer(outcomes, in_order, held, earned_on, london_day(now)):
        raise Refused(trouble)
    if (paper is None) == (certificate is None):
        raise Refused(N_("Hand in a picture or PDF of your certificate, or choose one that was issued here."))
    called = " ".join(clean_text(title, rules.LONGEST_TITLE).split())
    if not called:
        raise Refused(N_("Say what it was, for example “Food hygiene, level 2”."))
    made = PriorOffer(
        id=id,
        enrolment_id=row.id,
        learner_id=row.learner_id,
        authority_id=row.authority_id,
        module=module,
        edition=taught.edition,
        outcomes=[code for code in in_order if code in outcomes],
        title=called,
        earned_on=earned_on,
        says=clean_text(says, rules.LONGEST_TEXT),
        paper=paper,
        certificate=certificate,
        offered_at=now,
    )
    if add_once(db, made):
        fact = PriorOffered(about=by, enrolment_id=row.id, module=module, offer_id=id, outcomes=tuple(made.outcomes))
        record(db, fact, by=by, now=now)


def may_offer(db: Db, *, learner_id: UUID, now: datetime) -> None:
    """Refused when a learner has offered a great deal within a day: ask before a file of theirs is stored."""
    if queries.count_since(db, learner_id, now - timedelta(days=1)) >= MOST_A_DAY:
        raise Refused(N_("You have offered a lot today, thank you. Go on tomorrow."))


def take_back(db: Db, *, offer_id: UUID, by: UUID, now: datetime) -> None:
    """Take one's own offer back; again changes nothing. Refused once somebody decided; NotFound for another's."""
    found = queries.own_offer(db, offer_id, by)
    _held(db, found.enrolment_id)
    if queries.own_offer(db, offer_id, by).decision is not None:
        raise Refused(N_("Somebody decided about this already, so it cannot be taken back."))
    if add_once(db, TakenBackRow(offer_id=offer_id, at=now)):
        fact = PriorTakenBack(about=by, enrolment_id=found.enrolment_id, module=found.module, offer_id=offer_id)
        record(db, fact, by=by, now=now)


def decide(
    db: Db,
    *,
    id: UUID,
    offer_id: UUID,
    accepted: Collection[str],
    reason: str,
    by: UUID,
    behalf: UUID,
    now: datetime,
) -> None:
    """Accept outcomes of an offer as prior learning, or none of them. Whether `by` may, the caller has to have asked.

    Refused for one's own offer, without a reason, for outcomes that were not offered, and when the offer was taken
    back or decided about meanwhile; the same decision posted twice is once.
    """
    found = queries.offer(db, offer_id)
    row = _held(db, found.enrolment_id)
    found = queries.offer(db, offer_id)
    if db.get(PriorDecision, id) is not None:
        return
    if found.learner_id == by:
        raise Refused(N_("Somebody else has to decide about what you learned before."))
    if found.taken_back:
        raise Refused(N_("%(name)s has taken this back, so there is nothing to decide."), name=found.learner_name)
    if found.decision is not None:
        raise Refused(N_("%(name)s has decided about this already."), name=found.decision.by_name)
    if trouble := rules.trouble_with_decision(accepted, found.outcomes):
        raise Refused(trouble)
    why = clean_text(reason, rules.LONGEST_TEXT)
    if not why:
        raise Refused(N_("Say why. The learner reads it, and so may an auditor."))
    kept = [code for code in found.outcomes if code in accepted]
    made = PriorDecision(
        id=id,
        offer_id=offer_id,
        learner_id=found.learner_id,
        accepted=kept,
        reason=why,
        decided_by=by,
        behalf=behalf,
        decided_at=now,
    )
    db.add(made)
    db.flush()
    for code in [*kept, *_whole_module(db, row, found.module, kept)]:
        add_once(db, PriorOutcome(enrolment_id=row.id, outcome=code, decision_id=id, accepted_at=now))
    fact = PriorDecided(
        about=found.learner_id, enrolment_id=row.id, module=found.module, offer_id=offer_id, accepted=tuple(kept)
    )
    record(db, fact, by=by, now=now, behalf=behalf)
    _go_on(db, row, found.module, made, by=by, now=now)


def _whole_module(db: Db, row: Enrolment, module: str, kept: Collection[str]) -> list[str]:
    """The module's code, when with these outcomes all are accepted that it has where the learner is."""
    try:
        taught = shelf(db, Courses).module_in(row.course, module, (row.editions or {}).get(module))
    except NotFound:
        return []
    here = taught.outcomes_in(people.organisation(db, row.authority_id).nation)
    return [module] if kept and learning.prior_outcomes(db, row.id).union(kept).issuperset(here) else []


def _go_on(db: Db, row: Enrolment, module: str, made: PriorDecision, *, by: UUID, now: datetime) -> None:
    """What was accepted may be the last thing a module lacked, and where a check asks for each outcome it is shown.

    A module that has left the course is let be.
    """
    try:
        taught = shelf(db, Courses).module_in(row.course, module, (row.editions or {}).get(module))
    except NotFound:
        return
    pin(row, taught)
    if asks_each(taught):
        accepted = Showing(how=HowShown.PRIOR, source_id=made.id, judged_by=by, by=by, behalf=made.behalf, now=now)
        show(db, row, taught, dict.fromkeys(made.accepted), accepted)
    finish(db, row, taught, by=by, now=now)


def _held(db: Db, enrolment_id: UUID) -> Enrolment:
    """An enrolment, held until the end of this unit of work. NotFound; Refused when it has ended."""
    row = take(db, enrolment_id)
    if row is None:
        raise NotFound("enrolment")
    if row.ended_at is not None:
        raise Refused(N_("This course has ended for the learner."))
    return row
