"""Read vacancies: those PAs can answer, a household's own, those that wait for the register team."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.register import queries as register
from lms.register.directory import contact_queries, searching
from lms.register.directory.models import Block
from lms.register.directory.words import BackReason, Outcome
from lms.register.listing import queries as listing
from lms.register.vacancies.models import Vacancy, VacancyAnswer, VacancyEnd, VacancyLook, VacancyText
from lms.register.vacancies.rules import Asking, Stop, open_on, stop
from lms.register.vacancies.text import VacancyWords
from lms.register.vacancies.words import EndReason


@dataclass(frozen=True)
class VacancyView:
    """A vacancy; `words` are what PAs read, None until it was published."""

    id: UUID
    authority_id: UUID
    employer_id: UUID
    posted_at: datetime
    ends_on: date | None
    ended_on: date | None
    live_id: UUID | None
    words: VacancyWords | None

    def open_on(self, on: date) -> bool:
        """Whether it can be answered on a day."""
        return open_on(self.ends_on, self.ended_on, on)


@dataclass(frozen=True)
class TextView:
    """A text of a vacancy as it was sent, and what the register team said of it."""

    id: UUID
    vacancy_id: UUID
    authority_id: UUID
    words: VacancyWords
    sent_at: datetime
    waits: bool
    outcome: Outcome | None
    reason: BackReason | None
    word: str | None


@dataclass(frozen=True)
class AnswerView:
    """A PA's answer to a vacancy."""

    vacancy_id: UUID
    pa_id: UUID
    contact_id: UUID
    at: datetime


_LIVE = aliased(VacancyText)
_VIEW = select(
    Vacancy.id,
    Vacancy.authority_id,
    Vacancy.employer_id,
    Vacancy.posted_at,
    Vacancy.ends_on,
    Vacancy.ended_on,
    Vacancy.live_id,
    _LIVE.data,
).outerjoin(_LIVE, (_LIVE.id == Vacancy.live_id) & _LIVE.forgotten_at.is_(None))
_TEXT = (
    select(
        VacancyText.id,
        VacancyText.vacancy_id,
        Vacancy.authority_id,
        VacancyText.data,
        VacancyText.sent_at,
        VacancyText.waits,
        VacancyLook.outcome,
        VacancyLook.reason,
        VacancyLook.word,
    )
    .join(Vacancy, Vacancy.id == VacancyText.vacancy_id)
    .outerjoin(VacancyLook, VacancyLook.text_id == VacancyText.id)
)


def vacancy(db: Db, vacancy_id: UUID) -> VacancyView | None:
    """One vacancy, whoever asks."""
    found = columns(db, _VIEW.where(Vacancy.id == vacancy_id), {}).first()
    return _view(found) if found else None


def open_vacancies(
    db: Db, authority_id: UUID, pa_id: UUID, on: date, *, offset: int, limit: int
) -> tuple[list[VacancyView], int]:
    """Vacancies a PA can read on a day, the newest first, and how many there are; not of households that blocked them.

    Those of households the PA blocked are left out as well.
    """
    newer = aliased(Block)
    overtaken = select(newer.number).where(
        newer.pa_id == Block.pa_id,
        newer.employer_id == Block.employer_id,
        newer.side == Block.side,
        newer.number > Block.number,
    )
    apart = select(Block.number).where(
        Block.pa_id == pa_id, Block.employer_id == Vacancy.employer_id, Block.blocked, ~overtaken.exists()
    )
    where = (
        Vacancy.authority_id == authority_id,
        Vacancy.ended_on.is_(None),
        Vacancy.ends_on >= on,
        _LIVE.id.is_not(None),
        ~apart.exists(),
    )
    return _part(db, where, offset, limit)


def vacancies_of(db: Db, employer_ids: Collection[UUID], *, offset: int, limit: int) -> tuple[list[VacancyView], int]:
    """The vacancies of these households, the newest first, and how many there are."""
    return _part(db, (Vacancy.employer_id.in_(employer_ids),), offset, limit)


def texts_of(db: Db, vacancy_ids: Collection[UUID]) -> dict[UUID, TextView]:
    """The newest text of each of these vacancies, by vacancy. One query."""
    later = aliased(VacancyText)
    newest = (
        ~select(later.number)
        .where(later.vacancy_id == VacancyText.vacancy_id, later.number > VacancyText.number)
        .exists()
    )
    rows = columns(db, _TEXT.where(VacancyText.vacancy_id.in_(vacancy_ids), newest), {})
    return {row.vacancy_id: _text(row) for row in rows}


