"""What stands in the way of a sign-off, and what a sign-off closes."""

from uuid import UUID

from sqlalchemy import select

from lms.assessment.content import Placed
from lms.assessment.models import JudgementRow
from lms.assessment.rules import HOUSEHOLD, Judged, Judgement, Lack, Standing, missing
from lms.assessment.signing.models import SignOff
from lms.core import i18n
from lms.core.db import Db
from lms.core.words import N_, Refused
from lms.people import queries as people


def sign_off_of(db: Db, enrolment_id: UUID, unit: str) -> SignOff | None:
    """The sign-off of a learner's unit, if there is one."""
    return db.scalar(select(SignOff).where(SignOff.enrolment_id == enrolment_id, SignOff.unit == unit))


def refuse_signed_off(
    db: Db, enrolment_id: UUID, unit: str, *, standing: Standing, by: UUID, language: str = "en"
) -> None:
    """Refuse to write about a unit that is signed off, saying by whom and when.

    One household is not told the name of another: who employs whom is their own business.
    """
    found = sign_off_of(db, enrolment_id, unit)
    if found is None:
        return
    day = i18n.day(found.at, language)
    if found.signed_by == by:
        raise Refused(N_("You signed this off already, on %(day)s."), day=day)
    if {found.capacity, standing.capacity} <= HOUSEHOLD and found.behalf != standing.behalf:
        raise Refused(N_("This was already signed off by another employer on %(day)s."), day=day)
    name = people.person(db, found.signed_by).name
    raise Refused(N_("This was already signed off by %(name)s on %(day)s."), name=name, day=day)


def refuse_missing(db: Db, enrolment_id: UUID, placed: Placed) -> None:
    """Refuse a sign-off while a criterion of the unit is not met, naming the first."""
    rows = db.execute(
        select(JudgementRow.criterion, JudgementRow.judgement, JudgementRow.at).where(
            JudgementRow.enrolment_id == enrolment_id, JudgementRow.unit == placed.unit.code
        )
    )
    lacking = missing(placed.unit.codes, [Judged(*row) for row in rows])
    if lacking:
        raise Refused(_LACKING[lacking[0].lack], code=lacking[0].criterion)


_LACKING = {
    Lack.NOT_SEEN: N_("This cannot be signed off yet: nobody has recorded seeing %(code)s."),
    Lack.NOT_YET_MET: N_(
        "This cannot be signed off yet: the last judgement of %(code)s is “not yet met”. When you see it done, record "
        "that first."
    ),
}


def refuse_unseen(db: Db, enrolment_id: UUID, unit: str, *, by: UUID) -> None:
    """Refuse a household's sign-off of work it has not itself seen done: its statement says “I saw it myself”."""
    own = select(JudgementRow.id).where(
        JudgementRow.enrolment_id == enrolment_id,
        JudgementRow.unit == unit,
        JudgementRow.judge_id == by,
        JudgementRow.judgement == Judgement.MET,
    )
    if db.scalar(own.limit(1)) is None:
        raise Refused(N_("First say what you saw yourself. Then you can sign it off."))
