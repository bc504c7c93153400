"""The exact copy of a unit's record at the moment of its sign-off: what was known, in whose words, resting on what.

Canonical JSON: keys in order, no spaces, so that the same record always gives the same digest.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from lms.assessment.deciding.queries import DecisionView, UnitStand
from lms.assessment.evidence.queries import EvidenceView

Files = Mapping[UUID, Sequence[Mapping[str, Any]]]
"""The files of each piece: digest, kind, name and captions."""


def copy_of(
    stand: UnitStand, decisions: Collection[DecisionView], evidence: Collection[EvidenceView], files: Files
) -> tuple[str, str]:
    """The copy as text, and its SHA-256."""
    unit = stand.placed.unit.code
    content = {
        "unit": unit,
        "title": stand.placed.unit.title.en,
        "framework": stand.placed.framework.code,
        "edition": stand.placed.framework.edition,
        "lines": [_line(each) for each in stand.lines.values()],
        "decisions": [_decision(each) for each in sorted(decisions, key=_order) if each.unit == unit],
        "evidence": [
            _piece(each, files.get(each.id, ()))
            for each in sorted(evidence, key=lambda piece: (piece.offered_at, piece.id))
            if unit in each.units and not each.withdrawn
        ],
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text, hashlib.sha256(text.encode()).hexdigest()


def _order(decision: DecisionView) -> tuple[str, int]:
    return decision.line, decision.turn


def _line(stand: Any) -> dict[str, Any]:
    line = stand.line
    return {
        "key": line.key,
        "code": line.code,
        "kind": line.kind.value,
        "text": line.text.en,
        "stand": stand.stand.value,
        "decision": str(stand.decision.id) if stand.decision else None,
    }


def _decision(each: DecisionView) -> dict[str, Any]:
    five = each.five
    return {
        "id": str(each.id),
        "line": each.line,
        "turn": each.turn,
        "judgement": each.judgement.value,
        "reason": each.reason,
        "feedback": each.feedback,
        "five": {name: getattr(five, name) for name in five.__dataclass_fields__} if five else None,
        "rests_on": str(each.rests_on) if each.rests_on else None,
        "beside": sorted(str(piece) for piece in each.beside),
        "by": str(each.by),
        "by_name": each.by_name,
        "capacity": each.capacity.value,
        "flags": sorted(each.flags),
        "counts": each.counts.value,
        "at": _moment(each.at),
        "reviews": [
            {"part": note.part.value, "outcome": note.outcome.value, "by_name": note.by_name, "at": _moment(note.at)}
            for note in each.reviews
        ],
    }


def _piece(each: EvidenceView, files: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "id": str(each.id),
        "kind": each.kind.value,
        "part": each.part.value,
        "by": str(each.by) if each.by else None,
        "by_name": each.by_name,
        "on": each.on.isoformat(),
        "setting": each.setting.value if each.setting else None,
        "in_presence_of": each.in_presence_of,
        "asked": each.asked,
        "text": each.text,
        "lines": sorted(each.lines),
        "carries_for": sorted(each.carries_for),
        "way": each.way.value,
        "offered_at": _moment(each.offered_at),
        "files": [dict(file) for file in files],
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
