"""Who is chosen: everybody a list shows, some that were ticked, or words that were pasted in; each becomes a line."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from lms.certification.attendance.finding import LONGEST_LINE
from lms.core.db import Db
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning
from lms.people import queries as people
from lms.people.among import known_among
from lms.people.bringing import pas_ever_in
from lms.people.rules import Role
from lms.programme.bulk.rules import MOST
from lms.programme.desk.selecting import people_in
from lms.programme.groups import queries as groups

LONGEST = 1_000_000
"""Characters of what may say who is chosen: as many e-mail addresses as a work has lines."""

_AT_ONCE = 1000


class Draft(NamedTuple):
    """A line that is to be."""

    person_id: UUID | None
    enrolment_id: UUID | None = None
    given: str | None = None
    helper_id: UUID | None = None
    before_id: UUID | None = None


class Gathered(NamedTuple):
    """The lines of a work, and how many ids were left out because they are nobody's here."""

    lines: list[Draft]
    left_out: int


def _pieces(things: Iterable[Any]) -> Iterator[list[Any]]:
    every = list(things)
    return (every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE))


def read(text: str) -> dict[str, Any]:
    """Who is chosen, as a form carries it; empty when it is nothing we could have written. Ids are checked later."""
    try:
        found = json.loads(text[:LONGEST]) if text else {}
    except (ValueError, RecursionError):  # brackets within brackets, thousands deep, are no answer of ours either
        return {}
    if not isinstance(found, dict) or len(found) != 1:
        return {}
    match found:
        case {"list": dict(asked)} if all(isinstance(each, str) for each in asked.values()):
            return {"list": {str(name)[:20]: value[:100] for name, value in list(asked.items())[:10]}}
        case {"people": list(ids)} | {"enrolments": list(ids)}:
            return {next(iter(found)): [str(id) for id in as_ids(ids)]}
        case {"named": str(word)} | {"of_group": str(word)}:
            return {next(iter(found)): word[:100]}
    return {}


def as_ids(words: Iterable[object]) -> list[UUID]:
    """The ids among some words, each once; other words are passed over."""
    found: dict[UUID, None] = {}
    for word in words:
        try:
            found[UUID(str(word))] = None
        except ValueError:
            continue
    return list(found)


def pasted_lines(text: str) -> list[str]:
    """The lines of a pasted list without blank ones, each once."""
    seen = dict.fromkeys(" ".join(line.split()).strip(" ,;")[:LONGEST_LINE] for line in text[:LONGEST].splitlines())
    return [line for line in seen if line]


def gather(
    db: Db, authority_id: UUID, chosen: Mapping[str, Any], on: date, *, of_people: bool, course: str | None = None
) -> Gathered:
    """The lines, in the order of names: people, or their running enrolments, on one course where it is named.

    Raises Refused for more than a work has lines. Whoever is chosen by id and no PA of the authority is left out, the
    same as an id that is nobody's.
    """
    if "of_group" in chosen:
        chosen = {"enrolments": members_of(db, authority_id, chosen["of_group"])}
    match chosen:
        case {"list": asked}:
            pairs = [tuple(each) for each in people_in(db, authority_id, asked, on)]
            return _lines_of(db, pairs, of_people)
        case {"enrolments": ids}:
            return _of_enrolments(db, authority_id, as_ids(ids), of_people)
        case {"people": ids}:
            return _of_ids(db, authority_id, as_ids(ids), on, course, of_people=of_people)
        case {"named": search}:
            found = people.people_in(db, authority_id, Role.PA, on, search=search)
            return _of_ids(db, authority_id, [each.id for each in found], on, course, of_people=of_people)
        case {"pasted": text}:
            return _pasted(db, authority_id, pasted_lines(text), on, course, of_people=of_people)
    return Gathered([], 0)


def members_of(db: Db, authority_id: UUID, group_id: str) -> list[UUID]:
    """The enrolments that are in a group of the authority today; nobody's for any other group."""
    try:
        found = groups.group(db, UUID(group_id), [authority_id])
    except (NotFound, ValueError):
        return []
    return sorted(groups.enrolments_in(db, found.id))


