"""What PAs hold, gathered from this room's records and from what other rooms know. The one place that does so.

Whatever is asked of one is asked of many: the queries are the same and their number does not grow with the people.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from lms.core.db import Db, columns
from lms.register.authoring import queries as authoring
from lms.register.disclosures import Content, Decision, Disclosure, FollowUp, StatusCheck
from lms.register.facts import Facts, facts_of
from lms.register.held import Accepted, Area, Held, Learned, Reference, Seen
from lms.register.kinds import Circumstance, Item, Level, ReferenceSource, RequirementKind, TrainingKind, Workforce
from lms.register.learning_done import Covered, covered, items_of, items_of_rules, learned_of_many
from lms.register.listing.queries import waivers_of_many
from lms.register.merging.queries import same_as
from lms.register.models import CircumstanceSaid, DisclosureStep, RequirementRecord
from lms.register.rules import AuthorityRules

Kind = RequirementKind
LEARNING = frozenset({Kind.TRAINING, Kind.ASSESSMENT})
AT_ONCE = 2000
"""People asked about in one query; PostgreSQL and SQLite both take more names than that in a statement."""


def held_of(db: Db, person_id: UUID, authority_id: UUID, *rules: AuthorityRules) -> Held:
    """All a PA holds in the eyes of an authority: its own records, and the PA's learning wherever it was done.

    Of the learning only what `rules` name, or when there are none, any edition of the authority's.
    """
    wanted = _wanted(db, authority_id, rules)
    found = facts_of(db, person_id, authority_id)
    return _put_together(db, found, [person_id], authority_id, wanted)[person_id]


def held_of_many(db: Db, person_ids: Collection[UUID], authority_id: UUID, *rules: AuthorityRules) -> dict[UUID, Held]:
    """The same for many, by person: a constant number of queries for each two thousand people.

    What was recorded under another id of the same person counts like their own.
    """
    wanted = _wanted(db, authority_id, rules)
    found: dict[UUID, Held] = {}
    every = list(person_ids)
    for start in range(0, len(every), AT_ONCE):
        found |= _held(db, every[start : start + AT_ONCE], authority_id, wanted)
    return found


def _wanted(db: Db, authority_id: UUID, rules: Sequence[AuthorityRules]) -> frozenset[Item]:
    if len(rules) == 1:
        return items_of_rules(rules[0])
    asked = rules or [each.rules for each in authoring.editions(db, authority_id)]
    return items_of(requirement for each in asked for requirement in each.requirements)


def _held(db: Db, person_ids: Sequence[UUID], authority_id: UUID, wanted: Collection[Item]) -> dict[UUID, Held]:
    same = same_as(db, person_ids, authority_id)
    every = [*person_ids, *(other for ids in same.values() for other in ids)] if same else list(person_ids)
    asked = {"person_ids": every, "authority_id": authority_id}
    found = Facts(
        same=same,
        records=_by_person(columns(db, _RECORDS_OF, asked)),
        said=_by_person(columns(db, _SAID_OF, asked)),
        waivers=waivers_of_many(db, every, authority_id),
    )
    return _put_together(db, found, person_ids, authority_id, wanted)


def _put_together(
    db: Db, facts: Facts, person_ids: Sequence[UUID], authority_id: UUID, wanted: Collection[Item]
) -> dict[UUID, Held]:
    same = facts.same
    every = [*person_ids, *(other for ids in same.values() for other in ids)] if same else list(person_ids)
    seen = any(row.kind is Kind.DBS for rows in facts.records.values() for row in rows)
    asked = {"person_ids": every, "authority_id": authority_id}
    steps = _by_person(columns(db, _STEPS_OF, asked)) if seen else {}
    learned, more = learned_of_many(db, every, wanted), covered(db)
    found: dict[UUID, Held] = {}
    for person_id in person_ids:
        ids = (person_id, *same.get(person_id, ()))
        rows = _together(facts.records, ids)
        circumstances = {row[2]: row[3] for row in _together(facts.said, ids)}
        found[person_id] = _one(
            rows,
            steps,
            circumstances=frozenset(each for each, holds in circumstances.items() if holds),
            answered=frozenset(circumstances),
            learned=_learned(rows, (one for id in ids for one in learned.get(id, ())), wanted, more),
            waivers=tuple(one for id in ids for one in facts.waivers.get(id, ())),
        )
    return found


def _learned(
    rows: Iterable[Any], here: Iterable[Learned], wanted: Collection[Item], more: Covered
) -> tuple[Learned, ...]:
    """Learning done elsewhere, as the register team saw it, and here; with what it covers, as far as it is wanted."""
    every = [*(_shown(row) for row in rows if row.kind in LEARNING), *here]
    every += [other for one in every for other in more.by(one)]
    return tuple(one for one in every if one.item in wanted)


def _together(rows: Mapping[UUID, Sequence[Any]], ids: Sequence[UUID]) -> Sequence[Any]:
    """The rows of one person under each of their ids, in the order in which they were recorded (column 1)."""
    if len(ids) == 1:
        return rows.get(ids[0], ())
    return sorted((row for id in ids for row in rows.get(id, ())), key=lambda row: row[1])


def _one(rows: Iterable[Any], steps: Mapping[UUID, Sequence[Any]], **rest: Any) -> Held:
    seen, disclosures, references, accepted, areas = [], [], [], [], []
    for row in rows:
        match row.kind:
            case Kind.DBS:
                disclosures.append(disclosure(row, steps.get(row.id, ())))
            case Kind.REFERENCE:
                source = ReferenceSource(row.data["source"])
                references.append(Reference(on=row.seen_on, source=source, relative=row.data["relative"]))
            case Kind.TRAINING | Kind.ASSESSMENT:
                pass  # see _learned
            case Kind.CODE_OF_CONDUCT:
                accepted.append(Accepted(version=row.data["version"], on=row.seen_on))
            case Kind.WORK_AREA:
                areas.append(Area(area=row.data["area"], on=row.seen_on))
            case _:
                met = row.data.get("met", True)
                seen.append(Seen(kind=row.kind, on=row.seen_on, ends_on=row.ends_on, met=met))
    return Held(
        seen=tuple(seen),
        disclosures=tuple(disclosures),
        references=tuple(references),
        accepted=tuple(accepted),
        areas=tuple(areas),
        **rest,
    )


def _by_person(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def codes_accepted(db: Db, person_id: UUID, authority_id: UUID) -> tuple[Accepted, ...]:
    """The versions of an authority's code of conduct that a PA accepted. One query."""
    rows = records_of(db, person_id, authority_id)
    return tuple(Accepted(version=r.data["version"], on=r.seen_on) for r in rows if r.kind is Kind.CODE_OF_CONDUCT)


