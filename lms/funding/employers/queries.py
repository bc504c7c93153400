"""Read the employers' side: enquiries, and which money fits one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select

from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.funding.authoring.queries import schemes_for
from lms.funding.claims.queries import earlier_of
from lms.funding.content import Schemes
from lms.funding.employers import rules
from lms.funding.employers.answers import Answers, answers_from
from lms.funding.employers.models import TrainingEnquiry
from lms.funding.employers.rules import Fit, Known
from lms.funding.scheme import Scheme
from lms.funding.trainings import user_led_of
from lms.funding.vocabulary import ClaimantKind, SchemeStatus
from lms.people import queries as people
from lms.people.queries import OrganisationView


@dataclass(frozen=True, kw_only=True)
class EnquiryView:
    """What was answered so far, for whom, and the application that was made of it."""

    id: UUID
    employer_id: UUID
    authority_id: UUID
    answers: Answers
    claim_id: UUID | None
    begun_by: UUID
    begun_at: datetime
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Which money fits and which does not, how much there is in other nations, and what is closed that once was for
    employers."""

    fits: tuple[Fit, ...]
    others: tuple[Fit, ...]
    elsewhere: int
    closed: tuple[Scheme, ...]
    user_led: OrganisationView | None


_ROW = select(
    TrainingEnquiry.id,
    TrainingEnquiry.employer_id,
    TrainingEnquiry.authority_id,
    TrainingEnquiry.answers,
    TrainingEnquiry.claim_id,
    TrainingEnquiry.begun_by,
    TrainingEnquiry.begun_at,
    TrainingEnquiry.changed_at,
)


def enquiry(db: Db, enquiry_id: UUID) -> EnquiryView:
    """One enquiry. The caller looks at who asks. Raises NotFound."""
    found = _views(db, _ROW.where(TrainingEnquiry.id == enquiry_id))
    if not found:
        raise NotFound("enquiry")
    return found[0]


def enquiries_of(db: Db, employer_ids: Collection[UUID], *, limit: int = 20) -> list[EnquiryView]:
    """The enquiries of these employers, the one that was worked on last first."""
    wanted = _ROW.where(TrainingEnquiry.employer_id.in_(employer_ids))
    return _views(db, wanted.order_by(TrainingEnquiry.changed_at.desc(), TrainingEnquiry.id).limit(limit))


def enquiry_of_claim(db: Db, claim_id: UUID) -> EnquiryView | None:
    """The enquiry an application was made of; None for any other claim."""
    found = _views(db, _ROW.where(TrainingEnquiry.claim_id == claim_id).limit(1))
    return found[0] if found else None


def outcome(db: Db, asked: EnquiryView, *, on: date) -> Outcome:
    """What every scheme says to an enquiry whose questions are all answered. Four queries at most."""
    schemes = schemes_for(db, asked.authority_id, on=on)
    user_led = user_led_of(db, asked.authority_id, on)
    known = known_of(db, schemes, asked, on=on, user_led=user_led is not None)
    found = rules.fits(schemes.all, asked.answers, known)
    nation = rules.nation_of(asked.answers, known)
    return Outcome(
        fits=tuple(one for one in found if one.fits),
        others=tuple(one for one in found if not one.fits and one.scheme.nation is nation),
        elsewhere=sum(not one.fits and one.scheme.nation is not nation for one in found),
        closed=tuple(scheme for scheme in schemes.all if _was_for_employers(scheme, on) and scheme.nation is nation),
        user_led=user_led,
    )


def known_of(db: Db, schemes: Schemes, asked: EnquiryView, *, on: date, user_led: bool) -> Known:
    """What is known beside the answers: how the authority counts the training, and what was asked for before."""
    authority = people.organisation(db, asked.authority_id)
    code, pa_id = asked.answers.code, asked.answers.pa_id
    covered, counted_as = {}, {}
    for scheme in schemes.all:
        adopted = schemes.adoption(authority.code, scheme.code)
        counted = adopted.covering(code) if adopted else None
        if adopted is not None and counted is not None:
            covered[scheme.code], counted_as[scheme.code] = counted, adopted.provenance
    earlier = earlier_of(db, [pa_id]).get(pa_id, ()) if pa_id else ()
    return Known(
        nation=authority.nation,
        area=authority.code,
        on=on,
        covered=covered,
        counted_as=counted_as,
        earlier=tuple(line.plain(asked.employer_id) for line in earlier),
        user_led=user_led,
    )


def _was_for_employers(scheme: Scheme, on: date) -> bool:
    return ClaimantKind.INDIVIDUAL_EMPLOYER in scheme.claimants and scheme.status_on(on) is SchemeStatus.CLOSED


def _views(db: Db, wanted: Select[*tuple[object, ...]]) -> list[EnquiryView]:
    return [
        EnquiryView(
            id=row.id,
            employer_id=row.employer_id,
            authority_id=row.authority_id,
            answers=answers_from(row.answers),
            claim_id=row.claim_id,
            begun_by=row.begun_by,
            begun_at=row.begun_at,
            changed_at=row.changed_at,
        )
        for row in columns(db, wanted, {})
    ]
