"""Move a certificate after its issue: suspend, lift, withdraw, replace. Each once, by somebody who may, on record."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.certification import queries
from lms.certification import services as certificates
from lms.certification.events import CertificateSuspended, CertificateSuspensionLifted
from lms.certification.life.models import LifeWord, Suspension, SuspensionLift
from lms.certification.life.moves import Move
from lms.certification.life.reasons import SuspensionReason
from lms.certification.life.rules import NO_REASON, Stop, may, stops
from lms.certification.models import Certificate
from lms.certification.queries import CertificateView
from lms.certification.rules import Standing, WithdrawalReason
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_name, clean_text
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people

LONGEST_WORD = 1000


def suspend(
    db: Db, *, id: UUID, certificate_id: UUID, reason: SuspensionReason, word: str, by: UUID, now: datetime
) -> None:
    """Let a certificate not count for the time being. `word` is what the holder reads beside the reason class.

    `id` is the form's number: the same a second time changes nothing. Raises NotFound for those it is not theirs to
    look after; refused when it cannot be done now, for this reason by them, to their own one, or without a word.
    """
    found = _taken(db, certificate_id, Move.SUSPEND, reason=reason, id=id, by=by, now=now)
    if found is None:
        return
    _say(db, LifeWord(id=id, certificate_id=found.id, move=Move.SUSPEND, word=_needed(word), by=by, at=now))
    turns = select(Suspension.id).where(Suspension.certificate_id == certificate_id)
    db.add(
        Suspension(
            certificate_id=certificate_id,
            turn=len(db.scalars(turns).all()) + 1,
            reason=reason,
            suspended_on=london_day(now),
            by=by,
            at=now,
        )
    )
    db.flush()
    fact = CertificateSuspended(
        about=found.holder_id, certificate_id=found.id, kind=found.kind, code=found.code, reason=reason
    )
    record(db, fact, by=by, now=now, behalf=found.authority_id)


def lift(db: Db, *, id: UUID, certificate_id: UUID, word: str = "", by: UUID, now: datetime) -> None:
    """Let a suspended certificate count again from today. Raises and refuses as `suspend`; a word is not needed."""
    found = _taken(db, certificate_id, Move.LIFT, reason=None, id=id, by=by, now=now)
    if found is None:
        return
    word = clean_text(word, LONGEST_WORD)
    _say(db, LifeWord(id=id, certificate_id=found.id, move=Move.LIFT, word=word, by=by, at=now))
    lifted = select(SuspensionLift.suspension_id).where(SuspensionLift.suspension_id == Suspension.id).exists()
    suspension = db.scalars(select(Suspension.id).where(Suspension.certificate_id == certificate_id, ~lifted)).one()
    db.add(SuspensionLift(suspension_id=suspension, lifted_on=london_day(now), by=by, at=now))
    db.flush()
    fact = CertificateSuspensionLifted(about=found.holder_id, certificate_id=found.id, kind=found.kind, code=found.code)
    record(db, fact, by=by, now=now, behalf=found.authority_id)


def withdraw(
    db: Db, *, id: UUID, certificate_id: UUID, reason: WithdrawalReason, word: str, by: UUID, now: datetime
) -> None:
    """Withdraw a certificate for good. Raises and refuses as `suspend`."""
    found = _taken(db, certificate_id, Move.WITHDRAW, reason=reason, id=id, by=by, now=now)
    if found is None:
        return
    _say(db, LifeWord(id=id, certificate_id=found.id, move=Move.WITHDRAW, word=_needed(word), by=by, at=now))
    certificates.withdraw(db, certificate_id=certificate_id, reason=reason, by=by, now=now)


def replace(
    db: Db, *, id: UUID, certificate_id: UUID, holder_name: str, word: str = "", by: UUID, now: datetime
) -> UUID:
    """Issue it anew with the right name and a new number; returns the new one. The old number says “replaced”.

    The same `id` again gives the same new one. Raises and refuses as `suspend`; a word is not needed. Refused when
    the name is the one on it already.
    """
    name = clean_name(holder_name)
    found = _taken(db, certificate_id, Move.REPLACE, reason=NO_REASON, id=id, by=by, now=now)
    if found is None:
        return db.scalars(select(Certificate.id).where(Certificate.replaces_id == certificate_id)).one()
    if name == found.holder_name:
        raise Refused(N_("This is the name that is on it already. Enter the right one."))
    word = clean_text(word, LONGEST_WORD)
    _say(db, LifeWord(id=id, certificate_id=found.id, move=Move.REPLACE, word=word, by=by, at=now))
    return certificates.replace(db, certificate_id=certificate_id, holder_name=name, by=by, now=now)


def look_after(db: Db, certificate_id: UUID, by: UUID, now: datetime) -> CertificateView:
    """A certificate, for those who look after it: coordinators and quality assurers of its authority. Else NotFound."""
    found = queries.certificate(db, certificate_id)
    someone = people.viewer_of(db, by, london_day(now))
    roles = {held.role for held in someone.roles if held.authority_id == found.authority_id} if someone else set()
    if not may(roles):
        raise NotFound("certificate")
    return found


def _taken(
    db: Db, certificate_id: UUID, move: Move, *, reason: str | None, id: UUID, by: UUID, now: datetime
) -> CertificateView | None:
    """The certificate, held until the end of this unit of work; None when this form was sent before.

    `reason` None: the one for which it is suspended now.
    """
    certificates.one_at_a_time(db, look_after(db, certificate_id, by, now).holder_id)
    db.execute(select(Certificate.id).where(Certificate.id == certificate_id).with_for_update())
    found = look_after(db, certificate_id, by, now)
    said = db.get(LifeWord, id)
    if said is not None:
        if (said.certificate_id, said.move, said.by) == (certificate_id, move, by):
            return None
        raise Refused(N_("Something was saved from this page before. Open the page anew."))
    viewer = people.viewer_of(db, by, london_day(now))
    assert viewer is not None
    stands = found.standing(london_day(now))
    why = stops(
        move,
        reason=str(found.suspended_because or NO_REASON) if reason is None else reason,
        own=found.holder_id == by,
        standing=stands,
        roles={held.role for held in viewer.roles if held.authority_id == found.authority_id},
        suspended_because=found.suspended_because,
    )
    if why is not None:
        raise Refused(NOT_NOW[stands] if why is Stop.NOT_NOW else SAID[why])
    return found


def _say(db: Db, row: LifeWord) -> None:
    if not add_once(db, row):
        raise Refused(N_("Something was saved from this page before. Open the page anew."))


def _needed(word: str) -> str:
    cleaned = clean_text(word, LONGEST_WORD)
    if not cleaned:
        raise Refused(N_("Write to the holder why. They read it, and nobody outside does."))
    return cleaned


SAID = {
    Stop.OWN: N_("This certificate is your own. Somebody else has to do this."),
    Stop.NOT_THEIRS: N_("In your role you cannot do this for that reason. Ask a coordinator."),
}
NOT_NOW = {
    Standing.VALID: N_("This certificate is not suspended, so there is nothing to lift."),
    Standing.LAPSED: N_("This certificate has ended already. It cannot be suspended."),
    Standing.SUSPENDED: N_("This certificate is suspended. Lift that first."),
    Standing.REPLACED: N_("This certificate was replaced. Look at the one that replaced it."),
    Standing.WITHDRAWN: N_("This certificate was withdrawn. It never comes back."),
}
"""What is said of what cannot be done, by how the certificate stands; message ids."""
