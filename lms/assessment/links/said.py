"""The pages behind a one-time link. Anybody who has the link may enter; nobody is signed in here.

Whoever is signed in on the same browser is overlooked: the pages belong to who was asked, not to who uses the phone.
A GET changes nothing, since mail programs look ahead; only a POST answers.
"""

import hmac
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from math import ceil

from flask import Response, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from lms.assessment.links import answering, queries
from lms.assessment.links.answering import GONE, LEFT, Sheet
from lms.assessment.links.forms import ChoiceForm, DayForm, HandInForm, NotRightForm, TextForm, form_for
from lms.assessment.links.queries import LANGUAGE, WHO, AnswerView, LinkView
from lms.assessment.links.rules import NOT_RIGHT_FOR, Kind, Question, Saw, State
from lms.assessment.links.texts import QUESTIONS
from lms.core.clock import london_day
from lms.core.content import Words
from lms.core.i18n import LANGUAGE_NAMES
from lms.core.web.pages import own_path
from lms.core.web.rooms import room
from lms.core.web.state import close_unit, house, now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people import sessions
from lms.people.guards import public

pages = room("said", __name__)

STRANGERS = "links"


@pages.before_request
def nobody() -> None:
    """Nobody is signed in on these pages, and no note of another page is shown or taken."""
    g.lms_viewer, g.lms_own_language, g.lms_notes = None, None, []


