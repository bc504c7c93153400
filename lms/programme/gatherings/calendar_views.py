"""Calendars: one event as a file, one's own secret address, and what a calendar program gets there."""

from hashlib import sha256
from uuid import UUID

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification.checking import throttle
from lms.certification.checking.rules import Tried
from lms.core.web import place as places
from lms.core.web.notes import flash
from lms.core.web.state import close_unit, house, now, unit
from lms.core.web.texts import _, language
from lms.core.words import NotFound
from lms.people.guards import public, requires, viewer
from lms.programme.gatherings import calendars, feeding, ical, queries
from lms.programme.gatherings.doors import pages
from lms.programme.gatherings.knowing import COMES

_LONGEST = 60


@pages.get("/events/<uuid:gathering_id>.ics")
@requires(*COMES)
def event_file(gathering_id: UUID) -> ResponseReturnValue:
    """One event for one's calendar."""
    found = queries.one_for(unit(), gathering_id, viewer().person_id, now())
    if found.standing is None:
        raise NotFound("event")
    entry = feeding.entry_of(found, house().settings.base_url, language())
    response = _calendar(ical.calendar([entry], name=_("Event")))
    response.headers["Content-Disposition"] = 'attachment; filename="event.ics"'
    return response


@pages.route("/events/calendar", methods=["GET", "POST"])
@requires(*COMES)
def calendar() -> ResponseReturnValue:
    """Make the secret address of one's calendar, or a new one. The page that follows shows it, this one time."""
    someone = viewer().person_id
    if request.method == "POST":
        secret = calendars.renew(unit(), by=someone, now=now())
        unit().commit()
        address = house().settings.base_url + url_for(".feed", secret=secret)
        return render_template("lms/programme/gatherings/calendar.html", address=address, made_at=now())
    made = calendars.made_at(unit(), someone)
    return render_template("lms/programme/gatherings/calendar.html", address="", made_at=made)


@pages.post("/events/calendar/end")
@requires(*COMES)
def end_calendar() -> ResponseReturnValue:
    """From now on the address opens nothing."""
    calendars.end(unit(), by=viewer().person_id, now=now())
    unit().commit()
    flash(_("The address opens nothing any more."), "lms_done")
    return redirect(url_for(".calendar"))


@pages.get("/calendar/<secret>.ics")
@public
def feed(secret: str) -> ResponseReturnValue:
    """What a calendar program gets at a secret address: the events of one person, and no name of anybody.

    An address that opens nothing answers 404, whether there ever was such a one or not, and guessing is slowed.
    """
    where = places.place("calendar")
    person_id = calendars.whose(unit(), secret) if len(secret) <= _LONGEST and secret.isascii() else None
    if person_id is None:
        if throttle.wait_here(unit(), Tried.CALENDAR, place=where, now=now()):
            abort(429)
        close_unit()
        with house().database.writing() as db:
            throttle.count(db, Tried.CALENDAR, place=where, now=now())
        raise NotFound("calendar")
    entries = feeding.entries(unit(), person_id, now(), house().settings.base_url)
    data = ical.calendar(entries, name=_("PALMS events"))
    response = _calendar(data)
    response.headers["Cache-Control"] = "private, max-age=900"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.set_etag(sha256(data).hexdigest()[:32])
    return response.make_conditional(request)


def _calendar(data: bytes) -> Response:
    return Response(data, content_type=ical.KIND)
