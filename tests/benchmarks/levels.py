"""Sorts the demonstration's rows by how often a country has them: once an authority, a team, or a neighbourhood.

Nothing here knows a room's tables by name except people's. A row belongs where the ids in it belong, and the id it
brings belongs with it; so a table that is added to the product is copied without a change here.
"""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any
from uuid import UUID

from lms.core.tables import Kind
from lms.people.rules import OrganisationKind, Role
from tests.benchmarks.story import Story

DASHED = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
NOT_COPIED = frozenset(
    {
        "lms_seal",
        "lms_file",
        "lms_certificate_design",
        "lms_credential",
        "lms_session",
        "lms_sign_in_try",
        "lms_sign_in_link",
        "lms_mapping_read",
        "lms_certificate_kind_read",
        "lms_reminder_round",
        "lms_call_back_day",
        "lms_system_token",
        "lms_likely_double",
        "lms_feed_head",
        "lms_feed_entry",
        "lms_feed_agreement",
        "lms_feed_received",
        "lms_funding_statement",
        "lms_claim_pack",
        "lms_claim_taken",
        "lms_money_said",
        "lms_money_share",
        "lms_schemes_changed",
    }
)
"""Seals are made anew, files and designs are shared by digest, and whoever is signed in or tried to be is nobody.
A credential is signed, and a copy with other ids would be a forgery.

What says only how far the worker has come is no part of it either, nor what systems were told, nor statements of a
year and where somebody's money comes from: their numbers are counted. Marks of what changed are never two alike. A
claim that stands once in an authority has one pack, though it names learners of homes that are copied; work that waits
for any of these is left too.
"""


class Level(IntEnum):
    """How often something is there: in each authority, for each team of assessors, in each neighbourhood of PAs."""

    AUTHORITY = 0
    TEAM = 1
    HOMES = 2


@dataclass(frozen=True)
class Placed:
    """A row of the pattern, by column name, and how often it is copied."""

    table: str
    row: dict[str, Any]
    level: Level


@dataclass
class Pattern:
    """What one authority of the demonstration consists of. `authority` is its id there, `town` the place it is for."""

    code: str
    authority: str
    town: str
    rows: list[Placed] = field(default_factory=list)
    levels: dict[str, Level] = field(default_factory=dict)

    @property
    def learners(self) -> int:
        """How many PAs one copy of the neighbourhood adds."""
        return sum(p.table == "lms_role" and p.row["role"] == Role.PA.value for p in self.rows)


def patterns(story: Story) -> list[Pattern]:
    """One pattern for each authority of the story. Raises ValueError for a row that belongs to none."""
    found = {org["id"]: Pattern(org["code"], org["id"], org["name"].split()[0]) for org in _authorities(story)}
    home_of = {known: here for here in found for known in _roots(story, here, found[here])}
    left_out = {row["id"] for t in NOT_COPIED if story.columns[t].get("id") is Kind.ID for row in story.dicts(t)}
    waiting = [
        (t, row)
        for t in story.order
        if t not in NOT_COPIED
        for row in story.dicts(t)
        if t != "lms_work" or not left_out.intersection(ids_in(story.columns[t], row))
    ]
    elsewhere = {row["id"] for table, row in waiting if story.columns[table].get("id") is Kind.ID}
    while waiting:
        left = [each for each in waiting if not _place(story, *each, found, home_of, elsewhere)]
        if len(left) == len(waiting):  # two that name each other: an attempt its answers, and they their attempt
            alone = (each for each in left if _place(story, *each, found, home_of, elsewhere, mentions=True))
            stuck = next(alone, None)
            if stuck is None:
                raise ValueError(f"Rows of {sorted({table for table, _ in left})} belong to no authority.")
            left.remove(stuck)
        waiting = left
    return list(found.values())


def _authorities(story: Story) -> Iterator[dict[str, Any]]:
    return (org for org in story.dicts("lms_organisation") if org["kind"] == OrganisationKind.AUTHORITY.value)


def _roots(story: Story, authority: str, pattern: Pattern) -> dict[str, Level]:
    """Places and people of an authority: the ids from which all others follow."""
    levels = {authority: Level.AUTHORITY}
    for agreed in story.dicts("lms_agreement"):
        if agreed["authority_id"] == authority:
            levels[agreed["organisation_id"]] = Level.AUTHORITY
    for org in story.dicts("lms_organisation"):
        if org["authority_id"] == authority:
            levels[org["id"]] = Level.HOMES
    people: dict[str, Level] = {}
    for held in story.dicts("lms_role"):
        if held["organisation_id"] in levels:
            level = max(levels[held["organisation_id"]], _LEVELS.get(held["role"], Level.AUTHORITY))
            people[held["person_id"]] = max(level, people.get(held["person_id"], Level.AUTHORITY))
    # Where somebody belongs, their address belongs: a message to a manager about a PA must not take it to the PA.
    addresses = {p["email"]: people[p["id"]] for p in story.dicts("lms_person") if p["id"] in people and p["email"]}
    pattern.levels = levels | people | addresses
    return pattern.levels


_LEVELS = {Role.PA.value: Level.HOMES, Role.ASSESSOR.value: Level.TEAM}


def _place(  # noqa: PLR0917  the state of one walk
    story: Story,
    table: str,
    row: dict[str, Any],
    found: dict[str, Pattern],
    home_of: dict[str, str],
    elsewhere: AbstractSet[str],
    *,
    mentions: bool = False,
) -> bool:
    """Put a row where its ids belong; False while one of them is not placed yet.

    A row brings the ids it is known by, but none that is another row's own (`elsewhere`): a printed certificate is
    known by the certificate, which says where both belong. With `mentions`, ids that only its texts name are taken to
    come with it.
    """
    columns = story.columns[table]
    keys = story.keys[table] | story.unique[table] | {"id"}
    own = {row[name] for name in keys if columns.get(name) is Kind.ID and row[name] is not None}
    own -= elsewhere - {row.get("id")}
    own |= {value for value in row.values() if _is_address(value)}
    ids = set(ids_in(columns, row))
    if mentions:
        own |= {each for each in ids if each not in row.values()} - home_of.keys()
    known = [each for each in ids if each in home_of]
    if not known or not ids - own <= home_of.keys():
        return False
    here = home_of[known[0]]
    levels = found[here].levels
    level = max(levels[each] for each in known)
    for each in own - levels.keys():
        levels[each], home_of[each] = level, here
    found[here].rows.append(Placed(table, row, level))
    return True


def ids_in(columns: dict[str, Kind], row: dict[str, Any]) -> Iterator[str]:
    """Every id a row holds, in its columns and inside its texts, without dashes; e-mail addresses name people too."""
    for name, value in row.items():
        if isinstance(value, str):
            if columns[name] is Kind.ID or _is_address(value):
                yield value
            elif columns[name] in {Kind.TEXT, Kind.JSON}:
                yield from (UUID(each).hex for each in DASHED.findall(value))


def _is_address(value: object) -> bool:
    return isinstance(value, str) and "@" in value and " " not in value
