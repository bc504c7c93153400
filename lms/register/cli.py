"""`lms register …`: the command line's way to ask what a page would say. It reads only.

The group is found as `command`, the name every command module uses; `ctx.obj` gives the house.
"""

import json
from datetime import date, datetime
from uuid import UUID

import click

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.i18n import LANGUAGE_NAMES, say_in
from lms.core.words import NotFound
from lms.people import queries as people
from lms.register import queries
from lms.register.kinds import Circumstance
from lms.register.queries import Judged
from lms.register.stored import as_data
from lms.register.texts import Row, Told, tell


@click.group("register")
def register_group() -> None:
    """Who may be listed on an authority's register, and why."""


@register_group.command()
@click.argument("person", type=click.UUID)
@click.option("--authority", required=True, help="Code of the authority, such as RIVERMERE.")
@click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), help="The day to ask about; today by default.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole verdict as JSON, with every reason by its code.")
@click.option("--language", type=click.Choice([str(tongue) for tongue in LANGUAGE_NAMES]), default="en")
@click.pass_context
def explain(
    ctx: click.Context,
    *,
    person: UUID,
    authority: str,
    on: datetime | None,
    as_json: bool,
    language: str,
) -> None:
    """Say what the rules of an authority say of PERSON, an id: what is missing, why, and what to do next.

    The answer is worked out from everything recorded by now that is dated up to that day. Nothing is written.
    """
    house: House = ctx.obj.house()
    day = on.date() if on else london_day(house.clock())
    with house.database.reading() as db:
        judged, answered = _asked(db, person, authority, day)
        if as_json:
            click.echo(json.dumps(as_data(judged.verdict), indent=2, ensure_ascii=False))
            return
        told = tell(judged.verdict, judged.edition, say=say_in(language), language=language, answered=answered)
    click.echo(_printed(told, judged))


def _asked(db: Db, person: UUID, authority: str, day: date) -> tuple[Judged, frozenset[Circumstance]]:
    try:
        where = people.authority_by_code(db, authority)
    except NotFound:
        where = None
    if where is None or not queries.knows(db, where.id, person, day):
        raise click.ClickException("This authority knows no such PA on that day. Check the id and the code.")
    judged = queries.verdict_of(db, person, where.id, day)
    if judged is None:
        raise click.ClickException("This authority has no register rules on that day.")
    return judged, frozenset(queries.circumstances_of(db, person, where.id))


def _printed(told: Told, judged: Judged) -> str:
    rules = judged.edition.rules
    head = [f"{rules.authority} {rules.edition}: {told.headline}", told.because, told.adverts, told.until]
    rows = [_line(row) for row in (*told.to_do, *told.recommended, *told.done, *told.not_applicable)]
    return "\n".join([*(line for line in head if line), *rows])


def _line(row: Row) -> str:
    return f"  {row.code:<12} {row.state}: {row.title}. {row.why} {row.next_step}".rstrip()


command = register_group
