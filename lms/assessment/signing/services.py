"""Write sign-offs: a unit whose every line is met is closed by a declaration, and opened again by a withdrawal."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from lms.assessment import places
from lms.assessment.admission import admitted
from lms.assessment.closing import refuse_missing, refuse_signed_off, refuse_unseen, sign_off_of
from lms.assessment.content import Placed
from lms.assessment.deciding.admitting import deciding_on
from lms.assessment.deciding.queries import decisions_of, stand_in
from lms.assessment.deciding.stands import stands_of
from lms.assessment.events import UnitSignedOff
from lms.assessment.evidence.queries import evidence_of
from lms.assessment.media.queries import FileView, files_of
from lms.assessment.rules import ANYBODY, HOUSEHOLD, Capacity, Standing
from lms.assessment.signing.copies import copy_of
from lms.assessment.signing.models import SignOff
from lms.assessment.signing.rules import Declaration, How, Lacking, lacking
from lms.assessment.signing.withdrawing import part_of, withdraw
from lms.assessment.standing_rows import refresh
from lms.assessment.texts import LONGEST_NAME, LONGEST_REASON
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people

NO_LONGER = N_(
    "You signed this off, and you no longer assess or employ this person as you did then. If it has to be withdrawn, "
    "tell their training coordinator or a quality assurer. They can do it."
)
"""What a signer of before reads instead of a button."""
_REUSED = N_("Something was saved from this page before. Open the page anew to add something else.")


def sign_off(
    db: Db,
    *,
    id: UUID,
    enrolment_id: UUID,
    unit: str,
    declaration: Declaration | None,
    by: UUID,
    now: datetime,
    among: Collection[Capacity] = ANYBODY,
    language: str = "en",
) -> UUID:
    """Sign a learner's unit off; returns the sign-off, which is `id`. It keeps an exact copy of the unit's record.

    `declaration` None is the short way: somebody confirms the statement in their own account. `language`: as the
    signer read it. The same `id` by the same person a second time changes nothing. Raises NotFound for strangers;
    refused for one's own work, after the learner has left, outside somebody's standing, while a line is not met, when
    it is signed off already, for a declaration that lacks something, and for a household that has not seen the work.
    """
    enrolment = learning.enrolment(db, enrolment_id)
    placed = places.unit_of(db, enrolment, unit)
    today = london_day(now)
    standing = admitted(db, enrolment, by=by, on=today, now=now, among=among, units=[unit])
    places.hold(db, enrolment, unit, now=now)
    there = db.get(SignOff, id)
    if there is not None:
        if (there.enrolment_id, there.unit, there.signed_by) == (enrolment.id, unit, by):
            return id
        raise Refused(_REUSED)
    refuse_signed_off(db, enrolment.id, unit, standing=standing, by=by, language=language)
    deciding_on(db, enrolment, [(placed, today)], by=by, standing=standing, today=today)
    declared = _checked(declaration, db, by, standing)
    stands, latest = stands_of(db, enrolment, [placed])
    refuse_missing(placed, stands[unit])
    if standing.capacity in HOUSEHOLD:
        refuse_unseen(latest, placed, by=by)
    row = _row(db, enrolment, placed, standing, declared, id=id, by=by, now=now, language=language)
    if not add_once(db, row):
        refuse_signed_off(db, enrolment.id, unit, standing=standing, by=by, language=language)
        raise Refused(_REUSED)
    refresh(db, enrolment.id, unit, now)
    fact = UnitSignedOff(about=enrolment.learner_id, enrolment_id=enrolment.id, unit=unit, sign_off_id=id)
    record(db, fact, by=by, now=now, behalf=standing.behalf)
    return id


def withdraw_sign_off(db: Db, *, sign_off_id: UUID, reason: str, by: UUID, now: datetime) -> None:
    """Withdraw a sign-off; a second time changes nothing. The unit opens again, and can be signed off anew.

    Allowed to the signer while they stand to the learner as when they signed, and to quality assurers and coordinators
    of the learner's authority; NotFound for everybody else. Refused for a signer of before, and without a reason.
    """
    row = db.get(SignOff, sign_off_id)
    if row is None or by == row.learner_id:
        raise NotFound("sign-off")
    if part_of(db, row, by, now) is None:
        if by == row.signed_by:
            raise Refused(NO_LONGER)
        raise NotFound("sign-off")
    reason = clean_text(reason, LONGEST_REASON)
    if not reason:
        raise Refused(N_("Say why you withdraw this sign-off. Both the learner and the signer read it."))
    places.hold(db, learning.enrolment(db, row.enrolment_id), row.unit, now=now)
    standing = sign_off_of(db, row.enrolment_id, row.unit)
    if standing is not None and standing.id == row.id:
        withdraw(db, row, reason=reason, by=by, now=now)


_SAY = {
    Lacking.NAME: N_("Enter your name."),
    Lacking.ROLE: N_("Enter your role, for example “employer” or “assessor”."),
    Lacking.SUPPORTER: N_("Enter the name of the person who supports you to sign."),
    Lacking.CONSENT: N_("Write how you agreed that this person signs for you."),
    Lacking.HEARD_BY: N_("Enter the name of the person who heard it."),
}


def _checked(declaration: Declaration | None, db: Db, by: UUID, standing: Standing) -> Declaration:
    """The declaration with its texts cleaned. Refused when it lacks something."""
    if declaration is None:
        return Declaration(people.person(db, by).name, str(standing.capacity), How.ACCOUNT)
    declared = replace(
        declaration,
        name=_one_line(declaration.name),
        role=_one_line(declaration.role),
        supporter=_one_line(declaration.supporter),
        consent=clean_text(declaration.consent, LONGEST_REASON),
        heard_by=_one_line(declaration.heard_by),
    )
    why = lacking(declared)
    if why is not None:
        raise Refused(_SAY[why])
    return declared


def _one_line(text: str) -> str:
    return " ".join(clean_text(text, LONGEST_NAME).split())


def _file(each: FileView) -> dict[str, str]:
    return {"sha256": each.sha256, "kind": each.kind.value, "name": each.name, "captions": each.captions}


def _row(
    db: Db,
    enrolment: EnrolmentView,
    placed: Placed,
    standing: Standing,
    declared: Declaration,
    *,
    id: UUID,
    by: UUID,
    now: datetime,
    language: str,
) -> SignOff:
    decisions = decisions_of(db, enrolment.id)
    stand = stand_in(db, enrolment, [placed], decisions)[placed.unit.code]
    evidence = [each for each in evidence_of(db, enrolment.id) if placed.unit.code in each.units]
    files = files_of(db, [each.id for each in evidence])
    copy, digest = copy_of(stand, decisions, evidence, {id: [_file(each) for each in of] for id, of in files.items()})
    unit = placed.unit.code
    before = select(func.max(SignOff.turn)).where(SignOff.enrolment_id == enrolment.id, SignOff.unit == unit)
    return SignOff(
        id=id,
        enrolment_id=enrolment.id,
        unit=placed.unit.code,
        turn=(db.scalar(before) or 0) + 1,
        framework=placed.framework.code,
        edition=placed.framework.edition,
        learner_id=enrolment.learner_id,
        signed_by=by,
        capacity=standing.capacity,
        behalf=standing.behalf,
        name=declared.name,
        role=declared.role,
        how=declared.how,
        supporter=declared.supporter,
        consent=declared.consent,
        heard_by=declared.heard_by,
        statement=placed.framework.statements.for_(standing.capacity).text(language),
        copy=copy,
        copy_digest=digest,
        at=now,
    )
