"""Write permissions: give one, withdraw it, use it. Services flush; whoever calls commits."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID, uuid4

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.funding.authoring.queries import schemes_for
from lms.funding.permissions import queries, rules
from lms.funding.permissions.events import PermissionGiven, PermissionTakenBack, PermissionUsed
from lms.funding.permissions.models import Permission, PermissionUse, PermissionWithdrawn, PermissionWorker
from lms.funding.permissions.queries import DESK, Leave
from lms.funding.permissions.rules import Action, GivenHow, Why
from lms.funding.permissions.texts import REFUSED
from lms.funding.permissions.words import Deed
from lms.funding.vocabulary import ClaimantKind
from lms.people import agreements
from lms.people import queries as people
from lms.people.rules import OrganisationKind, Role

LONGEST_NOTE = 500
HOUSEHOLD = (Role.EMPLOYER, Role.REPRESENTATIVE)
_ONCE = N_("Something was saved from this page before. Open the page anew.")


def give(
    db: Db,
    *,
    once: UUID,
    employer_id: UUID,
    delegate_id: UUID,
    schemes: Collection[str],
    workers: Collection[UUID],
    actions: Collection[Action],
    ends_on: date,
    given_how: GivenHow,
    note: str = "",
    by: UUID,
    now: datetime,
) -> None:
    """An employer lets an organisation act for them from today; sent twice, it is given once.

    The employer or who represents them gives it in PALMS; the desk of their authority may write down one that was
    given otherwise, and has to say how. Raises NotFound for another household. Refuses an organisation that does not
    work with the authority, PAs who do not work for this employer, nothing allowed, a day that has passed.
    """
    today = london_day(now)
    employer = people.organisation(db, employer_id)
    if employer.kind is not OrganisationKind.INDIVIDUAL_EMPLOYER or employer.authority_id is None:
        raise NotFound("employer")
    if once_given(db, once, employer_id):
        there = queries.permission(db, once, employer_ids=[employer_id]).terms
        asked = (delegate_id, frozenset(schemes), frozenset(workers), frozenset(actions), ends_on)
        if (there.delegate_id, there.schemes, there.workers, there.actions, there.ends_on) != asked:
            raise Refused(_ONCE)
        return
    said = clean_text(note, LONGEST_NOTE)
    _refuse_wrong_giver(
        db,
        employer_id=employer_id,
        authority_id=employer.authority_id,
        given_how=given_how,
        note=said,
        by=by,
        today=today,
    )
    _refuse_wrong_delegate(db, employer.authority_id, delegate_id, today)
    if not (schemes and workers and actions):
        raise Refused(N_("Choose at least one kind of money, one PA and one thing that they may do."))
    _refuse_wrong_schemes(db, employer.authority_id, schemes, actions, today)
    if not today <= ends_on <= rules.last_day(today, ends_on):
        raise Refused(N_("The last day has to be today or later, and at most two years from now."))
    if not set(workers) <= {pa.id for pa in people.pas_of(db, [employer_id], today)}:
        raise Refused(N_("Choose PAs who work for this employer."))
    row = Permission(
        id=once,
        employer_id=employer_id,
        delegate_id=delegate_id,
        authority_id=employer.authority_id,
        schemes=sorted(set(schemes)),
        actions=sorted({action.value for action in actions}),
        given_on=today,
        ends_on=ends_on,
        given_how=given_how,
        note=said,
        given_by=by,
        at=now,
    )
    if not add_once(db, row):
        raise Refused(_ONCE)
    db.add_all(PermissionWorker(permission_id=once, pa_id=pa) for pa in sorted(set(workers)))
    fact = PermissionGiven(
        about=_employer_person(db, employer_id, by, today),
        permission_id=once,
        employer_id=employer_id,
        delegate_id=delegate_id,
        given_how=given_how.value,
        ends_on=ends_on,
    )
    record(db, fact, by=by, now=now, behalf=employer_id)


def once_given(db: Db, once: UUID, employer_id: UUID) -> bool:
    """Whether this very permission of this employer stands already: the form was sent twice."""
    there = db.get(Permission, once)
    return there is not None and there.employer_id == employer_id


def withdraw(db: Db, *, permission_id: UUID, by: UUID, now: datetime) -> None:
    """Withdraw a permission at once; the second time changes nothing.

    The employer, who represents them, or the desk of their authority on their word. What is being done under it at
    this moment is either finished first or refused: both take the row. Raises NotFound for anybody else.
    """
    row = db.get(Permission, permission_id, with_for_update=True)
    today = london_day(now)
    viewer = people.viewer_of(db, by, today)
    if row is None or viewer is None:
        raise NotFound("permission")
    own = row.employer_id in viewer.organisations(*HOUSEHOLD)
    if not own and row.authority_id not in viewer.authorities(*DESK):
        raise NotFound("permission")
    if not add_once(db, PermissionWithdrawn(permission_id=permission_id, on=today, by=by, at=now)):
        return
    fact = PermissionTakenBack(
        about=_employer_person(db, row.employer_id, row.given_by, today),
        permission_id=permission_id,
        employer_id=row.employer_id,
        delegate_id=row.delegate_id,
        by_desk=not own,
    )
    record(db, fact, by=by, now=now, behalf=row.employer_id)


def use(
    db: Db,
    *,
    person_id: UUID,
    claimant_id: UUID | None,
    claimant_kind: ClaimantKind,
    authority_id: UUID,
    action: Action,
    scheme: str | None,
    learner_ids: Collection[UUID],
    deed: Deed,
    now: datetime,
    claim_id: UUID | None = None,
    values: Mapping[str, str | int] | None = None,
    only: UUID | None = None,
) -> Leave:
    """Do something about a claim as whoever one is to its claimant; under a permission it is noted for the employer.

    The permission's row is held to the end of the unit of work and looked at again after that, so that one withdrawn
    in between refuses what was begun. `values` fill the sentence the employer reads, such as the claim's reference.
    Refuses with the reason whoever may not.
    """
    on = london_day(now)
    leave = queries.may(
        db,
        person_id=person_id,
        claimant_id=claimant_id,
        claimant_kind=claimant_kind,
        authority_id=authority_id,
        action=action,
        scheme=scheme,
        learner_ids=learner_ids,
        on=on,
        only=only,
    )
    if not leave.allowed:
        raise Refused(REFUSED[leave.why or Why.NOBODY_ALLOWED])
    if leave.permission_id is None:
        return leave
    held = db.get_one(Permission, leave.permission_id, with_for_update=True)
    again = queries.between(db, held.employer_id, [held.delegate_id])[held.id]
    why = rules.why_not(again, action=action, scheme=scheme, workers=learner_ids, on=on)
    if why is not None:
        raise Refused(REFUSED[why])
    learner_id = next(iter(learner_ids)) if len(learner_ids) == 1 else None
    _note(
        db,
        held,
        action=action,
        deed=deed,
        scheme=scheme,
        claim_id=claim_id,
        learner_id=learner_id,
        values=values or {},
        by=person_id,
        now=now,
    )
    return leave


def note_decision(
    db: Db,
    *,
    employer_id: UUID,
    scheme: str,
    learner_ids: Collection[UUID],
    claim_id: UUID,
    values: Mapping[str, str | int],
    now: datetime,
) -> list[UUID]:
    """PALMS passes a decision on to every organisation that may receive it; returns those organisations."""
    told = []
    for permission_id, permission in open_for(db, employer_id, now).items():
        why = rules.why_not(
            permission, action=Action.RECEIVE_DECISION, scheme=scheme, workers=learner_ids, on=london_day(now)
        )
        if why is None and permission.delegate_id not in told and not queries.sent_at(db, permission_id, claim_id, now):
            held = db.get_one(Permission, permission_id, with_for_update=True)
            _note(
                db,
                held,
                action=Action.RECEIVE_DECISION,
                deed=Deed.DECISION_SENT,
                scheme=scheme,
                claim_id=claim_id,
                learner_id=None,
                values=values,
                by=None,
                now=now,
            )
            told.append(permission.delegate_id)
    return told


def open_for(db: Db, employer_id: UUID, now: datetime) -> dict[UUID, rules.Permission]:
    """The permissions of an employer that hold at this moment, by id."""
    on = london_day(now)
    views = queries.given_by(db, [employer_id])
    return {view.id: view.terms for view in views if view.holds_on(on)}


def _note(
    db: Db,
    held: Permission,
    *,
    action: Action,
    deed: Deed,
    scheme: str | None,
    claim_id: UUID | None,
    learner_id: UUID | None,
    values: Mapping[str, str | int],
    by: UUID | None,
    now: datetime,
) -> None:
    use_id = uuid4()
    db.add(
        PermissionUse(
            id=use_id,
            permission_id=held.id,
            action=action,
            deed=deed,
            scheme=scheme,
            claim_id=claim_id,
            learner_id=learner_id,
            values=dict(values),
            by=by,
            at=now,
        )
    )
    db.flush()
    fact = PermissionUsed(
        about=_employer_person(db, held.employer_id, held.given_by, london_day(now)),
        permission_id=held.id,
        use_id=use_id,
        action=action.value,
        deed=deed.value,
        claim_id=claim_id,
    )
    record(db, fact, by=by, now=now, behalf=held.delegate_id)


def _refuse_wrong_giver(
    db: Db, *, employer_id: UUID, authority_id: UUID, given_how: GivenHow, note: str, by: UUID, today: date
) -> None:
    viewer = people.viewer_of(db, by, today)
    if viewer is not None and employer_id in viewer.organisations(*HOUSEHOLD):
        if given_how is not GivenHow.IN_PALMS:
            raise Refused(N_("You give this permission yourself, here and now."))
        return
    if viewer is None or authority_id not in viewer.authorities(*DESK):
        raise NotFound("employer")
    if given_how is GivenHow.IN_PALMS or not note:
        raise Refused(N_("Say how the employer gave this permission, when, and who heard or saw it."))


def _refuse_wrong_delegate(db: Db, authority_id: UUID, delegate_id: UUID, today: date) -> None:
    working = {place.id for place in delegates_for(db, authority_id, today)}
    if delegate_id not in working:
        raise Refused(N_("Choose an organisation that works with your council."))


def _refuse_wrong_schemes(
    db: Db, authority_id: UUID, schemes: Collection[str], actions: Collection[Action], today: date
) -> None:
    offered = delegable(db, authority_id, today)
    if not set(schemes) <= offered.keys():
        raise Refused(N_("Choose money that others may be let act for."))
    alone = next((code for code in sorted(schemes) if not offered[code]), None)
    if Action.SUBMIT in actions and alone is not None:
        raise Refused(N_("Only you can send in applications for %(scheme)s. Take that tick away."), scheme=alone)


def delegable(db: Db, authority_id: UUID, on: date) -> dict[str, bool]:
    """The schemes an individual employer can let somebody act for, and whether also to send an application in."""
    return {
        scheme.code: scheme.delegation.submit
        for scheme in schemes_for(db, authority_id, on=on).all
        if ClaimantKind.INDIVIDUAL_EMPLOYER in scheme.claimants and scheme.delegation.prepare
    }


def delegates_for(db: Db, authority_id: UUID, on: date) -> list[people.OrganisationView]:
    """The organisations an employer of an authority can let act for them, by name."""
    return [place for place in agreements.agreements(db, authority_id, on) if place.kind in rules.DELEGATES]


def _employer_person(db: Db, employer_id: UUID, otherwise: UUID, on: date) -> UUID:
    holders = people.holders_of(db, Role.EMPLOYER, [employer_id], on)
    return holders[0].id if holders else otherwise
