"""Read conversations in which somebody heard what a learner knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select

from lms.assessment.knowledge.models import Conversation
from lms.assessment.reading.rules import As
from lms.core.content import Words
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.core.words import NotFound
from lms.learning.catalogue import Courses, Module
from lms.learning.states import Judged
from lms.people import queries as people


@dataclass(frozen=True)
class ConversationView:
    """A conversation with what was made of it; `about` are the outcomes in words. `module` is None when it is gone."""

    id: UUID
    learner_id: UUID
    authority_id: UUID
    module: Module | None
    module_code: str
    about: tuple[Words, ...]
    held_on: date
    asked: str
    said: str
    judged: Judged
    word: str
    heard_by: UUID
    heard_by_name: str
    capacity: As
    recorded_at: datetime


def conversation(db: Db, conversation_id: UUID) -> ConversationView:
    """One conversation. Raises NotFound. For views that have looked at who may see it."""
    found = _read(db, Conversation.id == conversation_id)
    if not found:
        raise NotFound("conversation")
    return found[0]


def conversations_of(
    db: Db, learner_id: UUID, *, authority_id: UUID | None = None, module: str | None = None, limit: int = 100
) -> list[ConversationView]:
    """A learner's conversations, the latest first; behind one wall, about one module, where it is named."""
    wanted = Conversation.learner_id == learner_id
    if authority_id is not None:
        wanted &= Conversation.authority_id == authority_id
    if module is not None:
        wanted &= Conversation.module == module
    return _read(db, wanted, limit=limit)


def _read(db: Db, condition: ColumnElement[bool], *, limit: int = 1) -> list[ConversationView]:
    rows = db.scalars(
        select(Conversation).where(condition).order_by(Conversation.recorded_at.desc(), Conversation.id).limit(limit)
    ).all()
    names = people.persons(db, {row.heard_by for row in rows})
    courses = shelf(db, Courses)
    return [_view(row, courses, names[row.heard_by].name) for row in rows]


def _view(row: Conversation, courses: Courses, name: str) -> ConversationView:
    module = courses.edition(row.module, row.edition or None) if row.module in courses.modules else None
    texts: Sequence[Words] = [o.text for o in module.outcomes if o.code in row.outcomes] if module else ()
    return ConversationView(
        id=row.id,
        learner_id=row.learner_id,
        authority_id=row.authority_id,
        module=module,
        module_code=row.module,
        about=tuple(texts),
        held_on=row.held_on,
        asked=row.asked,
        said=row.said,
        judged=row.judged,
        word=row.word,
        heard_by=row.heard_by,
        heard_by_name=name,
        capacity=row.capacity,
        recorded_at=row.recorded_at,
    )
