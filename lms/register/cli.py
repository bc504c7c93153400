"""`lms register …`: the command line's way to ask what a page would say, and to have everybody read again.

The group is found as `command`, the name every command module uses; `ctx.obj` gives the house.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self
from uuid import UUID

import click

from lms.core.clock import london_day
from lms.core.content import Problems
from lms.core.db import Db
from lms.core.house import House
from lms.core.i18n import LANGUAGE_NAMES, say_in
from lms.core.words import NotFound
from lms.people import queries as people
from lms.people import sessions
from lms.people.queries import OrganisationView
from lms.register import queries, rereading
from lms.register.authoring import queries as authoring
from lms.register.changing.comparing import Change, everybody
from lms.register.changing.knowing import with_edition
from lms.register.changing.rules import Affected, Effect
from lms.register.checks import forgetting
from lms.register.content import read
from lms.register.kinds import Circumstance
from lms.register.queries import Judged
from lms.register.stored import as_data
from lms.register.texts import Row, Told, tell


@click.group("register")
def register_group() -> None:
    """Who may be listed on an authority's register, and why."""


@register_group.command()
@click.argument("person")
@click.option("--authority", required=True, help="Code of the authority, such as RIVERMERE.")
@click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), help="The day to ask about; today by default.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole verdict as JSON, with every reason by its code.")
@click.option("--language", type=click.Choice([str(tongue) for tongue in LANGUAGE_NAMES]), default="en")
@click.pass_context
def explain(
    ctx: click.Context,
    *,
    person: str,
    authority: str,
    on: datetime | None,
    as_json: bool,
    language: str,
) -> None:
    """Say what the rules of an authority say of PERSON: what is missing, why, and what to do next.

    PERSON is an id, or the user name or e-mail address somebody signs in with.

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


@register_group.command()
@click.option("--authority", help="Code of one authority, such as RIVERMERE; all by default.")
@click.option("--only-due", is_flag=True, help="Only those whose day has come or whose rules have changed.")
@click.pass_context
def reread(ctx: click.Context, *, authority: str | None, only_due: bool) -> None:
    """Work out every PA's standing again, a few at a time, while everybody goes on working.

    It can be stopped at any moment and begun again: with --only-due it goes on where it was.
    """
    house: House = ctx.obj.house()
    now = house.clock()
    with house.database.reading() as db:
        where = _authority(db, authority).id if authority else None
        ids = [where] if where else list(authoring.authorities_with_rules(db))
    if not only_due:
        for each in ids:
            rereading.ask_for_all(house, each, now=now)
    with _Bar("Reading again") as far:
        done = rereading.reread(house, now=now, authority_id=where, tell=far.at)
    click.echo(f"{done} read again.")


@register_group.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--authority", required=True, help="Code of the authority, such as RIVERMERE.")
@click.option("--csv", "as_csv", is_flag=True, help="Print everybody it would affect as CSV, with why, by their ids.")
@click.pass_context
def impact(ctx: click.Context, *, file: Path, authority: str, as_csv: bool) -> None:
    """Say what the rules in FILE would change for an authority's PAs, if they were published. Nothing is written.

    Verdicts are those of the rules' first day, or of today when that has passed, from what is recorded now.
    """
    house: House = ctx.obj.house()
    problems = Problems()
    edition = read(file.name, file.read_text(encoding="utf-8"), problems)
    if edition is None or problems.found:
        raise click.ClickException("\n".join(str(each) for each in problems.found) or "These are no register rules.")
    today = london_day(house.clock())
    if edition.file.code != authority:
        raise click.ClickException(f"These are the rules of {edition.file.code}.")
    with house.database.reading() as db:
        where = _authority(db, authority)
        change = with_edition(db, where.id, edition, max(edition.rules.valid_from, today))
    if change is None:
        raise click.ClickException("This authority has no rules on that day that these could be compared with.")
    with _Bar("Looking") as far:
        found = list(everybody(house, change, tell=far.at))
    for line in _csv(found) if as_csv else _numbers(found, change):
        click.echo(line)


@register_group.command("forget-decisions")
@click.option("--authority", required=True, help="Code of the authority, such as RIVERMERE.")
@click.option("--confirm", is_flag=True, help="Forget them. Without this it is only said what would go.")
@click.pass_context
def forget_decisions(ctx: click.Context, *, authority: str, confirm: bool) -> None:
    """Forget records of decisions about DBS certificates whose years are over; first say which, and change nothing."""
    house: House = ctx.obj.house()
    now = house.clock()
    with house.database.reading() as db:
        where = _authority(db, authority)
        found = forgetting.due(db, where.id, london_day(now))
    for each in found:
        click.echo(f"{each.person_id}  last step on {each.last_on.isoformat()}")
    if confirm:
        click.echo(f"Forgotten: {forgetting.forget(house, where.id, now=now)}")
    else:
        click.echo(f"Would be forgotten: {len(found)}. Nothing was changed; add --confirm to forget them.")


def _numbers(found: Sequence[tuple[UUID, Affected]], change: Change) -> Iterator[str]:
    yield f"{change.will.authority} {change.will.edition}, on {change.on}:"
    for effect in Effect:
        ours = [one for _, one in found if one.effect is effect]
        why = Counter(code for one in ours for code in (one.fewer if effect in _BETTER else one.more))
        said = ", ".join(f"{code} {number}" for code, number in why.most_common())
        if effect is Effect.LOSES and ours:
            said = f"shown to employers now: {sum(one.shown for one in ours)}; {said}"
        yield f"  {effect.value:<10} {len(ours):>7}" + (f"  ({said})" if said else "")


_BETTER = {Effect.GAINS, Effect.LESS}


def _csv(found: Sequence[tuple[UUID, Affected]]) -> Iterator[str]:
    yield "person,effect,now,then,newly_missing,no_longer_missing"
    for person_id, one in found:
        yield f"{person_id},{one.effect},{one.was},{one.will},{' '.join(one.more)},{' '.join(one.fewer)}"


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
        """Draw how far it is."""
        self._bar.length = max(total, 1)
        self._bar.update(done - self._bar.pos)


def _authority(db: Db, code: str) -> OrganisationView:
    try:
        return people.authority_by_code(db, code)
    except NotFound:
        raise click.ClickException("There is no authority with this code.") from None


def _person(db: Db, called: str) -> UUID | None:
    try:
        return UUID(called)
    except ValueError:
        return sessions.account(db, called).person_id


def _asked(db: Db, called: str, authority: str, day: date) -> tuple[Judged, frozenset[Circumstance]]:
    try:
        where = people.authority_by_code(db, authority)
    except NotFound:
        where = None
    person = _person(db, called)
    if where is None or person is None or not queries.knows(db, where.id, person, day):
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
