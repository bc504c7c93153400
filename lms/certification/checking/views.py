"""The public page that checks a certificate: by its number or address, by its holder's name, by the file itself."""

from datetime import timedelta
from typing import Any

from flask import Response, current_app, g, make_response, redirect, url_for
from flask import request as asked
from flask.typing import ResponseReturnValue

from lms.certification.checking import names, queries, throttle
from lms.certification.checking.face import face_of
from lms.certification.checking.files import asking
from lms.certification.checking.files.judging import JudgedFile, judge
from lms.certification.checking.forms import LARGEST_POST, FileForm, NameForm, VerifyForm
from lms.certification.checking.looking import EVERY, Looks
from lms.certification.checking.page import choose_language, keep_language, page_for
from lms.certification.checking.place import place
from lms.certification.checking.queries import CheckedView
from lms.certification.checking.rules import Tried, Way, minutes
from lms.certification.checking.slips import slip
from lms.certification.checking.token import check_token_for, token_for
from lms.certification.holder.rules import NameShown
from lms.certification.numbers import number_of, reads
from lms.certification.rules import Standing
from lms.core.web.rooms import room
from lms.core.web.state import close_unit, house, now, today
from lms.core.web.texts import _, _n
from lms.core.words import N_
from lms.people.guards import public, viewer_or_none

pages = room("checking", __name__)
pages.before_request(choose_language)
pages.url_defaults(keep_language)

_LOOKS = "lms_looks"

EXAMPLE = number_of(0)
"""The number that stands on examples of certificates (see `printing.specimens`)."""


@pages.get("/verify")
@public
def verify() -> ResponseReturnValue:
    """Enter the number of a certificate, or choose its file, to see whether it is genuine."""
    form = VerifyForm(asked.args if "number" in asked.args else None)
    if "number" in asked.args and form.validate():
        return redirect(url_for(".verified", number=reads(form.number.data or "")))
    return _entrance(form, FileForm())


@pages.route("/verify/<number>", methods=["GET", "POST"])
@public
def verified(number: str) -> ResponseReturnValue:
    """What a number stands for: every fact on the paper, how it stands, what it proves and what it does not.

    Posted is the name of its holder, to see whether it fits.
    """
    spelled = reads(number)
    if asked.method == "POST":
        check_token_for(spelled or "")
    if spelled is None:
        return _not_found(number)
    if spelled != number:
        return redirect(url_for(".verified", number=spelled))
    where = place()
    with house().database.looking() as connection:
        wait, found = queries.looked_up(connection, spelled, place=where, now=now())
    if wait:
        return _slow_down(wait)
    if found is None:
        return _slow_down(wait) if (wait := _count(Tried.NUMBER)) else _not_found(number, spelled)
    if asked.method == "POST":
        return _by_name(found, NameForm())
    _note(found, Way.PAGE)
    return _shown(found, None)


@pages.route("/verify/file", methods=["GET", "POST"])
@public
def file() -> ResponseReturnValue:
    """Check the file of a certificate in place. Nothing of it is kept."""
    if asked.method == "GET":
        return redirect(url_for(".verify"))
    form, where = FileForm(), place()
    data = form.bytes()
    if data is None:
        return _entrance(VerifyForm(None), form, wrong=form)
    with house().database.reading() as db:
        if wait := throttle.wait_here(db, Tried.FILE, place=where, now=now()):
            return _slow_down(wait)
    close_unit()  # nobody waits for us while the file is looked at
    try:
        judged = judge(house(), data, name=str(form.paper.data.filename))
    except asking.Busy:
        form.paper.errors = [_(asking.BUSY)]
        return _entrance(VerifyForm(None), form, wrong=form, status=503)
    if not judged.verdict.genuine and (wait := _count(Tried.FILE)):
        return _slow_down(wait)
    if judged.certificate:
        _note(judged.certificate, Way.FILE)
    return _judged(judged)


verified.own_token = True  # type: ignore[attr-defined]  # read before each request
file.largest_post = LARGEST_POST  # type: ignore[attr-defined]  # read before each request


def looks() -> Looks:
    """Where this process gathers looks; in tests they wait until somebody saves them."""
    kept = current_app.extensions.get(_LOOKS)
    if kept is None:
        every = None if house().settings.mode == "test" else EVERY
        kept = current_app.extensions.setdefault(_LOOKS, Looks(house(), every=every))
    found: Looks = kept
    return found


