"""Write certificates: issue by rule, once; replace for a right name; withdraw. Nothing is changed, nothing deleted."""

import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text

from lms.certification import awards, drafting, judging, queries, sources
from lms.certification.content import CertificateDesigns
from lms.certification.events import CertificateIssued, CertificateReplaced, CertificateWithdrawn
from lms.certification.grounds import Award, Facts
from lms.certification.models import Certificate, Withdrawal
from lms.certification.numbers import BITS, number_of
from lms.certification.queries import CertificateView
from lms.certification.rules import MissingThing, Need, Standing, Verdict, WithdrawalReason
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.shelves import shelf
from lms.core.words import N_, Refused
from lms.core.work import later
from lms.learning import queries as learning

MODULE = "module"
"""The kind of certificate that is issued for one module."""

RENDER = "certification.render"
"""The kind of waiting work that makes the PDF."""


@dataclass(frozen=True)
class Issue:
    """What came of asking for a certificate: the new one; or what is missing, waited for, or stands already."""

    certificate_id: UUID | None
    missing: tuple[MissingThing, ...] = ()
    waits_since: date | None = None
    already: UUID | None = None


def issue(
    db: Db,
    *,
    kind: str,
    source_id: UUID,
    code: str | None = None,
    by: UUID | None = None,
    now: datetime,
) -> Issue:
    """Issue a certificate of a kind for an enrolment or an attendance, when its rule is met; say why not else.

    `code` says which, where a kind can be earned for several things in one source: a module's code, or the
    certificate's own. Asked twice, or from many sides at once, one is issued. Raises NotFound for a kind, a source or
    something to be earned that is not there.
    """
    design = shelf(db, CertificateDesigns).design(kind)
    source = sources.source_of(db, design.earned, source_id)
    one_at_a_time(db, source.holder_id)
    facts = Facts(db, source, now)
    return _issue(facts, awards.one_award(db, design, source, code), by=by)


def dry_run(db: Db, *, kind: str, source_id: UUID, code: str | None = None, now: datetime) -> Verdict:
    """What `issue` would find, writing nothing. Raises NotFound as it does."""
    design = shelf(db, CertificateDesigns).design(kind)
    source = sources.source_of(db, design.earned, source_id)
    return judging.judge(Facts(db, source, now), awards.one_award(db, design, source, code)).verdict


def issue_if_complete(db: Db, enrolment_id: UUID, module: str, now: datetime) -> UUID | None:
    """Issue what finishing a module, or its practice, completes; returns the module's own certificate if it came."""
    issued = look(db, enrolment_id, now, module=module)
    return next((each.id for each in issued if (each.kind, each.code) == (MODULE, module)), None)


def look(
    db: Db,
    enrolment_id: UUID,
    now: datetime,
    *,
    module: str | None = None,
    needs: Collection[Need] = frozenset(Need),
    kinds: Collection[str] | None = None,
) -> list[Certificate]:
    """Issue, of an enrolment, every certificate that comes by itself and whose rule is met now.

    Narrowed to kinds that ask for one of `needs`, to these `kinds`, and of kinds of modules to one module; a kind that
    asks for several things is given by whichever comes last.
    """
    source = sources.of_enrolment(learning.enrolment(db, enrolment_id))
    one_at_a_time(db, source.holder_id)
    facts = Facts(db, source, now)
    found: list[Certificate] = []
    for award in _by_themselves(facts, needs, kinds):
        if module is None or award.module is None or award.module.code == module:
            judged = judging.judge(facts, award, quickly=True)
            if judged.verdict.issuable:
                found.extend(_given(facts, award, judged, by=None))
                facts.read_anew()
    return found


def would_come(db: Db, enrolment_id: UUID, now: datetime, *, kinds: Collection[str]) -> bool:
    """Whether `look` would issue anything of these kinds. Reads, and writes nothing."""
    facts = Facts(db, sources.of_enrolment(learning.enrolment(db, enrolment_id)), now, days=False)
    found = _by_themselves(facts, frozenset(Need), kinds)
    return any(judging.judge(facts, award, quickly=True).verdict.issuable for award in found)


def _by_themselves(facts: Facts, needs: Collection[Need], kinds: Collection[str] | None) -> Iterator[Award]:
    """What comes by itself in a source: of these kinds, and of those that ask for one of these things."""
    for design in shelf(facts.db, CertificateDesigns).by_kind.values():
        chosen = kinds is None or design.kind in kinds
        if design.issued == "at_once" and chosen and not set(design.asked).isdisjoint(needs):
            yield from awards.awards(facts.db, design, facts.source)


def look_again(
    db: Db,
    person_id: UUID,
    now: datetime,
    *,
    needs: Collection[Need] = frozenset(Need),
    kinds: Collection[str] | None = None,
) -> None:
    """Issue every certificate of somebody that comes by itself and whose rule is met now, in all running enrolments."""
    for enrolment in learning.enrolments_of(db, person_id):
        look(db, enrolment.id, now, needs=needs, kinds=kinds)


def _issue(facts: Facts, award: Award, *, by: UUID | None) -> Issue:
    judged = judging.judge(facts, award)
    verdict = judged.verdict
    given = _given(facts, award, judged, by=by) if verdict.issuable else []
    return Issue(given[0].id if given else None, verdict.missing, verdict.waits_since, verdict.already)


