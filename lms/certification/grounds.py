"""What a certificate can rest on: the records about one enrolment or attendance, each read when first asked for."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from uuid import UUID

from lms.assessment.content import Framework, Frameworks, Placed, Unit
from lms.assessment.knowledge import queries as knowledge
from lms.assessment.queries import SignOffView, signed_off
from lms.assessment.signing.queries import sign_offs_in
from lms.certification.content import CertificateDesign, CertificateDesigns
from lms.certification.freezing import digest
from lms.certification.issued import Issued, issued_to
from lms.certification.rules import Earlier, Ground, Need, months_before
from lms.certification.sources import Source
from lms.core.clock import london_day
from lms.core.content import Words
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.learning import done
from lms.learning import queries as learning
from lms.learning.catalogue import Courses, Module
from lms.learning.done import Study
from lms.learning.queries import EnrolmentView
from lms.people import queries as people

AskedOutside = Mapping[str, Callable[[Db, UUID, UUID, date], date | None]]
"""Grounds that only rooms above this one know, by name: the day one came true for a person behind a wall, or None."""


def ground(db: Db, name: str, person_id: UUID, authority_id: UUID, on: date) -> date | None:
    """The day on which something another room knows came true, by the name in `wiring.GROUNDS`; None: it has not."""
    outside: AskedOutside = db.info.get("grounds", {})
    ask = outside.get(name)
    return ask(db, person_id, authority_id, on) if ask else None


@dataclass(frozen=True, kw_only=True)
class Award:
    """One certificate somebody could be given: of which kind, in what it is earned, and for what.

    `code` is the certificate's; `module`, `course` or `framework` what it is for.
    """

    design: CertificateDesign
    source: Source
    code: str
    title: Words
    module: Module | None = None
    course: str | None = None
    framework: Framework | None = None


class Facts:
    """What is on record about one source. Each part is read once, when it is first asked for.

    Without `days` knowledge counts as shown today, and it is not told of records what proves them, nor for whom they
    were signed: enough to say what is missing, and four queries cheaper. `running` are the holder's running
    enrolments, where they are known: what was signed off in them is then read together.
    """

    def __init__(
        self, db: Db, source: Source, now: datetime, *, days: bool = True, running: Sequence[EnrolmentView] = ()
    ) -> None:
        self.db, self.source, self.now, self.days, self._running = db, source, now, days, running
        self._knowledge: dict[str, tuple[Ground, ...]] = {}
        self._shown: dict[str, frozenset[str]] = {}

    @cached_property
    def issued(self) -> tuple[Issued, ...]:
        """The certificates issued to the holder, the first first."""
        return issued_to(self.db, self.source.holder_id)

    @cached_property
    def before(self) -> list[Earlier]:
        """Those issued by this authority, the first first."""
        return [each.earlier for each in self.issued if each.authority_id == self.source.authority_id]

    def of(self, source: Source) -> "Facts":
        """What is on record about another source of the same holder: what is known of them already is not read again.

        Nothing may have been issued between.
        """
        other = Facts(self.db, source, self.now, days=self.days, running=self._running)
        if (source.holder_id, source.authority_id) == (self.source.holder_id, self.source.authority_id):
            other._knowledge, other._shown = self._knowledge, self._shown
            other.__dict__.update({name: known for name, known in self.__dict__.items() if name in _OF_THE_HOLDER})
        return other

    def read_anew(self) -> None:
        """Forget which certificates there are, since one was issued."""
        for name in ("issued", "before", "held"):
            self.__dict__.pop(name, None)

    @property
    def on(self) -> date:
        """The day."""
        return london_day(self.now)

    @cached_property
    def studies(self) -> tuple[Study, ...]:
        """Every module the holder studied for this authority, the first first."""
        return tuple(s for s in done.studies_of(self.db, self.source.holder_id) if self._here(s))

    def accepted(self, modules: Iterable[str]) -> tuple[Study, ...]:
        """Those of these modules that were accepted as prior learning as a whole."""
        return tuple(s for s in done.accepted_of(self.db, self.source.holder_id, list(modules)) if self._here(s))

    def _here(self, study: Study) -> bool:
        return study.authority_id == self.source.authority_id

    @cached_property
    def signed(self) -> Mapping[str, SignOffView]:
        """The units signed off in this enrolment."""
        if self.source.enrolment is None:
            return {}
        together = any(each.id == self.source.id for each in self._running)
        return self.signed_in[self.source.id] if together else signed_off(self.db, self.source.id)

    @cached_property
    def signed_in(self) -> Mapping[UUID, Mapping[str, SignOffView]]:
        """The units signed off in each of the holder's running enrolments."""
        running = self._running or learning.enrolments_of(self.db, self.source.holder_id)
        every = sign_offs_in(self.db, [each.id for each in running])
        return {id: {each.unit: each for each in ends if each.withdrawn is None} for id, ends in every.items()}

    @cached_property
    def signed_anywhere(self) -> tuple[SignOffView, ...]:
        """The units signed off in any running enrolment of the holder with this authority."""
        running = self._running or learning.enrolments_of(self.db, self.source.holder_id)
        return tuple(end for each in running if self._of_authority(each) for end in self.signed_in[each.id].values())

    def _of_authority(self, enrolment: EnrolmentView) -> bool:
        return enrolment.authority_id == self.source.authority_id

    @cached_property
    def units(self) -> tuple[Placed, ...]:
        """The units of practice of this enrolment's course."""
        enrolment = self.source.enrolment
        return shelf(self.db, Frameworks).units_for(enrolment.course, enrolment.edition) if enrolment else ()

    @cached_property
    def conduct(self) -> date | None:
        """When the authority's code of conduct, as it is now, was accepted."""
        return ground(self.db, "conduct_accepted", self.source.holder_id, self.source.authority_id, self.on)

    @cached_property
    def held(self) -> tuple[Issued, ...]:
        """The certificates that count today, the newest first."""
        return tuple(each for each in reversed(self.issued) if each.counts(self.on))

    @cached_property
    def studied(self) -> Mapping[str, Study]:
        """The modules studied in this enrolment."""
        return {s.module: s for s in reversed(self.studies) if s.enrolment_id == self.source.id}

    @cached_property
    def practised(self) -> Mapping[str, tuple[Placed, ...]]:
        """The units of practice of this enrolment's course, by the module they belong to."""
        found: dict[str, tuple[Placed, ...]] = {}
        for placed in self.units:
            if placed.unit.module is not None:
                found[placed.unit.module] = (*found.get(placed.unit.module, ()), placed)
        return found

    def proof(self, *said: object) -> str:
        """The digest of a record."""
        return digest(list(said)) if self.days else ""

    @cached_property
    def organisations(self) -> Mapping[UUID, str]:
        """What those are called for whom practice was signed off."""
        if not self.days:
            return {}
        behalf = {each.behalf for each in self.signed.values()}
        return {id: each.name for id, each in people.organisations(self.db, behalf).items()} if behalf else {}

    def shown(self, framework: Framework) -> frozenset[str]:
        """The keys of the lines of a framework that are shown whole. One query."""
        if framework.code not in self._shown:
            holder, authority = self.source.holder_id, self.source.authority_id
            self._shown[framework.code] = knowledge.shown_lines(
                self.db, holder, framework.code, framework.edition, authority_id=authority
            )
        return self._shown[framework.code]

    def knows(self, framework: Framework) -> tuple[Ground, ...]:
        """The standards of a framework and when their knowledge was all shown. One query, five once all are."""
        if framework.code not in self._knowledge:
            self._knowledge[framework.code] = _knowledge(self, framework)
        return self._knowledge[framework.code]