def _by_name(found: CheckedView, form: NameForm) -> ResponseReturnValue:
    """Say whether the name that was typed is the holder's; nothing else about it, and not often."""
    close_unit()
    if not form.validate():
        return _shown(found, form)
    with house().database.reading() as db:
        if wait := throttle.wait_here(db, Tried.NAME, place=place(), now=now(), about=found.id):
            form.name.errors = [_wait_sentence(wait)]
            return _shown(found, form, status=429, wait=wait)
    if names.matches(form.name.data or "", found.holder_name):
        _note(found, Way.NAME)
        return _shown(found, form, name_fits=True)
    wait = _count(Tried.NAME, found)
    form.name.errors = [_wait_sentence(wait) if wait else _("This name does not match.")]
    return _shown(found, form, status=429 if wait else 200, wait=wait)


def _count(tried: Tried, found: CheckedView | None = None) -> timedelta:
    """Remember a try that did not fit, in a unit of work of its own, so that it stays whatever comes after."""
    where = place()
    close_unit()
    with house().database.writing() as db:
        return throttle.count(db, tried, place=where, now=now(), about=found.id if found else None)


def _note(found: CheckedView, way: Way) -> None:
    """Count a look, unless holders look at their own."""
    someone = viewer_or_none()
    if someone is None or someone.person_id != found.holder_id:
        looks().note(found.id, on=today(), way=way)


def _shown(
    found: CheckedView,
    form: NameForm | None,
    *,
    name_fits: bool = False,
    status: int = 200,
    wait: timedelta = timedelta(),
) -> Response:
    if not found.checkable:
        return _unlisted(page_for("lms/certification/checking/closed.html", number=found.number))
    name = NameShown.FULL if name_fits else found.name_shown
    facts = _facts(found, name) | {"token": token_for(found.number)} | ({"form": form} if form else {})
    page = page_for("lms/certification/checking/verified.html", name_fits=name_fits, **facts)
    return _unlisted(page, status, wait)


def _judged(judged: JudgedFile) -> Response:
    found = judged.certificate
    known = _facts(found, found.name_shown) if found and found.checkable else {}
    page = page_for("lms/certification/checking/judged.html", verdict=judged.verdict, judged=judged, **known)
    return _unlisted(page)


def _facts(found: CheckedView, name: NameShown) -> dict[str, Any]:
    standing = found.standing(today())
    return {
        "certificate": found,
        "heading": _heading(standing, early=found.issued_on > today()),
        "face": face_of(found, name),
        "standing": standing,
        "early": found.issued_on > today(),
        "Standing": Standing,
        "last_day": found.lapses_on - timedelta(days=1) if found.lapses_on else None,
    }


def _heading(standing: Standing, *, early: bool) -> str:
    return _(_EARLY if early and standing is Standing.VALID else _HEADINGS[standing])


_EARLY = N_("This certificate does not count yet")
_HEADINGS = {
    Standing.VALID: N_("This certificate is on record and counts"),
    Standing.WITHDRAWN: N_("This certificate was withdrawn"),
    Standing.REPLACED: N_("This certificate was replaced"),
    Standing.SUSPENDED: N_("This certificate does not count for now"),
    Standing.LAPSED: N_("This certificate no longer counts"),
}


def _entrance(
    numbers: VerifyForm, files: FileForm, *, wrong: VerifyForm | FileForm | None = None, status: int = 200
) -> Response:
    """The page one enters by; `form` is the one whose mistakes are told above."""
    shown = {"form": wrong or numbers, "numbers": numbers, "files": files, "chosen": g.get("lms_chosen_language")}
    return _unlisted(page_for("lms/certification/checking/verify.html", **shown), status)


def _not_found(typed: str, spelled: str | None = None) -> Response:
    why = None if spelled else slip(typed)
    known = {"number": spelled, "typed": typed[:40], "slip": why, "example": spelled == EXAMPLE}
    page = page_for("lms/certification/checking/not_verified.html", **known)
    return _unlisted(page, 404)


def _slow_down(wait: timedelta) -> Response:
    page = page_for("lms/certification/checking/wait.html", sentence=_wait_sentence(wait))
    return _unlisted(page, 429, wait)


def _wait_sentence(wait: timedelta) -> str:
    return _n(
        "Many tries did not fit. Wait %(num)s minute, then try again.",
        "Many tries did not fit. Wait %(num)s minutes, then try again.",
        minutes(wait),
    )


def _unlisted(page: str, status: int = 200, wait: timedelta = timedelta()) -> Response:
    """A public page that no search engine lists: it tells of a person to those who have the number, and to nobody."""
    response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Cache-Control"] = "no-store"
    if wait:
        response.headers["Retry-After"] = str(minutes(wait) * 60)
    return response