@pages.after_request
def keep_it_here(response: Response) -> Response:
    """The address is the secret: it goes to no other page, no search engine and no cache."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@pages.route("/said/<secret>", methods=["GET", "POST"])
@public
def start(secret: str) -> ResponseReturnValue:
    """Who is asked; after the end, what was said and when, or that nothing is to be done."""
    found, gone = _opened(secret)
    if gone is not None:
        return gone
    sheet = answering.sheet(unit(), found, now=now())
    if request.method == "POST":
        shown = _("Are you %(name)s?", name=found.name)
        said = _("Yes, I am %(name)s", name=found.name)
        answering.say_who(unit(), link_id=found.id, shown=shown, said=said, language=language(), now=now())
        unit().commit()
        return _on(secret, sheet)
    place = people.organisation(unit(), found.authority_id)
    started = sheet.said_who and bool(set(sheet.codes) & {question.code for question in sheet.asked})
    return _page("start.html", secret, sheet, authority=place.called(language()), started=started)


@pages.route("/said/<secret>/<code>", methods=["GET", "POST"])
@public
def question(secret: str, code: str) -> ResponseReturnValue:
    """One question."""
    found, gone = _opened(secret)
    if gone is not None:
        return gone
    sheet = answering.sheet(unit(), found, now=now())
    if not sheet.said_who:
        return redirect(url_for(".start", secret=secret))
    asked = sheet.question(code)
    words = QUESTIONS[asked.kind]
    form = form_for(
        asked,
        name=sheet.first_name,
        enrolled_on=london_day(sheet.enrolment.enrolled_at),
        today=today(),
    )
    if request.method == "GET" and code in sheet.answers:
        form.fill(sheet.answers[code].value)
    if form.validate_on_submit():
        shown = _shown(sheet, asked, form.offered())
        given = AnswerView(form.value(), shown, form.said(), language(), now())
        try:
            answering.answer(unit(), link_id=found.id, code=code, answer=given, now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return _on(secret, answering.sheet(unit(), found, now=now()))
    return _page(
        "question.html",
        secret,
        sheet,
        form=form,
        asked=asked,
        ask=_(words.asks, name=sheet.first_name),
        hint=_(words.hint, name=sheet.first_name) if words.hint else "",
        line=_line(sheet, asked),
        look_for=_look_for(sheet, asked),
        number=sheet.asked.index(asked) + 1,
        before=_before(secret, sheet, asked),
        kind="choice" if isinstance(form, ChoiceForm) else "day" if isinstance(form, DayForm) else "text",
        can_unsee=asked.kind in {Kind.DAY, Kind.WHAT, Kind.REAL},
        rows=6 if isinstance(form, TextForm) and asked.kind is Kind.WHAT else 3,
    )


@pages.post("/said/<secret>/unseen")
@public
def unseen(secret: str) -> ResponseReturnValue:
    """“I did not see this” after all."""
    found, gone = _opened(secret)
    if gone is not None:
        return gone
    sheet = answering.sheet(unit(), found, now=now())
    if not sheet.said_who:
        return redirect(url_for(".start", secret=secret))
    words = QUESTIONS[Kind.SAW]
    choices = [_(text, name=sheet.first_name) for _code, text in words.choices]
    said = _(dict(words.choices)[Saw.NO])
    none = {
        each.code: AnswerView(Saw.NO, _shown(sheet, each, choices), said, language(), now())
        for each in sheet.asked
        if each.kind is Kind.SAW
    }
    answering.saw_nothing(unit(), link_id=found.id, answers=none, now=now())
    unit().commit()
    return redirect(url_for(".check", secret=secret))


@pages.route("/said/<secret>/check", methods=["GET", "POST"])
@public
def check(secret: str) -> ResponseReturnValue:
    """Everything once more, to change or to send."""
    found, gone = _opened(secret)
    if gone is not None:
        return gone
    sheet = answering.sheet(unit(), found, now=now())
    if not sheet.said_who or sheet.next is not None:
        return _on(secret, sheet)
    form = HandInForm()
    if form.validate_on_submit():
        try:
            answering.hand_in(
                unit(),
                link_id=found.id,
                read=form.read.data or "",
                place=_place(found),
                language=language(),
                now=now(),
            )
        except Refused as refusal:
            unit().rollback()
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return redirect(url_for(".start", secret=secret))
    form.read.data = sheet.mark
    return _page("check.html", secret, sheet, form=form, rows=_rows(sheet))


@pages.route("/said/<secret>/somebody-else", methods=["GET", "POST"])
@public
def somebody_else(secret: str) -> ResponseReturnValue:
    """Whoever opened it is not who was asked: that ends the link."""
    found, gone = _opened(secret)
    if gone is not None:
        return gone
    if request.method == "POST":
        answering.somebody_else(unit(), link_id=found.id, now=now())
        unit().commit()
        return redirect(url_for(".start", secret=secret))
    return render_template("lms/assessment/links/somebody_else.html", secret=secret, link=found, languages={})


@pages.post("/said/<secret>/language")
@public
def choose_language(secret: str) -> ResponseReturnValue:
    """Read on in the other language. It is kept with the answers, so that coming back it is still so."""
    found = _found(secret)
    wanted = request.form.get("language", "")
    if wanted in LANGUAGE_NAMES:
        answering.choose_language(unit(), link_id=found.id, language=wanted, now=now())
        unit().commit()
    here = own_path(request.form.get("back"))
    home = url_for(".start", secret=secret)
    return redirect(here if here and here.startswith(home) else home)


@pages.post("/said/<secret>/not-right")
@public
def not_right(secret: str) -> ResponseReturnValue:
    """Say that something in one's answer was not right."""
    found = _found(secret)
    form = NotRightForm()
    if form.validate_on_submit():
        try:
            answering.not_right(unit(), id=form.key(), link_id=found.id, text=form.text.data or "", now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return redirect(url_for(".start", secret=secret, _anchor="told"))
    return _answered(secret, queries.link(unit(), found.id), form)


def _found(secret: str) -> LinkView:
    """The link, with its language set for this request. An unknown one is a plain 404, and guessing is slowed."""
    try:
        found = queries.by_secret(unit(), secret)
    except NotFound:
        _slow_down()
        raise
    chosen = queries.answers_of(unit(), found.id).get(LANGUAGE)
    g.lms_language = chosen.value if chosen else found.language
    g.pop("lms_translations", None)
    return found


def _slow_down() -> None:
    """Count an address that leads nowhere; where many came from, the next ones wait."""
    close_unit()  # SQLite has one writer at a time: a POST's own unit would keep this one waiting
    with house().database.writing() as db:
        tried, wait = sessions.begin_try(db, identifier="said", place=f"{STRANGERS}:{request.remote_addr}", now=now())
    if tried is None:
        raise TooManyRequests(retry_after=ceil(max(wait, timedelta(seconds=1)).total_seconds()))


def _opened(secret: str) -> tuple[LinkView, ResponseReturnValue | None]:
    """The link, and the page that says why it asks nothing any more; None while it does."""
    found = _found(secret)
    state = found.state(now())
    if state is State.ANSWERED:
        return found, _answered(secret, found, NotRightForm())
    if state in GONE:
        return found, _gone(secret, found, _(GONE[state]), thanks=state is State.SOMEBODY_ELSE)
    if answering.has_left(unit(), found):
        return found, _gone(secret, found, _(LEFT))
    return found, None


def _gone(secret: str, found: LinkView, why: str, *, thanks: bool = False) -> ResponseReturnValue:
    page = render_template(
        "lms/assessment/links/gone.html", secret=secret, link=found, why=why, thanks=thanks, languages=LANGUAGE_NAMES
    )
    return page, 410


def _answered(secret: str, found: LinkView, form: NotRightForm) -> ResponseReturnValue:
    """What was said and when; after some time only that it was answered, since whoever has the link sees it."""
    proof = queries.proof(unit(), found.id)
    if proof is None:
        raise NotFound("link")
    shown = now() < max(found.expires_at, proof.at + NOT_RIGHT_FOR)
    return render_template(
        "lms/assessment/links/answered.html",
        secret=secret,
        link=found,
        form=form,
        proof=proof,
        answers=[one for one in proof.record["answers"] if one["question"] != WHO] if shown else [],
        first_name=proof.record["about"]["shown_as"],
        may_doubt=answering.may_be_doubted(found, now()),
        notes_said=queries.notes_of(unit(), found.id) if shown else [],
        until=found.ended_at + NOT_RIGHT_FOR if found.ended_at else None,
        languages=LANGUAGE_NAMES,
    )


def _on(secret: str, sheet: Sheet) -> Response:
    """To the first question without an answer, else to the look-over."""
    if sheet.next is None:
        response = redirect(url_for(".check", secret=secret))
    else:
        response = redirect(url_for(".question", secret=secret, code=sheet.next.code))
    return current_app.make_response(response)


def _page(template: str, secret: str, sheet: Sheet, **values: object) -> str:
    return render_template(
        f"lms/assessment/links/{template}",
        secret=secret,
        link=sheet.link,
        sheet=sheet,
        first_name=sheet.first_name,
        languages=LANGUAGE_NAMES,
        **values,
    )


def _line(sheet: Sheet, asked: Question) -> Words | None:
    """The line a question is about, or the statement to confirm, as its authors wrote it; None for the others."""
    if asked.kind is Kind.SIGN and sheet.standing is not None:
        return sheet.placed.framework.statements.for_(sheet.standing.capacity)
    return sheet.line(asked.line).text if asked.line else None


def _look_for(sheet: Sheet, asked: Question) -> tuple[object, ...]:
    criterion = sheet.placed.criterion(asked.line) if asked.line else None
    return tuple(criterion.what_to_look_for) if criterion else ()


def _shown(sheet: Sheet, asked: Question, offered: list[str]) -> str:
    """A question as it stood on the page: what was asked, about which line, the hint, and the choices."""
    words = QUESTIONS[asked.kind]
    authored = _line(sheet, asked)
    line = authored.text(language()) if authored else ""
    hint = _(words.hint, name=sheet.first_name) if words.hint else ""
    parts = [_(words.asks, name=sheet.first_name), line, hint, " · ".join(offered)]
    return "\n".join(part for part in parts if part)


def _before(secret: str, sheet: Sheet, asked: Question) -> str:
    at = sheet.asked.index(asked)
    if at == 0:
        return url_for(".start", secret=secret)
    return url_for(".question", secret=secret, code=sheet.asked[at - 1].code)


def _rows(sheet: Sheet) -> list[Mapping[str, object]]:
    return [
        {
            "ask": _(QUESTIONS[each.kind].asks, name=sheet.first_name),
            "line": _line(sheet, each),
            "said": sheet.answers[each.code].said,
            "code": each.code,
        }
        for each in sheet.asked
    ]


def _place(found: LinkView) -> str:
    """Where an answer came from, as a digest that nobody can turn back without this site's key."""
    key = str(current_app.secret_key).encode()
    return hmac.new(key, f"{found.id}:{request.remote_addr}".encode(), sha256).hexdigest()