def records_of(db: Db, person_id: UUID, authority_id: UUID) -> Sequence[Any]:
    """What was recorded, in order, each a `Record`."""
    return facts_of(db, person_id, authority_id).records.get(person_id, ())


def steps_of(db: Db, person_id: UUID, authority_id: UUID) -> Sequence[Any]:
    """What followed the disclosures of a PA at an authority, in order: rows with all columns of a step."""
    return columns(db, _STEPS, {"person_id": person_id, "authority_id": authority_id}).all()


def circumstances_of(db: Db, person_id: UUID, authority_id: UUID) -> dict[Circumstance, bool]:
    """What a PA said of their work; what was never answered is left out."""
    rows = columns(db, _CIRCUMSTANCES, {"person_id": person_id, "authority_id": authority_id})
    return dict(rows.all())


_ABOUT = (
    RequirementRecord.person_id == bindparam("person_id"),
    RequirementRecord.authority_id == bindparam("authority_id"),
)
_ABOUT_MANY = (
    RequirementRecord.person_id.in_(bindparam("person_ids", expanding=True)),
    RequirementRecord.authority_id == bindparam("authority_id"),
)
_RECORDS_OF = (
    select(
        RequirementRecord.person_id,
        RequirementRecord.number,
        RequirementRecord.id,
        RequirementRecord.kind,
        RequirementRecord.data,
        RequirementRecord.seen_on,
        RequirementRecord.ends_on,
    )
    .where(*_ABOUT_MANY)
    .order_by(RequirementRecord.number)
)
_STEPS: Select[*tuple[Any, ...]] = (
    select(*DisclosureStep.__table__.c)
    .join(RequirementRecord, RequirementRecord.id == DisclosureStep.disclosure_id)
    .where(*_ABOUT)
    .order_by(DisclosureStep.number)
)
_STEPS_OF = (
    select(
        DisclosureStep.disclosure_id,
        DisclosureStep.step,
        DisclosureStep.decision,
        DisclosureStep.status_result,
        DisclosureStep.done_on,
    )
    .join(RequirementRecord, RequirementRecord.id == DisclosureStep.disclosure_id)
    .where(*_ABOUT_MANY)
    .order_by(DisclosureStep.number)
)
_CIRCUMSTANCES = (
    select(CircumstanceSaid.circumstance, CircumstanceSaid.holds)
    .where(
        CircumstanceSaid.person_id == bindparam("person_id"), CircumstanceSaid.authority_id == bindparam("authority_id")
    )
    .order_by(CircumstanceSaid.number)
)
_SAID_OF = (
    select(CircumstanceSaid.person_id, CircumstanceSaid.number, CircumstanceSaid.circumstance, CircumstanceSaid.holds)
    .where(
        CircumstanceSaid.person_id.in_(bindparam("person_ids", expanding=True)),
        CircumstanceSaid.authority_id == bindparam("authority_id"),
    )
    .order_by(CircumstanceSaid.number)
)
"""Put together once: every verdict asks them."""


def disclosure(row: Any, steps: Iterable[Any]) -> Disclosure:
    """A disclosure with what followed it. A decision that needs a second person counts once they agreed.

    `row` is its record, `steps` are its own steps in order, or those of several disclosures.
    """
    ours = [step for step in steps if step.disclosure_id == row.id]
    talked = [step.done_on for step in ours if step.step is FollowUp.DISCUSSED]
    decision, decided_on = _decision(ours)
    return Disclosure(
        level=Level(row.data["level"]),
        workforce=Workforce(row.data["workforce"]),
        issued_on=date.fromisoformat(row.data["issue_date"]),
        seen_on=row.seen_on,
        content=Content(row.data["result"]),
        discussed_on=min(talked, default=None),
        decision=decision,
        decided_on=decided_on,
        status_checks=tuple(
            StatusCheck(on=step.done_on, result=step.status_result) for step in ours if step.status_result is not None
        ),
    )


def _decision(steps: Sequence[Any]) -> tuple[Decision | None, date | None]:
    for step in reversed(steps):
        complete = step.step is FollowUp.AGREED or (step.decision is not None and not step.decision.needs_second_person)
        if complete:
            return step.decision, step.done_on
    return None, None


def _shown(row: Any) -> Learned:
    """Learning done elsewhere, of which the register team saw a certificate."""
    item = Item(TrainingKind(row.data["item_kind"]), row.data["item_code"])
    return Learned(item=item, on=date.fromisoformat(row.data["completed_on"]), ends_on=row.ends_on)