def text(db: Db, text_id: UUID, authority_ids: Collection[UUID]) -> TextView:
    """One text of a vacancy of these authorities. Raises NotFound."""
    found = columns(db, _TEXT.where(VacancyText.id == text_id, Vacancy.authority_id.in_(authority_ids)), {}).first()
    if found is None:
        raise NotFound("vacancy")
    return _text(found)


def waiting(db: Db, authority_ids: Collection[UUID], *, limit: int) -> tuple[list[TextView], int]:
    """Texts that wait for the register team, the oldest first, and how many there are."""
    where = (VacancyText.waits, Vacancy.authority_id.in_(authority_ids))
    total = columns(db, _TEXT.where(*where).with_only_columns(func.count()), {}).scalar_one()
    if not (total and limit):
        return [], total
    rows = columns(db, _TEXT.where(*where).order_by(VacancyText.number).limit(limit), {})
    return [_text(row) for row in rows], total


def end_of(db: Db, vacancy_id: UUID) -> EndReason | None:
    """Why a vacancy ended; None while it has not."""
    return db.scalar(select(VacancyEnd.why).where(VacancyEnd.vacancy_id == vacancy_id))


def answers_to(db: Db, vacancy_id: UUID) -> list[AnswerView]:
    """Who answered a vacancy, the newest first, the latest 200."""
    wanted = _ANSWERS.where(VacancyAnswer.vacancy_id == vacancy_id).order_by(VacancyAnswer.at.desc()).limit(200)
    return [AnswerView(*row) for row in columns(db, wanted, {})]


def answer_counts(db: Db, vacancy_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many PAs answered each of these vacancies."""
    wanted = (
        select(VacancyAnswer.vacancy_id, func.count())
        .where(VacancyAnswer.vacancy_id.in_(vacancy_ids))
        .group_by(VacancyAnswer.vacancy_id)
    )
    return dict(columns(db, wanted, {}).all())


def answered(db: Db, vacancy_id: UUID, pa_id: UUID) -> AnswerView | None:
    """A PA's answer to a vacancy."""
    wanted = _ANSWERS.where(VacancyAnswer.vacancy_id == vacancy_id, VacancyAnswer.pa_id == pa_id)
    found = columns(db, wanted, {}).first()
    return AnswerView(*found) if found else None


def has_answered(db: Db, pa_id: UUID, employer_ids: Collection[UUID]) -> bool:
    """Whether a PA answered any vacancy of these households: then they may read the profile."""
    wanted = (
        select(VacancyAnswer.id)
        .join(Vacancy, Vacancy.id == VacancyAnswer.vacancy_id)
        .where(VacancyAnswer.pa_id == pa_id, Vacancy.employer_id.in_(employer_ids))
        .limit(1)
    )
    return columns(db, wanted, {}).first() is not None


def stops(db: Db, asked: VacancyView, pa_id: UUID, on: date) -> Stop | None:
    """What stops a PA from answering a vacancy on a day; None when nothing does."""
    stands = listing.listing_of(db, pa_id, asked.authority_id)
    edition = register.edition_for(db, asked.authority_id, on)
    seen = searching.visible_profile(db, pa_id, asked.authority_id, on, employer_id=None)
    asking = Asking(
        state=stands.state if stands else None,
        profile_seen=seen is not None,
        blocked=bool(contact_queries.blocked_by(db, pa_id, asked.employer_id)),
        provisional_may=bool(edition and edition.file.provisional.may_apply_for_adverts),
    )
    return stop(asking, ends_on=asked.ends_on, ended_on=asked.ended_on, on=on)


_ANSWERS = select(VacancyAnswer.vacancy_id, VacancyAnswer.pa_id, VacancyAnswer.contact_id, VacancyAnswer.at)


def _part(db: Db, where: Sequence[Any], offset: int, limit: int) -> tuple[list[VacancyView], int]:
    total = columns(db, _VIEW.where(*where).with_only_columns(func.count()), {}).scalar_one()
    order = (Vacancy.posted_at.desc(), Vacancy.id)
    rows = columns(db, _VIEW.where(*where).order_by(*order).offset(offset).limit(limit), {})
    return [_view(row) for row in rows], total


def _view(row: Any) -> VacancyView:
    seen: tuple[Any, ...] = (*row[:-1], VacancyWords.of(row.data) if row.data else None)
    return VacancyView(*seen)


def _text(row: Any) -> TextView:
    id, vacancy_id, authority_id, data, *rest = row
    return TextView(id, vacancy_id, authority_id, VacancyWords.of(data), *rest)
