"""`lms people-import`: many PAs at once from a spreadsheet; all of them, or none."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

import click
from sqlalchemy.exc import IntegrityError

from lms.commands.base import FAILED, WRONG_USE, Place, Sorry, need_current_tables
from lms.commands.people_file import Line, PeopleFile, read_people
from lms.commands.progress import progress
from lms.core.clock import utc_now
from lms.core.db import Db, is_duplicate
from lms.core.house import House
from lms.core.shelves import shelf
from lms.core.telling import Tell
from lms.core.words import NotFound
from lms.learning.catalogue import Courses
from lms.people import households, queries, sessions
from lms.people.queries import OrganisationView
from lms.programme.intake.carrying import AT_ONCE, Carrier
from lms.programme.intake.matching import Matched
from lms.programme.intake.rules import Line as Carried
from lms.programme.intake.rules import folded
from lms.programme.intake.words import Fate


@dataclass
class Plan:
    """Who is new, how many are here already, and the employers by their name in lower case."""

    authority: OrganisationView
    course: str | None
    employers: dict[str, UUID]
    new: list[Line] = field(default_factory=list)
    here: int = 0
    employers_to_add: dict[str, str] = field(default_factory=dict)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--authority", required=True, metavar="CODE", help="The authority they work in, such as RIVERMERE.")
@click.option("--course", default="PAI", show_default=True, help="The course to enrol them on; “none” for no course.")
@click.option("--add-employers", is_flag=True, help="Add individual employers who are not here yet.")
@click.option("--dry-run", is_flag=True, help="Look for mistakes and say what would be done; change nothing.")
@click.pass_obj
@click.pass_context
def command(
    ctx: click.Context, place: Place, *, file: Path, authority: str, course: str, add_employers: bool, dry_run: bool
) -> None:
    """Add the PAs in a CSV or XLSX FILE with the columns name, email, username, language, employer.

    Each person needs an e-mail address, or a username where there is none. `language` is en or cy, `employer` the
    name of an individual employer. People whose e-mail address is here already are left as they are.
    """
    house = place.house()
    need_current_tables(house)
    found = read_people(file)
    with house.database.reading() as db:
        plan = _plan(db, found, authority, None if course.lower() == "none" else course, add_employers=add_employers)
    if found.mistakes:
        for mistake in sorted(found.mistakes):
            click.echo(f"{file}: {mistake}", err=True)
        click.echo(f"{len(found.mistakes):,} mistakes; nobody was added.", err=True)
        ctx.exit(FAILED)
    if not dry_run:
        with progress("Adding people") as tell:
            _add_all(house, plan, utc_now(), tell)
    said = "would be added" if dry_run else "added"
    click.echo(
        f"{len(plan.new):,} people and {len(plan.employers_to_add):,} employers {said}; {plan.here:,} are here already."
    )


def _plan(db: Db, found: PeopleFile, authority: str, course: str | None, *, add_employers: bool) -> Plan:
    try:
        here = queries.authority_by_code(db, authority)
    except NotFound as unknown:
        raise Sorry(f"There is no authority with the code {authority}.", code=WRONG_USE) from unknown
    courses = shelf(db, Courses).courses
    if course is not None and course not in courses:
        raise Sorry(f"There is no course {course}; there are: {', '.join(sorted(courses))}.", code=WRONG_USE)
    employers = {folded(e.name): e.id for e in households.employers_in(db, here.id)}
    plan = Plan(here, course, employers)
    for line in found.lines:
        if _is_here(db, line, found):
            plan.here += 1
            continue
        if line.employer and folded(line.employer) not in employers:
            if add_employers:
                plan.employers_to_add.setdefault(folded(line.employer), line.employer)
            else:
                sentence = f"{here.name} has no individual employer of this name. Mend it, or use --add-employers."
                found.wrong(line.row, "employer", sentence)
        plan.new.append(line)
    return plan


def _is_here(db: Db, line: Line, found: PeopleFile) -> bool:
    if line.email and sessions.account(db, line.email).person_id:
        return True
    holder = sessions.account(db, line.username).person_id if line.username else None
    if holder is None:
        return False
    if line.email is None and queries.person(db, holder).name == line.name:
        return True
    found.wrong(line.row, "username", "Somebody else has this username.")
    return False


def _add_all(house: House, plan: Plan, now: datetime, tell: Tell) -> None:
    """All in one unit of work, by the same carrier as the coordinator's pages."""
    carrier = Carrier(plan.authority.id, plan.employers, None, now, plan.course)
    new = [Matched(_as_carried(line), Fate.NEW) for line in plan.new]
    with house.database.writing() as db:
        for start in range(0, len(new), AT_ONCE):
            some = new[start : start + AT_ONCE]
            try:
                carrier.carry(db, some)
            except IntegrityError as wrong:  # somebody was added by hand since we looked
                if not is_duplicate(wrong):
                    raise
                rows = f"rows {some[0].line.row} to {some[-1].line.row}"
                raise Sorry(
                    f"{rows}: somebody with an e-mail address or username of these is here by now. Nobody was added."
                ) from wrong
            tell(start + len(some), len(new))


def _as_carried(line: Line) -> Carried:
    return Carried(line.row, line.name, line.email, line.username, line.language, line.employer)
