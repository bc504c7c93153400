"""Read sittings: one with its steps, those an assessor has open, and the one a phone was handed over for."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.rules import Setting
from lms.assessment.together.models import Together, TogetherStep
from lms.assessment.together.rules import Step, Turn, turn
from lms.core.db import Db
from lms.core.words import NotFound
from lms.people.secrets import digest

MOST = 200


@dataclass(frozen=True)
class StepView:
    """One step of a sitting."""

    number: int
    step: Step
    by: UUID | None
    text: str
    language: str
    digest: str
    at: datetime


@dataclass(frozen=True)
class SittingView:
    """A sitting as pages and services see it. `mark` is the digest of the assessor's part as it stands now."""

    id: UUID
    enrolment_id: UUID
    learner_id: UUID
    authority_id: UUID
    unit: str
    lines: tuple[str, ...]
    kind: EvidenceKind
    on: date
    setting: Setting | None
    asked: str
    text: str
    by: UUID
    behalf: UUID
    started_at: datetime
    steps: tuple[StepView, ...]

    @property
    def last(self) -> StepView:
        """The latest step."""
        return self.steps[-1]

    @property
    def turn(self) -> Turn:
        """Whose turn it is."""
        return turn(self.last.step)

    @property
    def confirmed(self) -> StepView | None:
        """The learner's confirmation, where it is the last word on what stands there now."""
        last = self.last
        return last if last.step is Step.CONFIRMED and last.digest == self.mark else None

    @property
    def mark(self) -> str:
        """SHA-256 over the assessor's part in one spelling."""
        part = {
            "id": str(self.id),
            "lines": list(self.lines),
            "kind": str(self.kind),
            "on": self.on.isoformat(),
            "setting": str(self.setting) if self.setting else "",
            "asked": self.asked,
            "text": self.text,
        }
        spelled = json.dumps(part, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(spelled.encode()).hexdigest()


def sitting(db: Db, together_id: UUID) -> SittingView:
    """One sitting. Raises NotFound."""
    row = db.get(Together, together_id, populate_existing=True)
    if row is None:
        raise NotFound("sitting")
    return _view(row, _steps(db, [together_id])[together_id])


def own(db: Db, together_id: UUID, by: UUID) -> SittingView:
    """One's own sitting. Raises NotFound for another's, the same as for one that does not exist."""
    found = sitting(db, together_id)
    if found.by != by:
        raise NotFound("sitting")
    return found


def open_of(db: Db, by: UUID) -> list[SittingView]:
    """The sittings somebody has open, the newest first. Two queries, one when there are none."""
    rows = db.scalars(OPEN, {"person_id": by}).all()
    steps = _steps(db, [row.id for row in rows]) if rows else {}
    return [_view(row, steps[row.id]) for row in rows]


# Put together once: every queue of an assessor asks it, and mostly there is nothing.
_OVER = select(TogetherStep.together_id).where(
    TogetherStep.together_id == Together.id, TogetherStep.step.in_((Step.RECORDED, Step.DROPPED))
)
OPEN = (
    select(Together)
    .where(Together.by == bindparam("person_id"), ~_OVER.exists())
    .order_by(Together.started_at.desc(), Together.id)
    .limit(MOST)
)


def handed_over(db: Db, key: str) -> SittingView | None:
    """The sitting whose learner's part a phone may show by this key; None once it was taken up, recorded or dropped.

    It is the key of the latest handing over that counts, so that a phone left lying about shows nothing any more.
    """
    wanted = select(TogetherStep.together_id).where(TogetherStep.key_digest == digest(key[:200]))
    together_id = db.scalar(wanted)
    if together_id is None:
        return None
    found = sitting(db, together_id)
    over = found.turn not in {Turn.LEARNER, Turn.BACK}
    return None if over or _latest_key(db, together_id) != digest(key[:200]) else found


def _latest_key(db: Db, together_id: UUID) -> str | None:
    keys = select(TogetherStep.key_digest).where(
        TogetherStep.together_id == together_id, TogetherStep.step == Step.HANDED_OVER
    )
    return db.scalar(keys.order_by(TogetherStep.number.desc()).limit(1))


def _steps(db: Db, ids: list[UUID]) -> dict[UUID, tuple[StepView, ...]]:
    found: dict[UUID, list[StepView]] = {each: [] for each in ids}
    rows = db.scalars(
        select(TogetherStep)
        .where(TogetherStep.together_id.in_(ids))
        .order_by(TogetherStep.together_id, TogetherStep.number)
    )
    for row in rows:
        found[row.together_id].append(
            StepView(row.number, row.step, row.by, row.text, row.language, row.digest, row.at)
        )
    return {each: tuple(steps) for each, steps in found.items()}


def _view(row: Any, steps: tuple[StepView, ...]) -> SittingView:
    return SittingView(
        id=row.id,
        enrolment_id=row.enrolment_id,
        learner_id=row.learner_id,
        authority_id=row.authority_id,
        unit=row.unit,
        lines=tuple(row.lines),
        kind=row.kind,
        on=row.on_day,
        setting=row.setting,
        asked=row.asked,
        text=row.text,
        by=row.by,
        behalf=row.behalf,
        started_at=row.started_at,
        steps=steps,
    )
