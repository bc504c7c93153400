"""`lms invite`: the first people of an authority; from then on its coordinators invite by their own pages."""

import click

from lms.commands.base import Place, Sorry
from lms.core.clock import utc_now
from lms.core.words import NotFound, Refused
from lms.people import invitations, queries
from lms.people.rules import ROLES_IN, OrganisationKind, Role

ROLES = sorted(role.value for role in ROLES_IN[OrganisationKind.AUTHORITY] - {Role.PA})


@click.command()
@click.argument("name")
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), required=True, help="What they will do.")
@click.option("--authority", required=True, help="The authority's code.")
@click.option("--language", type=click.Choice(["en", "cy"]), default="en", show_default=True)
@click.pass_obj
def command(place: Place, *, name: str, email: str, role: str, authority: str, language: str) -> None:
    """Invite NAME at EMAIL to a role in an authority.

    Prints the link once, so that you can hand it over yourself while mail is not set up; mail is sent as well.
    """
    house = place.house()
    try:
        with house.database.writing() as db:
            here = queries.authority_by_code(db, authority).id
            secret = invitations.invite(
                db,
                name=name,
                email=email,
                role=Role(role),
                organisation_id=here,
                authority_id=here,
                language=language,
                by=None,
                now=utc_now(),
            )
    except NotFound as missing:
        raise Sorry(f"There is no authority {authority}. Add it with: lms authority {authority} NAME") from missing
    except Refused as refusal:
        raise Sorry(str(refusal)) from refusal
    click.echo(f"{name} joins by this link, which works once, for 28 days:")
    click.echo(f"{house.settings.base_url}/invitation/{secret}")
