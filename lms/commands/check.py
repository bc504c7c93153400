"""`lms check`: read authored material as the site would, and run the worked cases it carries."""

from pathlib import Path

import click

from lms import wiring
from lms.commands.base import FAILED
from lms.core import shelves
from lms.core.clock import london_day, utc_now
from lms.core.content import ContentWrong


@click.command()
@click.argument("packs", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="[PACK]...")
@click.pass_context
def command(ctx: click.Context, packs: tuple[Path, ...]) -> None:
    """Check the built-in material, with these content packs on top, and run its worked cases.

    Every mistake is a line with file and line number. Notes say what is allowed but worth a look.
    """
    try:
        loaded = shelves.load(wiring.LOADERS, [pack.absolute() for pack in packs])
    except ContentWrong as wrong:
        for problem in wrong.problems:
            click.echo(str(problem), err=True)
        click.echo(_counted(len(wrong.problems), "mistake") + ".", err=True)
        ctx.exit(FAILED)
    today = london_day(utc_now())
    for note in (note for look in wiring.NOTES for note in look(loaded, today)):
        click.echo(f"note: {note}")
    failures = [failure for run_cases in wiring.CHECKS for failure in run_cases(loaded)]
    for failure in failures:
        click.echo(failure, err=True)
    if failures:
        click.echo(_counted(len(failures), "mistake") + ".", err=True)
        ctx.exit(FAILED)
    click.echo(f"All is well: {_counted(len(loaded), 'shelf', 'shelves')} loaded, worked cases hold.")


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
