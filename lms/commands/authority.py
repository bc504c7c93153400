"""`lms authority`: the first thing a new site needs, an authority with its name."""

import click

from lms.commands.base import Place, Sorry
from lms.core.clock import utc_now
from lms.core.words import NotFound
from lms.people import queries, services
from lms.people.rules import Nation, OrganisationKind


@click.command()
@click.argument("code")
@click.argument("name")
@click.option("--name-cy", help="The name in Welsh.")
@click.option("--nation", type=click.Choice([n.value for n in Nation]), required=True, help="Whose law applies.")
@click.pass_obj
def command(place: Place, *, code: str, name: str, name_cy: str | None, nation: str) -> None:
    """Add the authority NAME under CODE, the word by which register rules and schemes know it.

    Then invite its first people with `lms invite`.
    """
    with place.house().database.writing() as db:
        try:
            queries.authority_by_code(db, code)
        except NotFound:
            services.add_organisation(
                db,
                kind=OrganisationKind.AUTHORITY,
                code=code,
                name=name,
                name_cy=name_cy,
                nation=Nation(nation),
                now=utc_now(),
            )
        else:
            raise Sorry(f"There is an authority {code} already.")
    click.echo(f"{name} is added under the code {code}.")