_OF_THE_HOLDER = frozenset({"issued", "before", "studies", "signed_in", "signed_anywhere", "conduct", "held"})
"""What is on record about a holder with an authority, in whatever source."""


def grounds(facts: Facts, award: Award, need: Need, earlier: Earlier | None = None) -> tuple[Ground, ...] | None:
    """What is on record of one thing a rule asks for; None where it asks for nothing here.

    `earlier` is the certificate this one would renew.
    """
    return _READERS[need](facts, award, earlier)


def _studied(facts: Facts, award: Award, _earlier: Earlier | None) -> tuple[Ground, ...]:
    assert award.module is not None
    study = facts.studied.get(award.module.code)
    return (_study(facts, Need.MODULE_STUDIED, award.module.code, award.module.title, study),)


def _studied_all(facts: Facts, award: Award, earlier: Earlier | None) -> tuple[Ground, ...]:
    asked = award.design.needs.modules_studied
    course = award.course if asked is True else asked
    courses = shelf(facts.db, Courses)
    of = award.source.enrolment
    pins = of.editions if of is not None and of.course == course else None
    modules = courses.modules_of(course or "", pins)
    every = [s for s in facts.studies if earlier is None or s.enrolment_id == award.source.id]
    studies = {s.module: s for s in reversed(every)}  # the first time counts
    lacking = [m.code for m in modules if m.code not in studies]
    if lacking and award.design.proves_with_prior:
        studies |= {s.module: s for s in facts.accepted(lacking)}
    return tuple(_study(facts, Need.MODULES_STUDIED, m.code, m.title, studies.get(m.code)) for m in modules)


