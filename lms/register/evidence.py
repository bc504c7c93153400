"""What a PA has for one requirement, kind by kind: spans of days that satisfy it, and what to say outside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lms.register.disclosures import Content, Decision, Disclosure, StatusResult
from lms.register.held import Held, Learned, Reference
from lms.register.kinds import (
    AreaNeeded,
    CodeNeeded,
    DisclosureNeeded,
    Item,
    LearningNeeded,
    ReferencesNeeded,
    Requirement,
    RequirementState,
)
from lms.register.reasons import STEP_OF, Evidence, Lacking, Step, Why
from lms.register.spans import Span, earliest, longest, months_after, span

State = RequirementState


@dataclass(frozen=True)
class Asked:
    """What is asked of every requirement: how it stands on a day, and what depends on the authority or the PA.

    `remind_days` is how long before its end something is called expiring. A PA who is `listed` is spared rules about
    how recent first training must be. `settled`: it is known that nothing held begins after that day, so that only ends
    are to come. A PA who is `shown`, listed or provisional, has time to accept a new code of conduct.
    """

    on: date
    remind_days: int = 0
    listed: bool = False
    settled: bool = False
    shown: bool = False


def evidence(requirement: Requirement, held: Held, asked: Asked) -> Evidence:
    """What is there for a requirement, as far as it was known on the day."""
    match requirement:
        case DisclosureNeeded():
            return _disclosures(requirement, held, asked.on)
        case ReferencesNeeded():
            return _references(requirement, held, asked.on)
        case LearningNeeded():
            return _learning(requirement, held, asked)
        case CodeNeeded():
            return _code(requirement, held, asked)
        case AreaNeeded():
            return _areas(requirement, held, asked.on)
        case _:
            return _seen(requirement, held, asked.on)


def turning_days(requirement: Requirement, held: Held, asked: Asked) -> Iterable[date]:
    """Every day on which what can be said of a requirement may change, in no order; some may change nothing."""
    for waiver in held.waivers:
        if waiver.code == requirement.code:
            yield from Span(waiver.on, waiver.ends_on).turning_days(0)
    for one in _single_spans(requirement, held, asked):
        yield from one.turning_days(asked.remind_days)


def _single_spans(requirement: Requirement, held: Held, asked: Asked) -> Iterable[Span]:
    """Each fact that concerns a requirement as a span of its own, known yet or not."""
    match requirement:
        case DisclosureNeeded():
            for disclosure in held.disclosures:
                yield from _days_of(requirement, disclosure)
        case ReferencesNeeded():
            yield from (Span(r.on) for r in held.references)
        case LearningNeeded():
            yield from (_learned(requirement, one, asked) for one in held.learned if one.item in requirement.wanted)
        case CodeNeeded():
            yield from (_acceptance(requirement, a.version, a.on) for a in held.accepted)
        case AreaNeeded():
            yield from (span(a.on, months=[requirement.validity_months]) for a in held.areas)
        case _:
            ours = (s for s in held.seen if s.kind is requirement.kind)
            yield from (span(s.on, months=[requirement.validity_months], ends_on=s.ends_on) for s in ours)


# Things seen ─────────────────────────────────────────────────────────────────────────────────────────────────────────


_NOTHING_SEEN = {
    kind: Evidence((), Lacking(State.NOT_STARTED, Why.NOTHING_YET, step)) for kind, step in STEP_OF.items()
}


def _seen(requirement: Requirement, held: Held, day: date) -> Evidence:
    known = [s for s in held.seen if s.kind is requirement.kind and s.on <= day]
    if not known:
        return _NOTHING_SEEN[requirement.kind]
    spans = [span(s.on, months=[requirement.validity_months], ends_on=s.ends_on) for s in known if s.met]
    stop = None
    _place, newest = max(enumerate(known), key=lambda pair: (pair[1].on, pair[0]))
    if not newest.met:
        stop = Lacking(State.NOT_MET, Why.LOOKED_AND_NOT_MET, Step.TALK_TO_TEAM, {"on": newest.on})
    return Evidence(spans, _NOTHING_SEEN[requirement.kind].lacking, stop)


def _code(requirement: CodeNeeded, held: Held, asked: Asked) -> Evidence:
    known = [a for a in held.accepted if a.on <= asked.on]
    counting = [a for a in known if asked.shown or a.version == requirement.version]
    spans = [_acceptance(requirement, a.version, a.on) for a in counting]
    if known:
        lacking = Lacking(State.EXPIRED, Why.OLDER_VERSION, Step.ACCEPT_CODE, {"version": requirement.version})
    else:
        lacking = Lacking(State.NOT_STARTED, Why.NOTHING_YET, Step.ACCEPT_CODE)
    return Evidence(spans, lacking)


def _acceptance(requirement: CodeNeeded, version: str, on: date) -> Span:
    if version == requirement.version:
        return span(on, months=[requirement.validity_months])
    return Span(on, date.fromordinal(requirement.version_from.toordinal() + requirement.reaccept_days))


def _areas(requirement: AreaNeeded, held: Held, day: date) -> Evidence:
    known = [a for a in held.areas if a.on <= day]
    spans = [span(a.on, months=[requirement.validity_months]) for a in known if a.area in requirement.areas]
    why = Why.OTHER_AREA if known else Why.NOTHING_YET
    return Evidence(spans, Lacking(State.NOT_MET if known else State.NOT_STARTED, why, Step.SAY_AREA))


# References ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _references(requirement: ReferencesNeeded, held: Held, day: date) -> Evidence:
    counting = sorted(
        (r for r in held.references if r.on <= day and not (requirement.no_relatives and r.relative)),
        key=lambda r: r.on,
    )
    enough = next((n for n in range(1, len(counting) + 1) if _enough(requirement, counting[:n])), None)
    spans = [] if enough is None else [Span(counting[enough - 1].on)]
    return Evidence(spans, _reference_left(requirement, counting))


def _enough(requirement: ReferencesNeeded, given: list[Reference]) -> bool:
    return len(given) >= requirement.count and {*requirement.must_include} <= {r.source for r in given}


def _reference_left(requirement: ReferencesNeeded, given: list[Reference]) -> Lacking:
    state = State.PENDING if given else State.NOT_STARTED
    if len(given) >= requirement.count:
        absent = next((s for s in requirement.must_include if s not in {r.source for r in given}), "")
        return Lacking(state, Why.REFERENCE_FROM_LEFT, Step.GIVE_REFEREES, {"source": absent})
    values = {"have": len(given), "need": requirement.count}
    return Lacking(state, Why.REFERENCES_LEFT, Step.GIVE_REFEREES, values)


# Learning ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _learning(requirement: LearningNeeded, held: Held, asked: Asked) -> Evidence:
    best: dict[Item, Span] = {}
    for one in held.learned:
        if one.on <= asked.on and one.item in requirement.wanted:
            this = _learned(requirement, one, asked)
            best[one.item] = longest([this, best[one.item]]) or this if one.item in best else this
    spans = [
        Span(max(best[i].since for i in items), earliest(best[i].last for i in items))
        for items in requirement.alternatives
        if all(i in best for i in items)
    ]
    left = [
        tuple(i for i in items if i not in best or not best[i].covers(asked.on)) for items in requirement.alternatives
    ]
    nearest = min(range(len(left)), key=lambda n: (len(left[n]), n))
    begun = len(left[nearest]) < len(requirement.alternatives[nearest])
    state = State.PENDING if begun else State.NOT_STARTED
    values = {"left": left[nearest], "alternatives": len(left)}
    return Evidence(spans, Lacking(state, Why.LEARNING_LEFT, STEP_OF[requirement.kind], values))


def _learned(requirement: LearningNeeded, one: Learned, asked: Asked) -> Span:
    within = None if asked.listed else requirement.completed_within_months
    return span(one.on, months=[requirement.validity_months, within], ends_on=one.ends_on)


# Disclosures ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_GOES_ON = frozenset({Decision.PROCEED, Decision.WITH_CONDITIONS})
_UNCHANGED = {Content.NONE: StatusResult.NO_CHANGE_NO_CONTENT, Content.SOME: StatusResult.NO_CHANGE_HAS_CONTENT}


def _disclosures(requirement: DisclosureNeeded, held: Held, day: date) -> Evidence:
    known = [d for d in held.disclosures if max(d.seen_on, d.issued_on) <= day]
    seen = [d for d in known if d.content is not Content.NOT_SEEN]
    covering = [d for d in seen if d.covers(requirement.level, requirement.workforce)]
    spans = [_disclosed(requirement, d, day) for d in covering if not _stops(d, day)]
    governing = [d for d in seen if d in covering or _stops(d, day)]
    newest = max(enumerate(governing), key=lambda pair: (pair[1].issued_on, pair[0]), default=None)
    if len(known) > len(seen):
        lacking = Lacking(State.PENDING, Why.CERTIFICATE_NOT_SEEN, Step.SHOW_CERTIFICATE, outranks_expiry=True)
    else:
        why = Why.OTHER_LEVEL if seen and not covering else Why.NOTHING_YET
        lacking = Lacking(State.NOT_STARTED, why, Step.START_CHECK)
    return Evidence(spans, lacking, _stop(newest[1], day) if newest else None)


def _stops(disclosure: Disclosure, day: date) -> bool:
    return disclosure.content is Content.SOME and disclosure.decision_on(day) not in _GOES_ON


def _stop(newest: Disclosure, day: date) -> Lacking | None:
    """What outranks every other disclosure: the newest one waits for a decision, was decided against, or changed."""
    if newest.open_on(day):
        if newest.discussed_on is None or newest.discussed_on > day:
            return Lacking(State.PENDING, Why.CONTENT_TO_DISCUSS, Step.OPEN_DISCUSSION)
        return Lacking(State.PENDING, Why.DECISION_TO_RECORD, Step.RECORD_DECISION)
    if _stops(newest, day):
        barred = newest.decision_on(day) is Decision.BARRED
        why = Why.BARRED if barred else Why.DECIDED_NOT_TO_PROCEED
        return Lacking(State.NOT_MET, why, Step.TELL_DECISION, {"on": newest.decided_on})
    if any(c.on <= day and c.result is StatusResult.CHANGED for c in newest.status_checks):
        return Lacking(State.EXPIRED, Why.NEW_CHECK_NEEDED, Step.START_CHECK)
    return None


def _disclosed(requirement: DisclosureNeeded, disclosure: Disclosure, day: date) -> Span:
    """From the day it was seen; a status check that found no change carries it on for the months until the next."""
    since = max(disclosure.seen_on, disclosure.issued_on)
    if requirement.validity_months is None:
        return Span(since)
    ends = [months_after(disclosure.issued_on, requirement.validity_months)]
    ends += [last for on, last in _carried_on(requirement, disclosure) if on <= day]
    return Span(since, max(ends))


def _carried_on(requirement: DisclosureNeeded, disclosure: Disclosure) -> Iterable[tuple[date, date]]:
    months = requirement.update_service_recheck_months
    if requirement.update_service_accepted and months is not None:
        for check in disclosure.status_checks:
            if check.result is _UNCHANGED.get(disclosure.content):
                yield check.on, months_after(check.on, months)


def _days_of(requirement: DisclosureNeeded, disclosure: Disclosure) -> Iterable[Span]:
    since = max(disclosure.seen_on, disclosure.issued_on)
    yield span(since)
    if requirement.validity_months is not None:
        yield Span(since, months_after(disclosure.issued_on, requirement.validity_months))
    yield from (Span(on, last) for on, last in _carried_on(requirement, disclosure))
    events = [disclosure.discussed_on, disclosure.decided_on, *(c.on for c in disclosure.status_checks)]
    yield from (Span(day) for day in events if day is not None)
