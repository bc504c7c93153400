"""What a line of the queue says: put together here, so that the template of a long list calls nothing."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from markupsafe import Markup

from lms.assessment.queues import leases
from lms.assessment.queues.queries import QueueRow
from lms.core import i18n
from lms.core.web.saying import say
from lms.core.web.texts import _, _n, language


class Line(NamedTuple):
    """A line. `waited`, `due` and `held` are sentences; `due` is empty without a day, `held` when it is not open."""

    key: str
    title: Markup
    name: str
    waited: str
    due: str
    is_due: bool
    held: str
    mine: bool
    taken: bool
    step: str


def lines(rows: Iterable[QueueRow], on: date) -> list[Line]:
    """The lines of a page on a day, in the language of the page."""
    tongue = language()
    waits_since, due_on, was_due = _("Waits since %(day)s"), _("Due on %(day)s"), _("Was due on %(day)s")

    def day(value: date | datetime) -> dict[str, str]:
        return {"day": i18n.day(value, tongue)}

    def due(value: date | None) -> str:
        return (was_due if value < on else due_on) % day(value) if value else ""

    return [
        Line(
            key=one.key,
            title=say(one.title, {**one.values, "name": row.name}),
            name=row.name,
            waited=f"{waits_since % day(one.since)}, {_days(row.days)}",
            due=due(one.due_on),
            is_due=one.due_on is not None and one.due_on <= on,
            held=_held(row),
            mine=row.mine,
            taken=row.taken,
            step=_(one.step),
        )
        for row in rows
        for one in (row.waiting,)
    ]


def _days(days: int) -> str:
    return _n("%(num)s day", "%(num)s days", days) if days else _("today")


def _held(row: QueueRow) -> str:
    if row.held is None:
        return ""
    until = leases.clock_time(row.held.until)
    if row.mine:
        return _("You have this open until %(until)s.", until=until)
    return _(
        "%(name)s has this open since %(since)s. It is free again at %(until)s.",
        name=row.held_by,
        since=leases.clock_time(row.held.since),
        until=until,
    )
