"""Write schemes in the browser: begin a draft, change a part of it, publish it from a day, take an edition back."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.funding.authoring import queries
from lms.funding.authoring.editing import (
    LISTS,
    as_yaml,
    at,
    data_of,
    digest,
    entry,
    next_year,
    read_again,
    with_values,
    without,
)
from lms.funding.authoring.events import SchemePublished, SchemeTakenBack
from lms.funding.authoring.models import SchemeDraft, SchemeEdition, SchemeEditionWithdrawn, SchemesChanged

MOST_DRAFTS = 20
LARGEST = 200_000
"""Characters of a draft."""

Data = Mapping[str, Any]


class ChangedMeanwhile(Refused):
    """Somebody else wrote in the same place after the form was opened; `theirs` is what stands there now."""

    def __init__(self, theirs: Data, by: UUID) -> None:
        super().__init__(N_("Somebody else changed this while you were writing. Nothing of yours is lost."))
        self.theirs, self.by = theirs, by


def start_draft(
    db: Db, *, once: UUID, authority_id: UUID, based_on: str, year_later: bool, by: UUID, now: datetime
) -> UUID:
    """Begin a draft as a copy of a scheme the authority has, moved a year on or not; the same `once` again is one.

    Raises NotFound for a scheme it does not have. Refused while there are many drafts already.
    """
    schemes = queries.schemes_for(db, authority_id, on=london_day(now), as_written=True)
    source = schemes.by_code.get(based_on)
    if source is None:
        raise NotFound("scheme")
    if len(queries.drafts_of(db, authority_id)) >= MOST_DRAFTS and db.get(SchemeDraft, once) is None:
        raise Refused(N_("There are many drafts already. Throw one away before you begin another."))
    data = data_of(source)
    row = SchemeDraft(
        id=once,
        authority_id=authority_id,
        based_on=based_on,
        data=next_year(data) if year_later else data,
        version=1,
        made_by=by,
        made_at=now,
        changed_by=by,
        changed_at=now,
    )
    if not add_once(db, row):
        queries.draft(db, once, [authority_id])
    return once


def save(
    db: Db,
    *,
    once: UUID,
    draft_id: UUID,
    authority_id: UUID,
    key: str,
    values: Data,
    was: str,
    by: UUID,
    now: datetime,
) -> None:
    """Write values at their places in a draft. `was` is the digest of what stood there when the form was opened.

    Others may change other places meanwhile. When these changed, ChangedMeanwhile says what stands there now and
    nothing is written. A key such as `items/` adds an entry; its code has to be free.
    """

    def changed(data: Data) -> Data:
        there = {path: at(entry(data, key), path) for path in values}
        if digest(there) not in {was, digest(values)}:
            raise ChangedMeanwhile(there, row.changed_by)
        kind, _slash, name = key.partition("/")
        if kind in LISTS:
            named = str(values.get(LISTS[kind]) or name)
            others = {str(each.get(LISTS[kind])) for each in data.get(kind) or ()} - {name}
            if named in others:
                raise Refused(N_("%(name)s is there already. Give this another code."), name=named)
        return with_values(data, key, values)

    row = _open(db, draft_id, authority_id)
    _change(db, row, changed, once=once, by=by, now=now)


def remove(
    db: Db, *, once: UUID, draft_id: UUID, authority_id: UUID, key: str, version: int, by: UUID, now: datetime
) -> None:
    """Take an item or a case out of a draft. Refused when the draft changed since it was shown."""
    row = _open(db, draft_id, authority_id)
    _change(db, row, lambda data: without(data, key), once=once, by=by, now=now, version=version)


def throw_away(db: Db, *, draft_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """End a draft without publishing it. Doing it twice is harmless."""
    wanted = select(SchemeDraft).where(SchemeDraft.id == draft_id, SchemeDraft.authority_id == authority_id)
    row = db.scalar(wanted.with_for_update())
    if row is None or row.published_id is not None:
        raise NotFound("draft")
    if row.ended_at is None:
        row.ended_at, row.ended_by = now, by
        db.flush()


def publish(
    db: Db,
    *,
    once: UUID,
    draft_id: UUID,
    authority_id: UUID,
    version: int,
    valid_from: date,
    by: UUID,
    now: datetime,
) -> queries.PublishedView:
    """Make a draft an edition of its scheme, which holds for this authority from a day on; the same `once` is one.

    Refused while it has a mistake or a worked case disagrees, for a day that is gone, and when it changed since it was
    looked at (`version`). Claims that were drafted before keep the terms they were drafted under.
    """
    done = _published(db, once, authority_id)
    if done is not None:
        return done
    try:
        row = _open(db, draft_id, authority_id)
    except NotFound:
        done = _published(db, once, authority_id)  # a double tap waited until the first was through
        if done is None:
            raise
        return done
    today = london_day(now)
    if row.version != version:
        raise Refused(N_("Somebody changed this draft after you opened this page. Look at it again, then publish."))
    if valid_from < today:
        raise Refused(N_("The first day has to be today or later. Claims of the past keep what held then."))
    view = queries.draft(db, draft_id, [authority_id])
    found = queries.look_through(db, view, on=today)
    if not found.ready or found.scheme is None:
        raise Refused(N_("Something is still wrong in this draft. It can be published once everything is mended."))
    data = queries.whole(db, view, on=today)
    assert read_again(data) == found.scheme, "the file says something else than the draft"
    edition = SchemeEdition(
        id=once,
        authority_id=authority_id,
        scheme=found.scheme.code,
        edition=found.scheme.edition,
        valid_from=valid_from,
        document=as_yaml(data),
        by=by,
        at=now,
    )
    if not add_once(db, edition):
        raise Refused(N_("Another draft was published at the same moment. Look at it, then publish yours."))
    row.ended_at, row.ended_by, row.published_id = now, by, once
    forget_known(db, authority_id)
    fact = SchemePublished(
        about=by,
        authority_id=authority_id,
        edition_id=once,
        scheme=edition.scheme,
        edition=edition.edition,
        valid_from=valid_from,
    )
    record(db, fact, by=by, now=now, behalf=authority_id)
    return _view(edition)


def take_back(db: Db, *, edition_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """Take a published edition back before its first day. Doing it twice is harmless; afterwards it is refused."""
    wanted = select(SchemeEdition).where(SchemeEdition.id == edition_id, SchemeEdition.authority_id == authority_id)
    row = db.scalar(wanted.with_for_update())
    if row is None:
        raise NotFound("edition")
    if row.valid_from <= london_day(now):
        raise Refused(N_("This edition holds already. Publish another one instead."))
    if add_once(db, SchemeEditionWithdrawn(edition_id=edition_id, by=by, at=now)):
        forget_known(db, authority_id)
        fact = SchemeTakenBack(
            about=by, authority_id=authority_id, edition_id=edition_id, scheme=row.scheme, edition=row.edition
        )
        record(db, fact, by=by, now=now, behalf=authority_id)


def forget_known(db: Db, authority_id: UUID) -> None:
    """Whatever is known of this authority's schemes is not known any more. Holds the authority's turn."""
    if not add_once(db, SchemesChanged(authority_id=authority_id, mark=uuid4())):
        db.execute(
            update(SchemesChanged)
            .where(SchemesChanged.authority_id == authority_id)
            .values(mark=uuid4())
            .execution_options(synchronize_session=False)
        )
    db.flush()


def _change(
    db: Db,
    row: SchemeDraft,
    changed: Callable[[Data], Data],
    *,
    once: UUID,
    by: UUID,
    now: datetime,
    version: int | None = None,
) -> None:
    if row.last_once == once:  # a double tap
        return
    if version is not None and version != row.version:
        raise Refused(N_("Somebody changed this draft after you opened this page. Look at it again."))
    data = dict(changed(row.data))
    if len(str(data)) > LARGEST:
        raise Refused(N_("This scheme is too long. Shorten a text."))
    row.data, row.version, row.last_once = data, row.version + 1, once
    row.changed_by, row.changed_at = by, now
    db.flush()


def _open(db: Db, draft_id: UUID, authority_id: UUID) -> SchemeDraft:
    """A draft that is still worked on, held until the end of this unit of work. Raises NotFound.

    The authority's drafts are held together, so that of two publications the second sees the first.
    """
    held = select(SchemeDraft).where(SchemeDraft.authority_id == authority_id, SchemeDraft.ended_at.is_(None))
    wanted = held.order_by(SchemeDraft.id).with_for_update().execution_options(populate_existing=True)
    row = next((each for each in db.scalars(wanted) if each.id == draft_id), None)
    if row is None:
        raise NotFound("draft")
    return row


def _published(db: Db, edition_id: UUID, authority_id: UUID) -> queries.PublishedView | None:
    wanted = select(SchemeEdition).where(SchemeEdition.id == edition_id, SchemeEdition.authority_id == authority_id)
    row = db.scalar(wanted)
    return _view(row) if row else None


def _view(row: SchemeEdition) -> queries.PublishedView:
    return queries.PublishedView(row.id, row.scheme, row.edition, row.valid_from, row.by, row.at, None)
