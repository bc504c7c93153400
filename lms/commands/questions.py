"""`lms questions …`: questions from other systems into a pack, and a module's questions out of PALMS."""

from collections.abc import Sequence
from pathlib import Path

import click

from lms import brought
from lms.commands.base import FAILED, Sorry
from lms.core import shelves
from lms.core.content import ContentWrong
from lms.learning.authoring.drafts import Imported, TooMuch, imported
from lms.learning.authoring.files import read_file
from lms.learning.authoring.gift_out import gift_of
from lms.learning.catalogue import Courses, Module

_PACKS = click.option(
    "--pack",
    "packs",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A pack to read with the built-in material; can be given several times.",
)


@click.group("questions")
def questions_group() -> None:
    """Bring questions in from GIFT and Moodle XML, and write them out as GIFT."""


@questions_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--module", required=True, help="Code of the module the questions are for, such as PAI-1.")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="The pack that gets the questions.")
@click.option("--outcome", help="For questions that name no outcome; the module's first by default.")
@_PACKS
@click.option("--dry-run", is_flag=True, help="Say what would be kept and what not, and write nothing.")
@click.pass_context
def import_(
    ctx: click.Context,
    *,
    file: Path,
    module: str,
    into: Path | None,
    outcome: str | None,
    packs: tuple[Path, ...],
    dry_run: bool,
) -> None:
    """Read FILE and add its questions to modules/MODULE/questions-to-check.yaml of a pack.

    Everything that cannot be kept is named with its line. The new file stands beside questions.yaml until somebody has
    written what is missing and moved the questions over: nothing unfinished reaches learners.
    """
    if into is None and not dry_run:
        raise Sorry("Say where to write with --into PACK, or look first with --dry-run.")
    taught = _module(module, packs)
    outcomes = [each.code for each in taught.outcomes]
    try:
        reading = read_file(file.name, file.read_bytes())
        came = imported(
            reading,
            module=taught.code,
            outcome=outcome if outcome in outcomes else outcomes[0],
            outcomes=outcomes,
            taken=set(taught.by_code()),
        )
    except TooMuch as trouble:
        raise Sorry(str(trouble)) from trouble
    for finding in came.findings:
        click.echo(f"{file}:{finding.line}: {finding.message}", err=True)
    click.echo(f"{came.count} of {len(reading.drafts)} questions can be used.")
    if came.count == 0:
        ctx.exit(FAILED)
    if not dry_run and into is not None:
        click.echo(f"Written to {_written(came, into, taught)}. Fill what is missing, then move it to questions.yaml.")


@questions_group.command("export")
@click.option("--module", required=True, help="Code of the module, such as PAI-1.")
@_PACKS
def export(*, module: str, packs: tuple[Path, ...]) -> None:
    """Print a module's questions as GIFT, in English. What GIFT cannot say is left out with a remark."""
    click.echo(gift_of(_module(module, packs).questions), nl=False)


def _module(code: str, packs: Sequence[Path]) -> Module:
    try:
        courses = shelves.load(brought.LOADERS, [pack.absolute() for pack in packs], across=brought.ACROSS)[Courses]
    except ContentWrong as wrong:
        raise Sorry(*map(str, wrong.problems)) from wrong
    assert isinstance(courses, Courses)
    if code not in courses.modules:
        raise Sorry(f"There is no module “{code}”. There are: {', '.join(courses.modules)}.")
    return courses.modules[code]


def _written(came: Imported, pack: Path, module: Module) -> Path:
    path = pack / "modules" / module.code / "questions-to-check.yaml"
    if path.exists():
        raise Sorry(f"{path} is there already. Work through it first, or take it away.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(came.text, encoding="utf-8")
    return path


command = questions_group
