"""`lms check`: read authored material as the site would, and run the worked cases it carries."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from lms import brought
from lms.assessment.shelf.coverage import Coverage, coverage
from lms.commands.base import FAILED
from lms.commands.progress import progress
from lms.core import shelves
from lms.core.clock import london_day, utc_now
from lms.core.content import ContentWrong, Problem
from lms.core.shelves import Shelves


@click.command()
@click.argument("packs", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="[PACK]...")
@click.option("--links", is_flag=True, help="Ask every web address whether it still answers. Needs the network.")
@click.option("--json", "as_json", is_flag=True, help="Write mistakes, notes, worked cases and coverage as JSON.")
@click.pass_context
def command(ctx: click.Context, packs: tuple[Path, ...], *, links: bool, as_json: bool) -> None:
    """Check the built-in material, with these content packs on top, and run its worked cases.

    Every mistake is a line with file and line number. Notes say what is allowed but worth a look: gaps, lengths,
    hard reading, dates that have come, missing sources, missing Welsh, questions that give their answer away.
    For each edition of published standards it says how many knowledge criteria have a lesson and a question or
    activity, and notes each that has not. Ends with 1 when there is a mistake; notes alone do not.
    """
    try:
        loaded = shelves.load(brought.LOADERS, [pack.absolute() for pack in packs], across=brought.ACROSS)
    except ContentWrong as wrong:
        _say(wrong.problems, [], [], (), as_json=as_json)
        ctx.exit(FAILED)
    notes = _notes(loaded, links=links)
    failures = [failure for run_cases in brought.CHECKS for failure in run_cases(loaded)]
    _say([], notes, failures, coverage(loaded), as_json=as_json)
    if failures:
        ctx.exit(FAILED)
    if not as_json:
        click.echo(f"All is well: {_counted(len(loaded), 'shelf', 'shelves')} loaded, worked cases hold.")


def _notes(loaded: Shelves, *, links: bool) -> list[Problem]:
    today = london_day(utc_now())
    notes = [note for look in brought.NOTES for note in look(loaded, today)]
    if links:
        with progress("Asking web addresses") as tell:
            notes += [note for ask in brought.LINKS for note in ask(loaded, tell)]
    return sorted(notes)


def _say(
    mistakes: Sequence[Problem],
    notes: Sequence[Problem],
    failures: Sequence[str],
    covered: Sequence[Coverage],
    *,
    as_json: bool,
) -> None:
    if as_json:
        found = {"mistakes": [_plain(each) for each in mistakes], "notes": [_plain(each) for each in notes]}
        rest = {"cases": list(failures), "coverage": [each.plain() for each in covered]}
        click.echo(json.dumps({**found, **rest}, ensure_ascii=False, indent=2))
        return
    for note in notes:
        click.echo(f"note: {note}")
    for each in covered:
        click.echo(each.sentence)
    for wrong in (*mistakes, *failures):
        click.echo(str(wrong), err=True)
    if mistakes or failures:
        click.echo(_counted(len(mistakes) + len(failures), "mistake") + ".", err=True)


def _plain(problem: Problem) -> dict[str, str | int | None]:
    return {"path": str(problem.path), "line": problem.line or None, "message": problem.message}


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
