"""Write register rules in the browser: begin a draft, change a section of it, publish it, take an edition back."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.content import Problems
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.register.authoring import queries
from lms.register.authoring.models import RegisterDraft, RegisterEdition, RegisterEditionWithdrawn
from lms.register.authoring.sections import LISTS, digest, moved_up, section, with_section, without
from lms.register.authoring.writing import as_yaml, data_of
from lms.register.content import Edition, read
from lms.register.events import RulesPublished, RulesTakenBack

MOST_DRAFTS = 10
LARGEST = 400_000
"""Characters of a draft."""

Data = Mapping[str, Any]


class ChangedMeanwhile(Refused):
    """Somebody else wrote in the same section after the form was opened; `theirs` is what stands there now."""

    def __init__(self, theirs: Data, by: UUID) -> None:
        super().__init__(N_("Somebody else changed this while you were writing. Nothing of yours is lost."))
        self.theirs, self.by = theirs, by


def start_draft(
    db: Db, *, once: UUID, authority_id: UUID, based_on: str, valid_from: date, by: UUID, now: datetime
) -> UUID:
    """Begin a draft as a copy of one of the authority's editions; the same `once` again is one draft.

    Raises NotFound for an edition it does not have. Refused while there are many drafts already.
    """
    source = next((e for e in queries.editions(db, authority_id) if e.file.edition == based_on), None)
    if source is None:
        raise NotFound("edition")
    if len(queries.drafts_of(db, authority_id)) >= MOST_DRAFTS and db.get(RegisterDraft, once) is None:
        raise Refused(N_("There are many drafts already. Throw one away before you begin another."))
    data = {**data_of(source), "valid_from": valid_from.isoformat()}
    row = RegisterDraft(
        id=once,
        authority_id=authority_id,
        based_on=based_on,
        data=data,
        version=1,
        made_by=by,
        made_at=now,
        changed_by=by,
        changed_at=now,
    )
    if not add_once(db, row):
        queries.draft(db, once, [authority_id])
    return once


def save_section(
    db: Db,
    *,
    once: UUID,
    draft_id: UUID,
    authority_id: UUID,
    key: str,
    value: Data,
    was: str,
    by: UUID,
    now: datetime,
) -> None:
    """Write a section of a draft. `was` is the digest of what stood there when the form was opened.

    Others may change other sections meanwhile. When this one changed, ChangedMeanwhile says what stands there now and
    nothing is written. A key such as `requirements/` adds one; its code has to be free.
    """

    def changed(data: Data) -> Data:
        there = section(data, key)
        if digest(there) not in {was, digest(value)}:
            raise ChangedMeanwhile(there, row.changed_by)
        kind, _slash, name = key.partition("/")
        if kind in LISTS:
            named = str(value.get(LISTS[kind]) or "")
            others = {str(each.get(LISTS[kind])) for each in data.get(kind) or ()} - {name}
            if named in others:
                raise Refused(N_("%(name)s is there already. Give this another code."), name=named)
        return with_section(data, key, value)

    row = _open(db, draft_id, authority_id)
    _change(db, row, changed, once=once, by=by, now=now)


def remove(
    db: Db, *, once: UUID, draft_id: UUID, authority_id: UUID, key: str, version: int, by: UUID, now: datetime
) -> None:
    """Take a requirement or a case out of a draft. Refused when the draft changed since it was shown."""
    row = _open(db, draft_id, authority_id)
    _change(db, row, lambda data: without(data, key), once=once, by=by, now=now, version=version)


def move_up(
    db: Db, *, once: UUID, draft_id: UUID, authority_id: UUID, key: str, version: int, by: UUID, now: datetime
) -> None:
    """Move a requirement one place up. Refused when the draft changed since it was shown."""
    row = _open(db, draft_id, authority_id)
    _change(db, row, lambda data: moved_up(data, key), once=once, by=by, now=now, version=version)


def throw_away(db: Db, *, draft_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """End a draft without publishing it. Doing it twice is harmless."""
    row = db.scalar(_draft(draft_id, authority_id))
    if row is None or row.published_id is not None:
        raise NotFound("draft")
    if row.ended_at is None:
        row.ended_at, row.ended_by = now, by
        db.flush()


def publish(
    db: Db, *, once: UUID, draft_id: UUID, authority_id: UUID, version: int, by: UUID, now: datetime
) -> queries.PublishedView:
    """Make a draft an edition of the authority's rules, which holds from its day on; the same `once` again is one.

    Refused while it has a mistake or a worked case disagrees, for a day that is not to come, and when it changed since
    it was looked at (`version`).
    """
    done = db.scalar(_edition(once, authority_id))
    if done is not None:
        return _view(done)
    try:
        row = _open(db, draft_id, authority_id)
    except NotFound:
        done = db.scalar(_edition(once, authority_id))  # a double tap waited until the first was through
        if done is None:
            raise
        return _view(done)
    view = queries.draft(db, draft_id, [authority_id])
    if row.version != version:
        raise Refused(N_("Somebody changed this draft after you opened this page. Look at it again, then publish."))
    found = queries.look_through(db, view)
    if not found.ready or found.edition is None:
        raise Refused(N_("Something is still wrong in this draft. It can be published once everything is mended."))
    if found.edition.file.valid_from <= london_day(now):
        raise Refused(N_("The first day has to be tomorrow or later, so that those affected are told beforehand."))
    edition = RegisterEdition(
        id=once,
        authority_id=authority_id,
        edition=found.edition.file.edition,
        valid_from=found.edition.file.valid_from,
        document=_document(queries.whole(db, view), found.edition),
        by=by,
        at=now,
    )
    if not add_once(db, edition):
        raise Refused(N_("Another draft was published at the same moment. Look at it, then publish yours."))
    row.ended_at, row.ended_by, row.published_id = now, by, once
    db.flush()
    fact = RulesPublished(
        about=by,
        authority_id=authority_id,
        edition_id=once,
        edition=edition.edition,
        valid_from=edition.valid_from,
    )
    record(db, fact, by=by, now=now, behalf=authority_id)
    return _view(edition)


def _document(data: Data, edition: Edition) -> str:
    """The rule file of an edition, read again before anybody relies on it."""
    document, problems = as_yaml(data), Problems()
    again = read(f"{edition.file.code.lower()}.yaml", document, problems)
    assert again is not None, problems.found
    assert (again.rules, again.lines, again.cases) == (edition.rules, edition.lines, edition.cases)
    return document


def take_back(db: Db, *, edition_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """Take a published edition back before its first day. Doing it twice is harmless; afterwards it is refused."""
    row = db.scalar(_edition(edition_id, authority_id).with_for_update())
    if row is None:
        raise NotFound("edition")
    if row.valid_from <= london_day(now):
        raise Refused(N_("These rules hold already. Write a new edition instead."))
    if add_once(db, RegisterEditionWithdrawn(edition_id=edition_id, by=by, at=now)):
        fact = RulesTakenBack(about=by, authority_id=authority_id, edition_id=edition_id, edition=row.edition)
        record(db, fact, by=by, now=now, behalf=authority_id)


def _change(
    db: Db,
    row: RegisterDraft,
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
        raise Refused(N_("These rules are too long. Shorten a text."))
    row.data, row.version, row.last_once = data, row.version + 1, once
    row.changed_by, row.changed_at = by, now
    db.flush()


def _open(db: Db, draft_id: UUID, authority_id: UUID) -> RegisterDraft:
    """A draft that is still worked on, held until the end of this unit of work. Raises NotFound.

    The authority's drafts are held together, so that of two publications the second sees the first.
    """
    held = select(RegisterDraft).where(RegisterDraft.authority_id == authority_id, RegisterDraft.ended_at.is_(None))
    wanted = held.order_by(RegisterDraft.id).with_for_update().execution_options(populate_existing=True)
    row = next((each for each in db.scalars(wanted) if each.id == draft_id), None)
    if row is None:
        raise NotFound("draft")
    return row


def _draft(draft_id: UUID, authority_id: UUID) -> Any:
    wanted = select(RegisterDraft).where(RegisterDraft.id == draft_id, RegisterDraft.authority_id == authority_id)
    return wanted.with_for_update()


def _edition(edition_id: UUID, authority_id: UUID) -> Any:
    return select(RegisterEdition).where(RegisterEdition.id == edition_id, RegisterEdition.authority_id == authority_id)


def _view(row: RegisterEdition) -> queries.PublishedView:
    return queries.PublishedView(row.id, row.edition, row.valid_from, row.by, row.at, None)
