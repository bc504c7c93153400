"""`lms organisation`: a college, provider or support organisation that works with an authority."""

from datetime import date, datetime, timedelta
from uuid import UUID

import click

from lms.commands.base import Place, Sorry
from lms.core.clock import london_day, utc_now
from lms.core.db import Db
from lms.core.words import NotFound
from lms.people import agreements, queries, services
from lms.people.rules import OrganisationKind

KINDS = [
    kind.value
    for kind in OrganisationKind
    if kind not in {OrganisationKind.AUTHORITY, OrganisationKind.INDIVIDUAL_EMPLOYER}
]


@click.command()
@click.argument("code")
@click.argument("name")
@click.option("--kind", type=click.Choice(KINDS), required=True, help="What it is.")
@click.option("--authority", required=True, help="The code of the authority it has an agreement with from today on.")
@click.option("--user-led", is_flag=True, help="It is run by and for disabled people.")
@click.option(
    "--last-day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The last day of the agreement. One that holds already ends then; permissions of employers end with it.",
)
@click.pass_obj
def command(
    place: Place, *, code: str, name: str, kind: str, authority: str, user_led: bool, last_day: datetime | None
) -> None:
    """Add the organisation NAME under CODE, with an agreement with an authority.

    One that is here already gets the agreement only. Then invite its assessors with `lms invite --organisation CODE`.
    """
    now = utc_now()
    with place.house().database.writing() as db:
        try:
            here = queries.authority_by_code(db, authority)
        except NotFound as missing:
            raise Sorry(f"There is no authority {authority}. Add it first: lms authority --help") from missing
        try:
            partner = queries.organisation_by_code(db, code).id
        except NotFound:
            partner = services.add_organisation(
                db,
                kind=OrganisationKind(kind),
                code=code,
                name=name,
                nation=here.nation,
                user_led=user_led,
                now=now,
            )
        until = last_day.date() if last_day else None
        _agree(db, here.id, partner, until, london_day(now))
    click.echo(f"{name} works with {here.name} {f'up to {until}' if until else 'from today on'}.")


def _agree(db: Db, authority_id: UUID, partner: UUID, until: date | None, today: date) -> None:
    """The agreement of today ends on the day that is named; where there is none, it begins today."""
    if until is not None:
        if until < today - timedelta(days=1):
            raise Sorry("The last day is yesterday at the earliest: what was done before stands.")
        try:
            agreements.end(db, authority_id=authority_id, organisation_id=partner, until=until, today=today)
        except NotFound:
            if until < today:
                raise Sorry("There is no agreement that could end.") from None
        else:
            return
    services.make_agreement(db, authority_id=authority_id, organisation_id=partner, since=today, until=until)
