"""`lms doctor`: how the site is."""

import click

from lms.commands.base import FAILED, Place
from lms.commands.progress import progress
from lms.core.clock import utc_now
from lms.core.doctor import Level, examine


@click.command()
@click.option("--quiet", "-q", is_flag=True, help="Say only what is wrong; for monitoring.")
@click.pass_obj
@click.pass_context
def command(ctx: click.Context, place: Place, *, quiet: bool) -> None:
    """Look at database, chain of facts, waiting work, stored files and disk; change nothing.

    Ends with 1 when anything is wrong.
    """
    house, wrong = place.house(), 0
    with progress("Looking at stored files") as tell:
        for finding in examine(house, now=utc_now(), tell=tell):
            bad = finding.level is Level.WRONG
            wrong += bad
            if bad or not quiet:
                click.echo(f"{finding.level:5}  {finding.about:9}  {finding.sentence}", err=bad)
    if wrong:
        ctx.exit(FAILED)
