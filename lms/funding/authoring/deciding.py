"""What an authority decides about schemes: which trainings it counts, and which figures it confirms."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.funding.authoring import queries
from lms.funding.authoring.events import FigureConfirmationTakenBack, SchemeFigureConfirmed, TrainingCounted
from lms.funding.authoring.models import Adopted, FigureConfirmationEnded, FigureConfirmed
from lms.funding.authoring.services import forget_known
from lms.funding.content import wrong_adoption
from lms.funding.scheme import Adoption, Covered
from lms.funding.standing import Values, standings
from lms.funding.vocabulary import Provenance

LONGEST = 500


def count(
    db: Db,
    *,
    once: UUID,
    authority_id: UUID,
    scheme: str,
    covers: Sequence[Covered],
    note: str,
    by: UUID,
    now: datetime,
) -> None:
    """Decide which trainings an authority counts under a scheme, all at once; an empty list counts none any more.

    It is the authority's own decision, so its figures are official. Raises NotFound for a scheme it does not have.
    Refused for items the scheme does not have, and for a training that is counted twice.
    """
    schemes = queries.schemes_for(db, authority_id, on=london_day(now), as_written=True)
    if scheme not in schemes.by_code:
        raise NotFound("scheme")
    said = clean_text(note, LONGEST)
    document = {
        "authority": queries.authority_code(db, authority_id),
        "scheme": scheme,
        "provenance": Provenance.OFFICIAL.value,
        "covers": [each.model_dump(mode="json") for each in covers],
        **({"note": {"en": said}} if said else {}),
    }
    try:
        adoption = Adoption.model_validate(document)
    except ValidationError as error:
        raise Refused(N_("This cannot be counted: %(why)s"), why=error.errors()[0]["msg"]) from error
    for _where, sentence in wrong_adoption(adoption, schemes.by_code):
        raise Refused(N_("This cannot be counted: %(why)s"), why=sentence)
    row = Adopted(id=once, authority_id=authority_id, scheme=scheme, document=document, by=by, at=now)
    if add_once(db, row):
        forget_known(db, authority_id)
        fact = TrainingCounted(about=by, authority_id=authority_id, scheme=scheme)
        record(db, fact, by=by, now=now, behalf=authority_id)


def confirm(
    db: Db,
    *,
    once: UUID,
    authority_id: UUID,
    scheme: str,
    key: str,
    shown: Values,
    source: str,
    until: date | None,
    by: UUID,
    now: datetime,
) -> None:
    """Confirm the figures or days under a key of a scheme, as they were shown, from a source, until a day or for good.

    Refused without a source, for a day that is gone, for what is official already, and when the figures are not the
    ones that were shown any more. Raises NotFound for a scheme or a key that is not there.
    """
    today = london_day(now)
    schemes = queries.schemes_for(db, authority_id, on=today, as_written=True)
    found = schemes.by_code.get(scheme)
    if found is None:
        raise NotFound("scheme")
    adoption = schemes.adoption(queries.authority_code(db, authority_id), scheme)
    standing = next((s for s in standings(found, adoption) if s.key == key), None)
    if standing is None:
        raise NotFound("figure")
    said = clean_text(source, LONGEST)
    if not said:
        raise Refused(N_("Say where the figure comes from, such as a letter with its date, or a web page."))
    if until is not None and until < today:
        raise Refused(N_("The last day has to be today or later."))
    if standing.provenance is Provenance.OFFICIAL:
        raise Refused(N_("This figure is official already. There is nothing to confirm."))
    if dict(standing.values) != dict(shown):
        raise Refused(N_("The figure changed after you opened this page. Look at it again, then confirm it."))
    row = FigureConfirmed(
        id=once,
        authority_id=authority_id,
        scheme=scheme,
        edition=found.edition,
        key=key,
        values=dict(standing.values),
        was=standing.provenance,
        source=said,
        until=until,
        by=by,
        at=now,
    )
    if add_once(db, row):
        forget_known(db, authority_id)
        fact = SchemeFigureConfirmed(about=by, authority_id=authority_id, scheme=scheme, key=key)
        record(db, fact, by=by, now=now, behalf=authority_id)


def take_confirmation_back(
    db: Db, *, confirmed_id: UUID, authority_id: UUID, reason: str, by: UUID, now: datetime
) -> None:
    """Take a confirmation back, with the reason. Twice is harmless. Claims that were sent in stay as they are."""
    wanted = select(FigureConfirmed).where(
        FigureConfirmed.id == confirmed_id, FigureConfirmed.authority_id == authority_id
    )
    row = db.scalar(wanted)
    if row is None:
        raise NotFound("confirmation")
    said = clean_text(reason, LONGEST)
    if not said:
        raise Refused(N_("Say why the figure does not hold any more."))
    if add_once(db, FigureConfirmationEnded(confirmed_id=confirmed_id, reason=said, by=by, at=now)):
        forget_known(db, authority_id)
        fact = FigureConfirmationTakenBack(about=by, authority_id=authority_id, scheme=row.scheme, key=row.key)
        record(db, fact, by=by, now=now, behalf=authority_id)
