"""`lms keys …`: the keys an authority's certificates are sealed with, at the terminal.

The group is found as `command`, the name every command module uses; `ctx.obj` gives the house.
"""

from uuid import UUID

import click

from lms.certification.keys import queries, services
from lms.certification.keys.queries import PublicKey
from lms.certification.keys.rules import Purpose
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound
from lms.people import queries as people

_purpose = click.option(
    "--purpose",
    type=click.Choice([str(each) for each in Purpose]),
    default=str(Purpose.SEAL),
    help="Seals of papers, or credentials. Seals when nothing is said.",
)


@click.group("keys")
def keys_group() -> None:
    """The keys certificates are sealed with. Private halves are files in the folder of keys (LMS_KEYS)."""


@keys_group.command("list")
@click.argument("authority")
@click.pass_context
def list_keys(ctx: click.Context, *, authority: str) -> None:
    """List every key of AUTHORITY, a code such as RIVERMERE, the newest of each purpose first."""
    house: House = ctx.obj.house()
    with house.database.reading() as db:
        where = _authority(db, authority)
        found = [each for purpose in Purpose for each in queries.every(db, where, purpose)]
    signing: set[Purpose] = set()
    for each in found:
        first = each.purpose not in signing and _may_sign(house, each)
        signing |= {each.purpose} if first else set()
        click.echo(_line(each, _state(house, each, signs=first)))
    if not found:
        click.echo(f"{authority} has no keys yet. The first is made when its first certificate is printed.")


@keys_group.command()
@click.argument("authority")
@_purpose
@click.pass_context
def new(ctx: click.Context, *, authority: str, purpose: str) -> None:
    """Make a new key for AUTHORITY. It signs from now on; what earlier ones signed stays good."""
    house: House = ctx.obj.house()
    with house.database.writing() as db:
        made = services.new(db, house, _authority(db, authority), Purpose(purpose), house.clock())
    click.echo(_line(made, "signs from now on"))


@keys_group.command()
@click.argument("authority")
@click.argument("key", type=click.UUID)
@click.pass_context
def retire(ctx: click.Context, *, authority: str, key: UUID) -> None:
    """Let KEY of AUTHORITY sign nothing more. What it signed stays good, and its public half stays for ever.

    Its file may be removed afterwards. Where it was the only one, a new one is made at next need.
    """
    house: House = ctx.obj.house()
    with house.database.writing() as db:
        where = _authority(db, authority)
        try:
            known = queries.key(db, key).authority_id == where
        except NotFound:
            known = False
        if not known:
            raise click.ClickException("This authority has no such key. `lms keys list` shows those it has.")
        services.retire(db, key_id=key, by=None, now=house.clock())
    with house.database.reading() as db:
        click.echo(_line(queries.key(db, key), "retired"))


def _authority(db: Db, code: str) -> UUID:
    try:
        return people.authority_by_code(db, code).id
    except NotFound:
        raise click.ClickException(f"There is no authority {code}.") from None


def _may_sign(house: House, key: PublicKey) -> bool:
    return key.retired_at is None and services.is_here(house, key)


def _state(house: House, key: PublicKey, *, signs: bool) -> str:
    if key.retired_at is not None:
        return f"retired {key.retired_at:%Y-%m-%d}"
    if signs:
        return "signs"
    return "kept for checking" if services.is_here(house, key) else "kept for checking; its private half is not here"


def _line(key: PublicKey, state: str) -> str:
    return f"{key.id}  {key.purpose:<10} {key.made_at:%Y-%m-%d}  SHA-256 {key.fingerprint[:16]}…  {state}"


command = keys_group
