"""`lms funding …`: the command line's way to ask what a page would say, and to have every prospect read again.

The group is found as `command`, the name every command module uses; `ctx.obj` gives the house.
"""

import json
import sys
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

import click

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.i18n import LANGUAGE_NAMES, say_in
from lms.core.words import NotFound
from lms.funding import texts
from lms.funding.prospects import rereading
from lms.funding.prospects.explaining import Explained, explain_all
from lms.people import queries as people
from lms.people import sessions


@click.group("funding")
def funding_group() -> None:
    """Which money a training could get, and why."""


@funding_group.command()
@click.argument("person")
@click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), help="The day to ask about; today by default.")
@click.option("--json", "as_json", is_flag=True, help="Print every verdict as JSON, with each reason by its code.")
@click.option("--language", type=click.Choice([str(tongue) for tongue in LANGUAGE_NAMES]), default="en")
@click.pass_context
def explain(ctx: click.Context, *, person: str, on: datetime | None, as_json: bool, language: str) -> None:
    """Say what every scheme says to each training of PERSON: how much, why, what is missing, the last day.

    PERSON is an id, or the user name or e-mail address somebody signs in with. Every authority that knows them is
    asked. The answer is worked out from what is recorded now, as if the day were the one given. Nothing is written.
    """
    house: House = ctx.obj.house()
    day = on.date() if on else london_day(house.clock())
    with house.database.reading() as db:
        found = explain_all(db, _known(db, person, day), on=day)
    if as_json:
        click.echo(json.dumps([each.as_data() for each in found], indent=2, ensure_ascii=False))
        return
    if not found:
        click.echo("There is no training that a scheme could pay for.")
    for each in found:
        click.echo(_said(each, language))


@funding_group.command()
@click.option("--authority", help="Code of one authority, such as RIVERMERE; all by default.")
@click.option("--only-due", is_flag=True, help="Only those whose day has come or whose schemes have changed.")
@click.pass_context
def reread(ctx: click.Context, *, authority: str | None, only_due: bool) -> None:
    """Work out again what schemes say to every learner's trainings, while everybody goes on working.

    It can be stopped at any moment and begun again: with --only-due it goes on where it was.
    """
    house: House = ctx.obj.house()
    now = house.clock()
    with house.database.reading() as db:
        where = _authority(db, authority) if authority else None
    if not only_due:
        rereading.ask_for_all(house, now=now, authority_id=where)
    with _Bar("Reading again") as far:
        done = rereading.reread(house, now=now, authority_id=where, tell=far.at)
    click.echo(f"{done} read again.")


class _Bar:
    """A bar on a terminal that learns on the way how much there is to do; nothing is drawn anywhere else."""

    def __init__(self, label: str) -> None:
        self._bar: Any = click.progressbar(length=1, label=label, file=sys.stderr)

    def __enter__(self) -> Self:
        self._bar.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        self._bar.__exit__(*raised)

    def at(self, done: int, total: int) -> None:
        """So many are done, of so many."""
        self._bar.length = total
        self._bar.update(done - self._bar.pos)


def _authority(db: Db, code: str) -> UUID:
    try:
        return people.authority_by_code(db, code).id
    except NotFound:
        raise click.ClickException("There is no authority with this code.") from None


def _known(db: Db, called: str, day: date) -> UUID:
    try:
        person_id: UUID | None = UUID(called)
    except ValueError:
        person_id = sessions.account(db, called).person_id
    if person_id is None or not people.authorities_of(db, person_id, day):
        raise click.ClickException("No authority knows such a PA on that day. Check the id or the user name.")
    return person_id


def _said(found: Explained, language: str) -> str:
    told = texts.tell(found.verdict, say_in(language), language)
    head = f"{found.authority} {found.training} {found.scheme} {found.edition}: {told.decision} {told.amount}".rstrip()
    rest = [*told.reasons, *told.for_it, *(f"- {each}" for each in told.missing), told.deadline]
    return "\n".join([head, *(f"  {line}" for line in dict.fromkeys(rest) if line)])


command = funding_group
