"""What stands in the way of a sign-off, and what a sign-off closes."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.assessment.content import Placed
from lms.assessment.deciding.latest import Latest
from lms.assessment.deciding.rules import Counts, Stand
from lms.assessment.rules import HOUSEHOLD, Judgement, Kind, Standing
from lms.assessment.signing.models import SignOff, SignOffWithdrawal
from lms.core import i18n
from lms.core.db import Db, columns
from lms.core.words import N_, Refused
from lms.people import queries as people

STANDING = ~select(SignOffWithdrawal.sign_off_id).where(SignOffWithdrawal.sign_off_id == SignOff.id).exists()
"""The condition that a sign-off was not withdrawn."""


def sign_off_of(db: Db, enrolment_id: UUID, unit: str) -> SignOff | None:
    """The sign-off of a learner's unit that stands, if there is one."""
    return db.scalar(_SIGN_OFF, {"enrolment_id": enrolment_id, "unit": unit})


_SIGN_OFF = select(SignOff).where(
    SignOff.enrolment_id == bindparam("enrolment_id"), SignOff.unit == bindparam("unit"), STANDING
)


_SIGNED = select(SignOff.at, SignOff.signed_by, SignOff.capacity, SignOff.behalf).where(
    SignOff.enrolment_id == bindparam("enrolment_id"), SignOff.unit == bindparam("unit"), STANDING
)


def refuse_signed_off(
    db: Db, enrolment_id: UUID, unit: str, *, standing: Standing | None, by: UUID | None, language: str = "en"
) -> None:
    """Refuse to write about a unit that is signed off, saying by whom and when.

    One household is not told the name of another: who employs whom is their own business. So is nobody else without a
    standing who did not sign.
    """
    found = columns(db, _SIGNED, {"enrolment_id": enrolment_id, "unit": unit}).first()
    if found is None:
        return
    day = i18n.day(found.at, language)
    if found.signed_by == by:
        raise Refused(N_("You signed this off already, on %(day)s."), day=day)
    if standing is None:
        raise Refused(N_("This was already signed off on %(day)s."), day=day)
    if {found.capacity, standing.capacity} <= HOUSEHOLD and found.behalf != standing.behalf:
        raise Refused(N_("This was already signed off by another employer on %(day)s."), day=day)
    name = people.person(db, found.signed_by).name
    raise Refused(N_("This was already signed off by %(name)s on %(day)s."), name=name, day=day)


def refuse_missing(placed: Placed, stands: Mapping[str, Stand]) -> None:
    """Refuse a sign-off while a line of the unit is not met, naming the first."""
    for line in placed.unit.lines:
        stand = stands[line.key]
        if stand is Stand.MET:
            continue
        unseen = stand in {Stand.NOTHING, Stand.OFFERED}
        if unseen and line.kind is Kind.KNOWLEDGE:
            raise Refused(_NOT_SHOWN, code=line.called)
        raise Refused(_LACKING[stand], code=line.called)


_NOT_SHOWN = N_("This cannot be signed off yet: nothing shows that they know what %(code)s asks.")
_LACKING = {
    Stand.NOTHING: N_("This cannot be signed off yet: nobody has recorded seeing %(code)s."),
    Stand.OFFERED: N_("This cannot be signed off yet: there is evidence for %(code)s, and nobody has decided on it."),
    Stand.NOT_YET_MET: N_(
        "This cannot be signed off yet: the last judgement of %(code)s is “not yet met”. When you see it done, record "
        "that first."
    ),
    Stand.MORE_EVIDENCE: N_("This cannot be signed off yet: more evidence is needed for %(code)s."),
    Stand.WAITS_COUNTERSIGN: N_(
        "This cannot be signed off yet: the decision on %(code)s waits for another assessor to countersign it."
    ),
    Stand.SENT_BACK: N_(
        "This cannot be signed off yet: the decision on %(code)s was sent back. Decide on it again first."
    ),
}


def refuse_unseen(latest: Mapping[str, Latest], placed: Placed, *, by: UUID) -> None:
    """Refuse a household's sign-off of work it has not itself seen done: its statement says “I saw it myself”."""
    keys = {line.key for line in placed.unit.lines}
    own = (each.line in keys and each.by == by and _is_met(each) for each in latest.values())
    if not any(own):
        raise Refused(N_("First say what you saw yourself. Then you can sign it off."))


def _is_met(each: Latest) -> bool:
    return each.judgement is Judgement.MET and each.counts is Counts.YES
