"""`lms invite`: the first people of an authority; from then on its coordinators invite by their own pages."""

import click

from lms.commands.base import Place, Sorry
from lms.core.clock import utc_now
from lms.core.words import NotFound, Refused
from lms.people import invitations, queries
from lms.people.rules import ROLES_IN, OrganisationKind, Role

ROLES = sorted(role.value for role in ROLES_IN[OrganisationKind.AUTHORITY] - {Role.PA} | {Role.ADVISER})
"""PAs, employers and representatives are invited by coordinators, on their pages."""


@click.command()
@click.argument("name")
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), required=True, help="What they will do.")
@click.option("--authority", required=True, help="The authority's code.")
@click.option("--organisation", help="The code of a college or another partner, when the role is held there.")
@click.option("--language", type=click.Choice(["en", "cy"]), default="en", show_default=True)
@click.pass_obj
def command(
    place: Place, *, name: str, email: str, role: str, authority: str, organisation: str | None, language: str
) -> None:
    """Invite NAME at EMAIL to a role in an authority, or in an organisation that works with it.

    Prints the link once, so that you can hand it over yourself while mail is not set up; mail is sent as well.
    """
    house = place.house()
    try:
        with house.database.writing() as db:
            here = queries.authority_by_code(db, authority).id
            there = queries.organisation_by_code(db, organisation).id if organisation else here
            secret = invitations.invite(
                db,
                name=name,
                email=email,
                role=Role(role),
                organisation_id=there,
                authority_id=here,
                language=language,
                by=None,
                now=utc_now(),
            )
    except NotFound as missing:
        kind = str(missing)
        raise Sorry(
            f"There is no {kind} {organisation if kind == 'organisation' else authority}. "
            f"Add it first: lms {kind} --help"
        ) from missing
    except Refused as refusal:
        raise Sorry(str(refusal)) from refusal
    click.echo(f"{name} joins by this link, which works once, for 28 days:")
    click.echo(f"{house.settings.base_url}/invitation/{secret}")
