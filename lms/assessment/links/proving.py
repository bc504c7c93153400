"""What proves later who was asked, what stood before them, and what they said: one record, and a digest over it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from lms.assessment.links.queries import WHO, AnswerView, LinkView
from lms.assessment.links.rules import Question


def record_of(
    link: LinkView,
    asked: tuple[Question, ...],
    answers: Mapping[str, AnswerView],
    *,
    shown_as: str,
    language: str,
    place: str,
    now: datetime,
) -> dict[str, Any]:
    """Everything about one answering, as plain values in a fixed spelling.

    `shown_as` is how the learner was named to them, `place` the digest of the network address it came from.
    """
    codes = [WHO, *(question.code for question in asked)]
    return {
        "link": str(link.id),
        "asked": {
            "name": link.name,
            "part": str(link.part),
            "relation": link.relation,
            "known": link.person_id is not None,
            "sent_to": link.sent_to,
            "by": str(link.asked_by),
            "as": str(link.asked_as),
            "at": _moment(link.asked_at),
            "until": _moment(link.expires_at),
        },
        "about": {
            "learner": str(link.learner_id),
            "shown_as": shown_as,
            "framework": link.framework,
            "edition": link.edition,
            "unit": link.unit,
            "lines": list(link.lines),
        },
        "answers": [_answer(code, answers[code]) for code in codes if code in answers],
        "language": language,
        "from": place,
        "at": _moment(now),
    }


def _answer(code: str, answer: AnswerView) -> dict[str, str]:
    return {
        "question": code,
        "shown": answer.shown,
        "language": answer.language,
        "value": answer.value,
        "said": answer.said,
        "at": _moment(answer.at),
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def sealed(record: Mapping[str, Any], salt: bytes) -> str:
    """SHA-256 over salt and record in one spelling; the salt keeps what can be guessed secret."""
    return hashlib.sha256(salt + _spelled(record).encode()).hexdigest()


def marked(answers: Mapping[str, AnswerView]) -> str:
    """A short mark of the answers as they stand: what is handed in has to be what was read through."""
    return hashlib.sha256(_spelled({code: one.value for code, one in answers.items()}).encode()).hexdigest()[:32]


def _spelled(values: Mapping[str, Any]) -> str:
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
