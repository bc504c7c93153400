"""`python -m tests.benchmarks`: what `make bench` runs. See docs/benchmarks.md."""

import json
import logging
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import structlog

from tests.benchmarks import country, funding, inside, issuing, many, sites, story, table
from tests.benchmarks.bench import SMALL, Bench
from tests.benchmarks.country import Country


@click.command(context_settings={"show_default": True})
@click.option("--learners", default=2000, type=click.IntRange(1), help="How many learners the country has.")
@click.option("--seed", default=2026, help="The country's people and places follow from it.")
@click.option(
    "--database",
    default="",
    help="postgresql://… of a server, instead of SQLite; databases are made there and dropped.",
)
@click.option("--postgres", is_flag=True, help="PostgreSQL from the wheel, started for this run.")
@click.option("--scale/--no-scale", default=None, help=f"Compare with {SMALL} learners; on for any larger country.")
@click.option("--only", default="", help="Only pages and jobs with this in their name.")
@click.option("--seconds", default=0.5, help="How long each page is opened.")
@click.option("--pages/--no-pages", "with_pages", default=True, help="Measure pages.")
@click.option("--jobs/--no-jobs", "with_jobs", default=True, help="Measure jobs.")
@click.option("--profile", is_flag=True, help="Say where the time of each page goes, instead of measuring.")
@click.option(
    "--json", "json_file", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures there too."
)
def main(**given: Any) -> None:
    """Load a synthetic country, and print what each main page and job costs in it."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with ExitStack() as stack:
        run(Options(**given), stack)


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    learners: int
    seed: int
    database: str
    postgres: bool
    scale: bool | None
    only: str
    seconds: float
    with_pages: bool
    with_jobs: bool
    profile: bool
    json_file: Path | None

    @property
    def compared(self) -> bool:
        """Whether the same is measured in a small country too."""
        return not self.profile and (self.learners > SMALL if self.scale is None else self.scale)


def run(asked: Options, stack: ExitStack) -> None:
    """Load, measure and print; what was made for the run goes with the stack."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="palms-bench-")))
    server = stack.enter_context(sites.postgres(folder / "postgres")) if asked.postgres else asked.database
    say("making the demonstration that is copied")
    told = story.tell(folder / "story")

    def loaded(name: str, size: int) -> Country:
        say(f"loading {size} learners")
        url = stack.enter_context(sites.empty_database(server)) if server else ""
        made = country.load(told, folder / name, learners=size, seed=asked.seed, database_url=url)
        stack.callback(made.house.database.close)
        many.lay(made)
        issuing.lay(made)
        funding.lay(made)
        return made

    here = loaded("country", asked.learners)
    bench = Bench(here, loaded("small", SMALL) if asked.compared else None)
    _print(table.machine(here))
    if asked.profile:
        _print(inside.look(bench.openers(asked.only)))
        return
    costs = list(bench.pages(asked.only, seconds=asked.seconds, say=say)) if asked.with_pages else []
    done = list(bench.jobs(asked.only, say=say)) if asked.with_jobs else []
    if asked.with_jobs and not asked.only:
        done += bench.served(say=say)
    _print(["", *table.of_pages(costs), "", *table.of_jobs(done)])
    if asked.json_file is not None:
        kept = json.dumps(table.as_json(here, costs, done), indent=2)
        asked.json_file.write_text(kept + "\n", encoding="utf-8")


def say(doing: str) -> None:
    """What is being done, on stderr, so that the table can be kept by itself."""
    click.echo(f"… {doing}", err=True)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


main()
