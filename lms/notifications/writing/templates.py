"""An authority's templates: written anew with each change, the newest of each language counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import bindparam, func, select

from lms.core.db import Db, add_once, columns
from lms.core.events import record
from lms.core.i18n import Language
from lms.core.words import N_, NotFound, Refused
from lms.notifications.preferences.rules import Topic
from lms.notifications.writing.events import TemplateWritten
from lms.notifications.writing.models import MessageTemplate
from lms.notifications.writing.rules import Text, check, cleaned

LONGEST_NAME = 80
MOST_TEMPLATES = 100


@dataclass(frozen=True)
class Template:
    """A template as it counts now, by language."""

    id: UUID
    name: str
    topic: Topic
    texts: Mapping[str, Text]
    at: datetime

    @property
    def without(self) -> tuple[Language, ...]:
        """The languages it is not there in."""
        return tuple(language for language in Language if language.value not in self.texts)


_T = MessageTemplate
_NEWEST = (
    select(func.max(_T.number))
    .where(_T.authority_id == bindparam("authority_id"))
    .group_by(_T.template_id, _T.language)
)
_THERE = select(
    _T.template_id, _T.name, _T.topic, _T.language, _T.subject, _T.body, _T.short, _T.gone, _T.at, _T.number
).where(_T.number.in_(_NEWEST))


def templates_of(db: Db, authority_id: UUID) -> list[Template]:
    """An authority's templates by name. One query."""
    rows = columns(db, _THERE.order_by(_T.number), {"authority_id": authority_id}).all()
    found: dict[UUID, Template] = {}
    for row in rows:
        before = found.get(row.template_id)
        texts = dict(before.texts) if before else {}
        if not row.gone:
            texts[row.language] = Text(row.subject, row.body, row.short)
        found[row.template_id] = Template(row.template_id, row.name, row.topic, texts, row.at)
    return sorted((each for each in found.values() if each.texts), key=lambda each: (each.name, each.id))


def template(db: Db, authority_id: UUID, template_id: UUID) -> Template:
    """One template. Raises NotFound, also for another authority's."""
    found = next((each for each in templates_of(db, authority_id) if each.id == template_id), None)
    if found is None:
        raise NotFound("template")
    return found


def write(
    db: Db,
    *,
    once: UUID,
    template_id: UUID,
    authority_id: UUID,
    name: str,
    topic: Topic,
    language: str,
    text: Text,
    site: str,
    by: UUID,
    now: datetime,
) -> None:
    """Write a template in a language; the one before stays on record. The same form twice is one.

    Raises Refused with a sentence that says how to mend it, and NotFound for a template of another authority.
    """
    text, name = cleaned(text), " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise Refused(N_("Give the template a name."))
    check(text, topic, site=site)
    there = templates_of(db, authority_id)
    if any(each.name == name and each.id != template_id for each in there):
        raise Refused(N_("There is a template of this name. Choose another."))
    if len(there) >= MOST_TEMPLATES and all(each.id != template_id for each in there):
        raise Refused(N_("There are %(most)s templates. Take one away first."), most=MOST_TEMPLATES)
    _own(db, authority_id, template_id)
    row = _row(once, template_id, authority_id, name, topic, Language(language).value, text)
    row.by, row.at = by, now
    if add_once(db, row):
        _say(db, row, now)


def take_away(db: Db, *, template_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """A template is not offered any more, in any language; what was sent with it stays."""
    found = template(db, authority_id, template_id)
    for language, text in found.texts.items():
        row = _row(uuid4(), template_id, authority_id, found.name, found.topic, language, text)
        row.gone, row.by, row.at = True, by, now
        db.add(row)
        db.flush()
        _say(db, row, now)


def _own(db: Db, authority_id: UUID, template_id: UUID) -> None:
    other = select(_T.number).where(_T.template_id == template_id, _T.authority_id != authority_id).limit(1)
    if db.scalar(other) is not None:
        raise NotFound("template")


def _row(  # noqa: PLR0917
    once: UUID, template_id: UUID, authority_id: UUID, name: str, topic: Topic, language: str, text: Text
) -> MessageTemplate:
    return MessageTemplate(
        id=once,
        template_id=template_id,
        authority_id=authority_id,
        name=name,
        topic=topic,
        language=language,
        subject=text.subject,
        body=text.body,
        short=text.short,
        gone=False,
    )


def _say(db: Db, row: MessageTemplate, now: datetime) -> None:
    fact = TemplateWritten(
        about=row.by, authority_id=row.authority_id, template_id=row.template_id, language=row.language, gone=row.gone
    )
    record(db, fact, by=row.by, now=now, behalf=row.authority_id)
