"""Read permissions: who may do what for whom, what an employer gave, what was done under it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select

from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.funding.permissions import rules
from lms.funding.permissions.models import Permission, PermissionUse, PermissionWithdrawn, PermissionWorker
from lms.funding.permissions.rules import Action, GivenHow, Why
from lms.funding.permissions.words import Deed, Standing
from lms.funding.vocabulary import ClaimantKind, NeverDelegable
from lms.people import agreements
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.viewer import Viewer

DESK = (Role.COORDINATOR, Role.FUNDING_OFFICER)
"""Who works on claims in an authority."""


@dataclass(frozen=True, kw_only=True)
class Leave:
    """Whether somebody may do something about a claim, as what, and under which permission; else why not."""

    allowed: bool
    standing: Standing | None = None
    permission_id: UUID | None = None
    why: Why | None = None


@dataclass(frozen=True, kw_only=True)
class PermissionView:
    """A permission as pages show it; `terms` is what the rules think with."""

    id: UUID
    authority_id: UUID
    employer_name: str
    delegate_name: str
    worker_names: Mapping[UUID, str]
    note: str
    given_by: UUID
    given_by_name: str
    at: datetime
    withdrawn_at: datetime | None
    terms: rules.Permission

    def holds_on(self, on: date) -> bool:
        """Whether it opens anything on a day."""
        return self.terms.holds_on(on)


@dataclass(frozen=True, kw_only=True)
class UseView:
    """Something that was done under a permission."""

    id: UUID
    permission_id: UUID
    deed: Deed
    scheme: str | None
    claim_id: UUID | None
    learner_name: str | None
    values: Mapping[str, Any]
    by_name: str | None
    delegate_name: str
    at: datetime


def may(
    db: Db,
    *,
    person_id: UUID,
    claimant_id: UUID | None,
    claimant_kind: ClaimantKind,
    authority_id: UUID,
    action: Action | NeverDelegable,
    scheme: str | None,
    learner_ids: Collection[UUID],
    on: date,
    only: UUID | None = None,
) -> Leave:
    """Whether somebody may do something about a claim on a day; `only` asks about one permission in particular.

    An individual employer and who represents them may act for themselves. An adviser may under a permission that covers
    action, scheme and every learner. The authority's desk may work on every claim behind its wall. What is never
    delegable is left to `terms.may_accept` and to bank details: here only the employer may. At most four queries.
    """
    viewer = people.viewer_of(db, person_id, on)
    if viewer is None:
        return Leave(allowed=False, why=Why.NOBODY_ALLOWED)
    own = _own(viewer, claimant_id, action)
    if own is not None:
        return own
    if authority_id in viewer.authorities(*DESK) and isinstance(action, Action):
        return Leave(allowed=True, standing=Standing.DESK)
    delegates = viewer.organisations(Role.ADVISER)
    if claimant_kind is not ClaimantKind.INDIVIDUAL_EMPLOYER or claimant_id is None or not delegates:
        return Leave(allowed=False, why=Why.NOBODY_ALLOWED)
    reasons = set()
    for permission_id, given in between(db, claimant_id, delegates).items():
        if only not in {None, permission_id}:
            continue
        why = rules.why_not(given, action=action, scheme=scheme, workers=learner_ids, on=on)
        if why is None:
            return Leave(allowed=True, standing=Standing.DELEGATE, permission_id=permission_id)
        reasons.add(why)
    return Leave(allowed=False, why=rules.nearest(reasons))


def _own(viewer: Viewer, claimant_id: UUID | None, action: Action | NeverDelegable) -> Leave | None:
    if claimant_id in viewer.organisations(Role.EMPLOYER):
        return Leave(allowed=True, standing=Standing.EMPLOYER)
    if claimant_id in viewer.organisations(Role.REPRESENTATIVE):
        if isinstance(action, NeverDelegable):
            return Leave(allowed=False, standing=Standing.REPRESENTATIVE, why=Why.NOT_DELEGABLE)
        return Leave(allowed=True, standing=Standing.REPRESENTATIVE)
    return None


_ROW = select(
    Permission.id,
    Permission.employer_id,
    Permission.delegate_id,
    Permission.authority_id,
    Permission.schemes,
    Permission.actions,
    Permission.given_on,
    Permission.ends_on,
    Permission.given_how,
    Permission.note,
    Permission.given_by,
    Permission.at,
    PermissionWithdrawn.on.label("withdrawn_on"),
    PermissionWithdrawn.at.label("withdrawn_at"),
).outerjoin(PermissionWithdrawn, PermissionWithdrawn.permission_id == Permission.id)
_NEWEST_FIRST = (Permission.at.desc(), Permission.id)
_BETWEEN = _ROW.where(
    Permission.employer_id == bindparam("employer_id"),
    Permission.delegate_id.in_(bindparam("delegate_ids", expanding=True)),
).order_by(*_NEWEST_FIRST)
_HOLDING = (
    select(Permission.delegate_id, Permission.authority_id, func.count().label("permissions"))
    .outerjoin(PermissionWithdrawn, PermissionWithdrawn.permission_id == Permission.id)
    .where(
        Permission.delegate_id.in_(bindparam("delegate_ids", expanding=True)),
        PermissionWithdrawn.permission_id.is_(None),
        Permission.given_on <= bindparam("on"),
        Permission.ends_on >= bindparam("on"),
    )
    .group_by(Permission.delegate_id, Permission.authority_id)
)
_WORKERS = select(PermissionWorker.permission_id, PermissionWorker.pa_id).where(
    PermissionWorker.permission_id.in_(bindparam("ids", expanding=True))
)


def between(db: Db, employer_id: UUID, delegate_ids: Collection[UUID]) -> dict[UUID, rules.Permission]:
    """What an employer ever let these organisations do, newest first, by id. Three queries."""
    rows = columns(db, _BETWEEN, {"employer_id": employer_id, "delegate_ids": list(delegate_ids)}).all()
    return _all_terms(db, rows)


def permission(
    db: Db,
    permission_id: UUID,
    *,
    employer_ids: Collection[UUID] = (),
    delegate_ids: Collection[UUID] = (),
    authority_ids: Collection[UUID] = (),
) -> PermissionView:
    """One permission, for those it is about: its employer, its delegate, the desk behind its wall. Raises NotFound."""
    rows = columns(db, _ROW.where(Permission.id == permission_id), {}).all()
    row = rows[0] if rows else None
    if row is None or not (
        row.employer_id in employer_ids or row.delegate_id in delegate_ids or row.authority_id in authority_ids
    ):
        raise NotFound("permission")
    return _views(db, rows)[0]


def delegate_of(db: Db, permission_id: UUID) -> UUID:
    """The organisation a permission was given to. The caller knows the permission."""
    return columns(db, select(Permission.delegate_id).where(Permission.id == permission_id), {}).scalar_one()


def sent_at(db: Db, permission_id: UUID, claim_id: UUID, at: datetime) -> bool:
    """Whether a decision was passed on under a permission at this very moment: a decision of many lines is one."""
    wanted = select(PermissionUse.number).where(
        PermissionUse.permission_id == permission_id,
        PermissionUse.claim_id == claim_id,
        PermissionUse.deed == Deed.DECISION_SENT,
        PermissionUse.at == at,
    )
    return columns(db, wanted.limit(1), {}).first() is not None


def given_by(db: Db, employer_ids: Collection[UUID], *, limit: int = 100) -> list[PermissionView]:
    """What these employers allowed, newest first."""
    return _listed(db, _ROW.where(Permission.employer_id.in_(employer_ids)), limit)


def given_to(db: Db, delegate_ids: Collection[UUID], *, offset: int = 0, limit: int = 50) -> list[PermissionView]:
    """What these organisations were allowed, newest first, also what holds no more."""
    return _listed(db, _ROW.where(Permission.delegate_id.in_(delegate_ids)), limit, offset)


def count_given_to(db: Db, delegate_ids: Collection[UUID]) -> int:
    """How many permissions these organisations were ever given."""
    wanted = select(func.count()).select_from(Permission).where(Permission.delegate_id.in_(delegate_ids))
    return columns(db, wanted, {}).scalar_one()


def count_holding(db: Db, delegate_ids: Collection[UUID], on: date) -> int:
    """How many permissions of these organisations open something on a day. Two queries."""
    rows = columns(db, _HOLDING, {"delegate_ids": list(delegate_ids), "on": on}).all()
    spans = agreements.spans(db, {row.delegate_id for row in rows})
    agreed = ((spans.get((row.delegate_id, row.authority_id), ()), row.permissions) for row in rows)
    return sum(count for days, count in agreed if any(since <= on <= (until or on) for since, until in days))


def walls_given_to(db: Db, delegate_ids: Collection[UUID]) -> frozenset[UUID]:
    """The authorities whose employers ever let these organisations act."""
    wanted = select(Permission.authority_id).where(Permission.delegate_id.in_(delegate_ids)).distinct()
    return frozenset(columns(db, wanted, {}).scalars())


def behind(db: Db, authority_id: UUID, *, offset: int = 0, limit: int = 50) -> list[PermissionView]:
    """What employers behind an authority's wall allowed, newest first."""
    return _listed(db, _ROW.where(Permission.authority_id == authority_id), limit, offset)