def _refreshed(facts: Facts, award: Award, earlier: Earlier | None) -> tuple[Ground, ...]:
    asked = award.design.refreshed_by
    assert asked is not None
    first = months_before(facts.on, asked.within_months)
    held = [each.earlier for each in facts.held]
    needed = [each.issued_at for each in held if each.code in award.design.needs.certificates_held]
    since = max([*needed, *([earlier.issued_at] if earlier else [])], default=None)
    courses = shelf(facts.db, Courses)
    found = []
    for code in asked.modules:
        again = [
            s for s in facts.studies if s.module == code and london_day(s.at) >= first and (not since or s.at > since)
        ]
        title = courses.modules[code].title if code in courses.modules else Words(en="")
        found.append(_study(facts, Need.REFRESHED, code, title, again[-1] if again else None))
    return tuple(found)


def _study(facts: Facts, need: Need, code: str, title: Words, study: Study | None) -> Ground:
    if study is None:
        return Ground(need=need, code=code, title=title)
    return Ground(
        need=need,
        code=code,
        title=title,
        at=study.at,
        what="module_studied" if study.id else "prior_learning",
        id=study.id,
        digest=facts.proof(study.enrolment_id, study.module, study.edition, study.at, study.prior),
        edition=study.edition,
        prior=study.prior,
    )


def _practice(facts: Facts, award: Award, _earlier: Earlier | None) -> tuple[Ground, ...] | None:
    units = facts.units if award.module is None else facts.practised.get(award.module.code, ())
    if not units and award.design.needs.practice_signed_off == "where_there_is":
        return None
    return tuple(_signed(facts, Need.PRACTICE_SIGNED_OFF, p.unit, facts.signed.get(p.unit.code), p) for p in units)


def _standards(facts: Facts, award: Award, _earlier: Earlier | None) -> tuple[Ground, ...]:
    asked = award.design.needs.standards_signed_off
    framework = _framework(facts.db, award, asked)
    every = facts.signed.values() if asked is True else facts.signed_anywhere
    own = {e.unit: e for e in every if (e.framework, e.edition) == (framework.code, framework.edition)}
    return tuple(
        _signed(facts, Need.STANDARDS_SIGNED_OFF, unit, own.get(unit.code), Placed(framework, unit))
        for unit in framework.units
    )


def _signed(facts: Facts, need: Need, unit: Unit, end: SignOffView | None, placed: Placed) -> Ground:
    if end is None:
        return Ground(need=need, code=unit.code, title=unit.title)
    return Ground(
        need=need,
        code=unit.code,
        title=unit.title,
        at=end.at,
        what="sign_off",
        id=end.id,
        digest=end.copy_digest or facts.proof(end.enrolment_id, end.unit, end.turn, end.at, end.by),
        by=end.declared.name or end.by_name,
        capacity=end.capacity.value,
        organisation=facts.organisations.get(end.behalf, ""),
        edition=placed.framework.edition,
        enrolment_id=end.enrolment_id,
    )