def _of_enrolments(db: Db, authority_id: UUID, ids: Sequence[UUID], of_people: bool) -> Gathered:  # noqa: FBT001  which unit a line is
    every = [each for some in _pieces(ids) for each in learning.enrolments(db, some)]
    pairs = [(each.id, each.learner_id) for each in every if each.authority_id == authority_id]
    return _lines_of(db, pairs, of_people, left_out=len(ids) - len(pairs))


def _of_ids(
    db: Db, authority_id: UUID, ids: Sequence[UUID], on: date, course: str | None, *, of_people: bool
) -> Gathered:
    here = [id for some in _pieces(ids) for id in some if id in known_among(db, authority_id, some, on)]
    drafts = [Draft(id) for id in here] if of_people else _on_courses(db, authority_id, here, course)
    return Gathered(_in_order(db, drafts), len(ids) - len(here))


def _on_courses(db: Db, authority_id: UUID, ids: Sequence[UUID], course: str | None) -> list[Draft]:
    """The running enrolments of people; somebody without one is a line all the same, so that nobody is lost."""
    found: dict[UUID, list[Draft]] = {}
    for some in _pieces(ids):
        for each in learning.every_enrolment_of(db, some):
            if each.authority_id == authority_id and not each.ended and course in {None, each.course}:
                found.setdefault(each.learner_id, []).append(Draft(each.learner_id, each.id))
    return [draft for id in ids for draft in found.get(id, [Draft(id)])]


def _pasted(
    db: Db, authority_id: UUID, lines: Sequence[str], on: date, course: str | None, *, of_people: bool
) -> Gathered:
    if len(lines) > MOST:
        raise too_many(len(lines))
    by_id = {line: ids[0] for line in lines if (ids := as_ids([line]))}
    pas = pas_ever_in(db, authority_id)
    words = [line for line in lines if line not in by_id]
    found = _found_each(words, pas)
    known = {each.id for each in pas}
    ids = list(dict.fromkeys([*(id for id in by_id.values() if id in known), *found.values()]))
    nobody = [line for line in words if line not in found]
    nobody += [line for line, id in by_id.items() if id not in known]
    gathered = _of_ids(db, authority_id, ids, on, course, of_people=of_people)
    return Gathered([*gathered.lines, *(Draft(None, given=line) for line in nobody)], 0)


def _found_each(words: Sequence[str], pas: Sequence[Any]) -> dict[str, UUID]:
    """Whom each word names; words that name nobody or several are left out."""
    found = {}
    naming: dict[str, set[UUID]] = {}
    for pa in pas:
        for word in (pa.name, pa.email, pa.username):
            if word:
                naming.setdefault(_plain(word), set()).add(pa.id)
    for word in words:
        mail = word.rpartition("<")[2].rstrip(">").strip() if "<" in word else word
        for part in (word, mail):
            ids = naming.get(_plain(part), set())
            if len(ids) == 1:
                found[word] = next(iter(ids))
                break
    return found


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _lines_of(db: Db, pairs: Sequence[tuple[Any, ...]], of_people: bool, *, left_out: int = 0) -> Gathered:  # noqa: FBT001  which unit a line is
    if of_people:
        drafts = [Draft(learner) for learner in dict.fromkeys(learner for _enrolment, learner in pairs)]
    else:
        drafts = [Draft(learner, enrolment) for enrolment, learner in dict.fromkeys(pairs)]
    return Gathered(_in_order(db, drafts), left_out)


def _in_order(db: Db, drafts: Sequence[Draft]) -> list[Draft]:
    """By name. Raises Refused when there are too many."""
    if len(drafts) > MOST:
        raise too_many(len(drafts))
    names = names_of(db, {each.person_id for each in drafts if each.person_id})
    return sorted(drafts, key=lambda each: (names.get(each.person_id, "").casefold(), str(each.enrolment_id)))  # type: ignore[arg-type]


def names_of(db: Db, ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of many, a thousand at once."""
    return {id: each.name for some in _pieces(ids) for id, each in people.persons(db, some).items()}


def too_many(number: int) -> Refused:
    """More were chosen than one work has lines."""
    return Refused(
        N_("These are %(number)s. Choose at most %(most)s at once: narrow the list down, and do the rest after it."),
        number=number,
        most=MOST,
    )
