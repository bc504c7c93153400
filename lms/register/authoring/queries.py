"""Read register rules: what stands on the shelf, with the editions published in the browser among it."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.core.content import Problems
from lms.core.db import Db, columns
from lms.core.shelves import shelf
from lms.core.words import NotFound
from lms.people import queries as people
from lms.register.authoring.models import RegisterEdition, RegisterEditionWithdrawn
from lms.register.conduct import queries as conduct
from lms.register.conduct.overlay import over
from lms.register.content import Edition, RegisterRules, on, overlaid, read

_NOT_WITHDRAWN = RegisterEdition.id.not_in(select(RegisterEditionWithdrawn.edition_id))
_IDS = (
    select(RegisterEdition.id)
    .where(RegisterEdition.authority_id == bindparam("authority_id"), _NOT_WITHDRAWN)
    .order_by(RegisterEdition.number)
)
_DOCUMENTS = select(RegisterEdition.id, RegisterEdition.edition, RegisterEdition.document).where(
    RegisterEdition.id.in_(bindparam("ids", expanding=True))
)
_AUTHORITIES = select(RegisterEdition.authority_id).where(_NOT_WITHDRAWN).distinct()
"""Put together once: every verdict asks the first."""


def edition_on(db: Db, authority_id: UUID, day: date) -> Edition | None:
    """The edition of an authority's rules that holds on a day; None when it has none.

    A code of conduct published in the browser lies over the one that the edition brings.
    """
    found = on(editions(db, authority_id), day)
    return over(found, conduct.versions(db, authority_id), day) if found else None


def editions(db: Db, authority_id: UUID) -> tuple[Edition, ...]:
    """All editions of an authority, from the oldest, each with the day on which the next takes over: two small queries.

    What is made of them is kept by the ids of the published editions, so nothing is read twice.
    """
    code = people.organisation(db, authority_id).code or ""
    rules, ids = shelf(db, RegisterRules), _ids(db, authority_id)
    if not ids:
        return rules.editions.get(code, ())
    key = (authority_id, ids)
    if key not in rules.known:
        rules.known[key] = overlaid(rules.editions.get(code, ()), _published(db, code, ids))
    found: tuple[Edition, ...] = rules.known[key]
    return found


def published(db: Db, authority_code: str) -> tuple[Edition, ...]:
    """The editions an authority published in the browser and did not take back, in the order of publication."""
    authority = people.authority_by_code(db, authority_code)
    return _published(db, authority_code, _ids(db, authority.id))


def authorities_with_rules(db: Db) -> dict[UUID, str]:
    """Every authority that has rules on the shelf or published some, by id with its code."""
    publishing = people.organisations(db, set(columns(db, _AUTHORITIES, {}).scalars()))
    found = {each.id: each.code for each in publishing.values() if each.code}
    for code in shelf(db, RegisterRules).editions:
        with suppress(NotFound):  # rules may come before their authority
            found[people.authority_by_code(db, code).id] = code
    return found


def _ids(db: Db, authority_id: UUID) -> tuple[UUID, ...]:
    return tuple(columns(db, _IDS, {"authority_id": authority_id}).scalars())


def _published(db: Db, code: str, ids: tuple[UUID, ...]) -> tuple[Edition, ...]:
    """Published editions by id. A document was checked when it was published; it is read once in a process."""
    known = shelf(db, RegisterRules).known
    missing = [each for each in ids if each not in known]
    if missing:
        for edition_id, edition, document in columns(db, _DOCUMENTS, {"ids": missing}):
            known[edition_id] = _whole(code, edition, document)
    return tuple(known[each] for each in ids)


def _whole(code: str, edition: str, document: str) -> Edition:
    problems = Problems()
    found = read(f"{code.lower()}-{edition}.yaml", document, problems)
    problems.stop_if_any()
    assert found is not None
    return found