def count_behind(db: Db, authority_id: UUID) -> int:
    """How many permissions were ever given behind an authority's wall."""
    wanted = select(func.count()).select_from(Permission).where(Permission.authority_id == authority_id)
    return columns(db, wanted, {}).scalar_one()


def uses_of(db: Db, permission_ids: Collection[UUID], *, limit: int = 200) -> list[UseView]:
    """What was done under these permissions, newest first. Two queries."""
    wanted = (
        select(PermissionUse, Permission.delegate_id)
        .join(Permission, Permission.id == PermissionUse.permission_id)
        .where(PermissionUse.permission_id.in_(permission_ids))
        .order_by(PermissionUse.number.desc())
        .limit(limit)
    )
    return _uses(db, db.execute(wanted).all())


def uses_about(db: Db, claim_id: UUID) -> list[UseView]:
    """What was done about one claim under permissions, oldest first: for its audit file."""
    wanted = (
        select(PermissionUse, Permission.delegate_id)
        .join(Permission, Permission.id == PermissionUse.permission_id)
        .where(PermissionUse.claim_id == claim_id)
        .order_by(PermissionUse.number)
    )
    return _uses(db, db.execute(wanted).all())


def count_uses(db: Db, permission_ids: Collection[UUID]) -> dict[UUID, int]:
    """How often each of these permissions was used."""
    wanted = (
        select(PermissionUse.permission_id, func.count())
        .where(PermissionUse.permission_id.in_(permission_ids))
        .group_by(PermissionUse.permission_id)
    )
    return dict(columns(db, wanted, {}).all())


