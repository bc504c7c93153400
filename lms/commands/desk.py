"""`lms desk recount`: count where everybody stands again over the facts, say what was otherwise, and mend it."""

import sys
from collections.abc import Mapping
from typing import Any

import click

from lms.commands.base import Place
from lms.commands.progress import progress
from lms.programme.desk import keeping

MOST_SAID = 20
"""Differences that are said one by one; the others are counted."""


@click.group("desk")
def command() -> None:
    """The coordinator's desk."""


@command.command()
@click.option(
    "--check", is_flag=True, help="Only look: say what is otherwise, mend nothing, and end with 1 if anything is."
)
@click.pass_obj
def recount(place: Place, *, check: bool) -> None:
    """Count where every enrolment stands again over the facts, and mend what is kept where it says otherwise.

    The desk's numbers and lists come from these rows. Everybody can go on working meanwhile, and it can be stopped at
    any moment and begun again.
    """
    house = place.house()
    found = 0
    with progress("Counting again") as tell:
        for each in keeping.recount(house, house.clock(), check=check, tell=tell):
            found += 1
            if found <= MOST_SAID:
                click.echo(f"{each.enrolment_id}: {_said(each.kept)}; counted again: {_said(each.counted)}")
    if not found:
        click.echo("Every row is as a recount gives it.")
    elif check:
        click.echo(f"{found} rows are otherwise. Run this without --check to mend them.")
        sys.exit(1)
    else:
        click.echo(f"{found} rows were otherwise and are mended.")


def _said(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return "no row"
    return " ".join([str(row["state"]), *(str(row[name]) for name in ("waits_for", "why", "since") if row[name])])