def _shown(facts: Facts, award: Award, _earlier: Earlier | None) -> tuple[Ground, ...]:
    return facts.knows(_framework(facts.db, award, award.design.needs.knowledge_shown))


def _knowledge(facts: Facts, framework: Framework) -> tuple[Ground, ...]:
    source, shown = facts.source, facts.shown(framework)
    units = [unit for unit in framework.units if unit.knowledge]
    whole = {unit.code for unit in units if all(line.key in shown for line in unit.knowledge)}
    days = _days_of(facts, framework, whole) if facts.days and whole else dict.fromkeys(whole, facts.now)
    return tuple(
        Ground(
            need=Need.KNOWLEDGE_SHOWN,
            code=unit.code,
            title=unit.title,
            at=days.get(unit.code),
            what="knowledge_shown" if unit.code in whole else "",
            digest=facts.proof(source.holder_id, framework.code, framework.edition, unit.code, days[unit.code])
            if unit.code in whole
            else "",
            edition=framework.edition,
        )
        for unit in units
    )


def _days_of(facts: Facts, framework: Framework, whole: Collection[str]) -> dict[str, datetime]:
    source = facts.source
    progress = knowledge.progress_of(facts.db, source.holder_id, framework, authority_id=source.authority_id)
    units = (unit for unit in progress.units if unit.unit.code in whole)
    return {unit.unit.code: max(at for line in unit.lines if (at := line.at)) for unit in units}


def _framework(db: Db, award: Award, asked: object) -> Framework:
    if asked is True:
        assert award.framework is not None
        return award.framework
    return shelf(db, Frameworks).framework(str(asked))


def _conduct(facts: Facts, award: Award, _earlier: Earlier | None) -> tuple[Ground, ...]:
    on = facts.conduct
    title = award.design.labels["conduct"]
    if on is None:
        return (Ground(need=Need.CONDUCT_ACCEPTED, title=title),)
    said = facts.proof(award.source.holder_id, award.source.authority_id, on)
    return (Ground(need=Need.CONDUCT_ACCEPTED, title=title, at=_noon(on), what="conduct_accepted", digest=said),)


def _held(facts: Facts, award: Award, _earlier: Earlier | None) -> tuple[Ground, ...]:
    return tuple(_one_held(facts, code) for code in award.design.needs.certificates_held)


def _one_held(facts: Facts, code: str) -> Ground:
    for each in facts.held:
        if each.earlier.code == code:
            return Ground(
                need=Need.CERTIFICATES_HELD,
                code=code,
                title=Words(en=each.title),
                at=each.earlier.issued_at,
                what="certificate",
                id=each.earlier.id,
                digest=each.frozen_digest,
            )
    kinds = shelf(facts.db, CertificateDesigns).by_kind.values()
    titles = (kind.title for kind in kinds if kind.code == code and "%" not in kind.title.en)
    return Ground(need=Need.CERTIFICATES_HELD, code=code, title=next(titles, Words(en="")))


def _attended(_facts: Facts, award: Award, _earlier: Earlier | None) -> tuple[Ground, ...]:
    there = award.source.attended
    if there is None:
        return ()
    said = digest([there.workshop_id, there.person_id, there.title, there.on, there.minutes])
    title = Words(en=there.title)
    return (Ground(need=Need.ATTENDED, title=title, at=_noon(there.on), what="attendance", id=there.id, digest=said),)


def _noon(on: date) -> datetime:
    """A moment of a day that is known by its day alone; noon lies within it in London all year round."""
    return datetime.combine(on, time(12), UTC)


_READERS: Mapping[Need, Callable[[Facts, Award, Earlier | None], tuple[Ground, ...] | None]] = {
    Need.MODULE_STUDIED: _studied,
    Need.MODULES_STUDIED: _studied_all,
    Need.REFRESHED: _refreshed,
    Need.KNOWLEDGE_SHOWN: _shown,
    Need.PRACTICE_SIGNED_OFF: _practice,
    Need.STANDARDS_SIGNED_OFF: _standards,
    Need.CONDUCT_ACCEPTED: _conduct,
    Need.CERTIFICATES_HELD: _held,
    Need.ATTENDED: _attended,
}