def saw_on(db: Db, permission_id: UUID, learner_id: UUID, by: UUID, *, since: datetime) -> bool:
    """Whether somebody opened a learner's training record under a permission since a moment, and it was noted."""
    wanted = select(PermissionUse.number).where(
        PermissionUse.permission_id == permission_id,
        PermissionUse.learner_id == learner_id,
        PermissionUse.deed == Deed.RECORD_SEEN,
        PermissionUse.by == by,
        PermissionUse.at >= since,
    )
    return columns(db, wanted.limit(1), {}).first() is not None


def _uses(db: Db, rows: Collection[Any]) -> list[UseView]:
    found = people.persons(db, {id for row, _ in rows for id in (row.by, row.learner_id) if id})
    places = people.organisations(db, {delegate for _, delegate in rows})
    return [
        UseView(
            id=row.id,
            permission_id=row.permission_id,
            deed=row.deed,
            scheme=row.scheme,
            claim_id=row.claim_id,
            learner_name=found[row.learner_id].name if row.learner_id in found else None,
            values=row.values,
            by_name=found[row.by].name if row.by in found else None,
            delegate_name=places[delegate].name,
            at=row.at,
        )
        for row, delegate in rows
    ]


def _listed(db: Db, wanted: Select[*tuple[Any, ...]], limit: int, offset: int = 0) -> list[PermissionView]:
    return _views(db, columns(db, wanted.order_by(*_NEWEST_FIRST).offset(offset).limit(limit), {}).all())


def _views(db: Db, rows: Collection[Any]) -> list[PermissionView]:
    terms = _all_terms(db, rows)
    persons = people.persons(db, {id for row in rows for id in (row.given_by, *terms[row.id].workers)})
    places = people.organisations(db, {id for row in rows for id in (row.employer_id, row.delegate_id)})
    return [
        PermissionView(
            id=row.id,
            authority_id=row.authority_id,
            employer_name=places[row.employer_id].name,
            delegate_name=places[row.delegate_id].name,
            worker_names={pa: persons[pa].name for pa in terms[row.id].workers},
            note=row.note,
            given_by=row.given_by,
            given_by_name=persons[row.given_by].name,
            at=row.at,
            withdrawn_at=row.withdrawn_at,
            terms=terms[row.id],
        )
        for row in rows
    ]


def _workers(db: Db, ids: list[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    for permission_id, pa_id in columns(db, _WORKERS, {"ids": ids}) if ids else ():
        found.setdefault(permission_id, []).append(pa_id)
    return found


def _all_terms(db: Db, rows: Collection[Any]) -> dict[UUID, rules.Permission]:
    workers = _workers(db, [row.id for row in rows])
    spans = agreements.spans(db, {row.delegate_id for row in rows})
    return {
        row.id: _terms(row, workers.get(row.id, ()), spans.get((row.delegate_id, row.authority_id), ())) for row in rows
    }


def _terms(row: Any, workers: Iterable[UUID], agreed: tuple[agreements.Span, ...]) -> rules.Permission:
    return rules.Permission(
        employer_id=row.employer_id,
        delegate_id=row.delegate_id,
        schemes=frozenset(row.schemes),
        workers=frozenset(workers),
        actions=frozenset(Action(action) for action in row.actions),
        given_on=row.given_on,
        given_how=GivenHow(row.given_how),
        ends_on=row.ends_on,
        withdrawn_on=row.withdrawn_on,
        agreed=agreed,
    )
