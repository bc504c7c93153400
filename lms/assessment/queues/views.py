"""The queue: one page for everybody something waits for, and what has waited long for a coordinator."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.queues import leases, queries, services
from lms.assessment.queues.labels import KINDS
from lms.assessment.queues.lines import lines
from lms.assessment.queues.rules import LEASE, Waits
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import house, now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

pages = room("queues", __name__)

AT_ONCE = 25
"""Lines on a page: a morning's work, and a page that is quick on an old phone."""

_EVERYBODY = (Role.ASSESSOR, Role.EMPLOYER, Role.REPRESENTATIVE, Role.QUALITY_ASSURER, Role.COORDINATOR)


@pages.get("/queue")
@requires(*_EVERYBODY)
def queue() -> ResponseReturnValue:
    """What waits for the viewer, in order, each with its next step."""
    kind, number = _kind(), page_number()
    found = queries.queue(
        unit(),
        viewer(),
        today(),
        now=now(),
        waits=house().waits,
        kind=kind,
        offset=(number - 1) * AT_ONCE,
        limit=AT_ONCE,
    )
    return render_template(
        "lms/assessment/queues/queue.html",
        page=Page(lines(found.rows, today()), number, found.total, AT_ONCE),
        pagination=pagination,
        kinds=found.kinds,
        kind=kind,
        labels=KINDS,
        minutes=int(LEASE.total_seconds() // 60),
        coordinates=viewer().has(Role.COORDINATOR),
    )


def _kind() -> Waits | None:
    asked = request.args.get("kind", "")
    return Waits(asked) if asked in set(Waits) else None


@pages.post("/queue/open")
@requires(*_EVERYBODY)
def open_thing() -> ResponseReturnValue:
    """Open one thing for a while, and go where it is seen to."""
    try:
        one = services.open_thing(unit(), viewer(), key=request.form.get("thing", ""), waits=house().waits, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
        return redirect(url_for(".queue"))
    except NotFound:
        flash(_("This does not wait for you any more. Perhaps somebody has seen to it."), "lms_note")
        return redirect(url_for(".queue"))
    unit().commit()
    return redirect(url_for(one.endpoint, **one.args))


@pages.post("/queue/put-back")
@requires(*_EVERYBODY)
def put_back() -> ResponseReturnValue:
    """Let others open it."""
    leases.put_back(unit(), thing=request.form.get("thing", "")[:120], by=viewer().person_id)
    unit().commit()
    flash(_("Others can open it now."), "lms_done")
    return redirect(url_for(".queue"))


@pages.get("/queue/waited-long")
@requires(Role.COORDINATOR)
def late() -> ResponseReturnValue:
    """What has waited long for others in the authority."""
    authority, number = authority_for(Role.COORDINATOR), page_number()
    found, total = queries.late(unit(), authority, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/assessment/queues/late.html", page=Page(found, number, total), pagination=pagination, labels=KINDS
    )