def _given(facts: Facts, award: Award, judged: judging.Judged, *, by: UUID | None) -> list[Certificate]:
    """The certificate, added; none when another writer was first by a moment."""
    db, now = facts.db, facts.now
    turn = queries.last_turn(db, award.source.id, award.design.kind, award.code) + 1
    new = drafting.Issue(number=_new_number(db), turn=turn, renews=judged.renews, now=now)
    row = drafting.drawn_up(db, award, judged.grounds, new)
    if not add_once(db, row):
        return []
    fact = CertificateIssued(
        about=row.holder_id,
        certificate_id=row.id,
        kind=row.kind,
        code=row.code,
        enrolment_id=row.enrolment_id,
        frozen_digest=row.frozen_digest,
    )
    later(db, RENDER, str(row.id), now=now)  # the paper first: it is what its holder waits for
    record(db, fact, by=by, now=now)
    return [row]


def replace(db: Db, *, certificate_id: UUID, holder_name: str, by: UUID, now: datetime) -> UUID:
    """Issue a certificate anew with its holder's right name and a new number; returns the new one.

    All else that it says stays as it was, from the page of the same design. The old number is replaced for good. A
    second time gives the one that replaced it. Refused for one that was withdrawn. Raises NotFound.
    """
    old = queries.certificate(db, certificate_id)
    one_at_a_time(db, old.holder_id)
    old = queries.certificate(db, certificate_id)
    there = queries.by_number(db, old.replaced_by) if old.replaced_by else None
    if there is not None:
        return there.id
    if old.standing(london_day(now)) is Standing.WITHDRAWN:
        raise Refused(N_("This certificate was withdrawn, so it cannot be issued with another name."))
    row = _renamed(db, old, holder_name=holder_name, now=now)
    if not add_once(db, row):
        raise Refused(N_("Somebody else is replacing this certificate at the moment. Open its page again."))
    fact = CertificateReplaced(
        about=old.holder_id,
        certificate_id=old.id,
        by_id=row.id,
        kind=old.kind,
        code=old.code,
        frozen_digest=row.frozen_digest,
    )
    record(db, fact, by=by, now=now, behalf=old.authority_id)
    later(db, RENDER, str(row.id), now=now)
    return row.id


def _renamed(db: Db, old: CertificateView, *, holder_name: str, now: datetime) -> Certificate:
    row = db.get_one(Certificate, old.id, populate_existing=True)
    page = queries.design_page(db, row.design_sha256) if row.design_sha256 else None
    face = row.face
    if page is None or face is None:  # issued before pages were kept: the same words, on the page of today
        design = shelf(db, CertificateDesigns).design(row.kind)
        page, face = design.html, drafting.face_anew(row, design)
    turn = queries.last_turn(db, old.source_id, old.kind, old.code) + 1
    new = drafting.Issue(number=_new_number(db), turn=turn, renews=row.renews_id, now=now)
    return drafting.renamed(row, face, page, holder_name=holder_name, issue=new)


def withdraw(db: Db, *, certificate_id: UUID, reason: WithdrawalReason, by: UUID, now: datetime) -> None:
    """Withdraw a certificate for good; its check page then says so. A second time changes nothing. Raises NotFound.

    What it replaced is withdrawn with it, and so is what rests on it.
    """
    issued = queries.certificate(db, certificate_id)
    one_at_a_time(db, issued.holder_id)
    row = Withdrawal(certificate_id=certificate_id, reason=reason, withdrawn_on=london_day(now), by=by, at=now)
    if not add_once(db, row):
        return
    fact = CertificateWithdrawn(
        about=issued.holder_id, certificate_id=certificate_id, kind=issued.kind, code=issued.code, reason=reason
    )
    record(db, fact, by=by, now=now)
    for each in queries.not_withdrawn_of(db, issued.holder_id):
        if each.number == issued.replaces:
            withdraw(db, certificate_id=each.id, reason=reason, by=by, now=now)
        elif _rests_on(each, "certificate", certificate_id):
            withdraw(db, certificate_id=each.id, reason=WithdrawalReason.GROUND_FELL_AWAY, by=by, now=now)


def withdraw_resting_on(db: Db, *, person_id: UUID, what: str, id: UUID, by: UUID, now: datetime) -> None:
    """Withdraw what somebody was given that rests on a record which no longer holds: a sign-off, an attendance."""
    one_at_a_time(db, person_id)  # a certificate may be issued on that record at this moment
    for each in queries.not_withdrawn_of(db, person_id):
        if _rests_on(each, what, id):
            withdraw(db, certificate_id=each.id, reason=WithdrawalReason.GROUND_FELL_AWAY, by=by, now=now)


def _rests_on(certificate: CertificateView, what: str, id: UUID) -> bool:
    return any(each["what"] == what and each["id"] == str(id) for each in certificate.relied_on)


def one_at_a_time(db: Db, holder_id: UUID) -> None:
    """Let whoever looks at what somebody has earned, or takes it away, wait for whoever does so already.

    When a module is finished in one transaction while its practice is signed off in another, neither sees the other,
    and the certificate would never be issued; nor would one be withdrawn whose sign-off ends in that moment. Taken
    before any row is locked, so that two never wait for each other. SQLite's writers wait for each other anyway.
    """
    if db.get_bind().dialect.name == "postgresql":
        key = int.from_bytes(holder_id.bytes[:8], signed=True)
        db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def _new_number(db: Db) -> str:
    """A number nobody has. The unique key is the last word, should the same one be drawn twice within a moment."""
    while queries.number_taken(db, number := number_of(secrets.randbits(BITS))):
        pass
    return number
