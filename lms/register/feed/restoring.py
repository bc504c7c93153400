"""After a backup was put back: no number is given a second time, so that no system misses what it never had."""

from sqlalchemy import Connection, column, exists, insert, inspect, literal, select, table, update

from lms.register.feed.models import FeedHead

STRIDE = 10**9
"""More numbers than can have been given between a backup and the loss of what came after it."""

_ORGANISATION = table("lms_organisation", column("id"), column("kind"))


def begin_anew(connection: Connection) -> None:
    """Move every feed on to the next thousand million, with its floor.

    Whoever asks from a number given before is told to begin with the list (410), as somebody who stayed away too
    long: entries after the backup are lost, and others would come under their numbers. It belongs to the transaction
    that puts the rows back, whichever migration they stand at.
    """
    if not inspect(connection).has_table(FeedHead.__tablename__):
        return
    moved = (FeedHead.last // STRIDE + 1) * STRIDE
    connection.execute(update(FeedHead).values(last=moved, floor=moved))
    told_nothing = ~exists().where(FeedHead.authority_id == _ORGANISATION.c.id)
    others = select(_ORGANISATION.c.id, literal(STRIDE), literal(STRIDE)).where(
        _ORGANISATION.c.kind == "authority", told_nothing
    )
    connection.execute(insert(FeedHead).from_select(["authority_id", "last", "floor"], others))
