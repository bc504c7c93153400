"""Whatever is sent to a page of the register, nothing falls over: a page that says so, or a way back."""

import random
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from werkzeug.datastructures import MultiDict

from lms.core.house import House
from lms.register.directory import contacts
from lms.register.kinds import ContactModel
from tests.conftest import StandingClock
from tests.register.town import Town, listed, make_town, publish, switch
from tests.register.vacancies.test_vacancies import posted
from tests.register.vacancies.test_vacancies import send as send_vacancy
from tests.whole import test_access_register as pages

who, things = pages.who, pages.things
BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

_TAG = re.compile(r"<(input|select|textarea)\b([^>]*)>(.*?)(?=<(?:input|select|textarea)\b|</form>|$)", re.S)
_AT = re.compile(r'(\w[\w-]*)="([^"]*)"')
_OPTION = re.compile(r'<option[^>]*value="([^"]*)"')
_FORM = re.compile(r'<form[^>]*method="post"[^>]*>.*?</form>', re.S | re.I)
GARBAGE = (
    "", " ", "\x00", "\x00\x1b\u202e", "x" * 60_000, "-1", "0", "²", "٣", "9" * 5_000, "1e999", "NaN", "None",
    "31", "12", "9999", "1", "0001", "<script>alert(1)</script>", "=1+1", "'\"--", "../../etc/passwd",
    "00000000-0000-0000-0000-000000000000", "\u2028\x85\ufeff", "💥" * 300, "%(found)s %s {0}", "[1]", "a: b: c",
)  # fmt: skip


def fields_of(page: str) -> dict[str, list[str]]:
    """The names a page's forms send, each with the values it offers."""
    found: dict[str, list[str]] = {}
    for form in _FORM.findall(page):
        for kind, attributes, after in _TAG.findall(form):
            named = {name: unescape(value) for name, value in _AT.findall(attributes)}
            if "name" in named:
                there = found.setdefault(named["name"], [])
                there += _OPTION.findall(after) if kind == "select" else [named.get("value", "")]
    found.pop("lms_csrf_token", None)
    return found


def sent_to(fields: dict[str, list[str]], chance: random.Random) -> Iterator[MultiDict[str, str]]:
    """Nothing, all of what is offered with one thing spoiled, everything spoiled, everything twice."""
    yield MultiDict()
    yield MultiDict((name, value) for name, values in fields.items() for value in [*values, *values])
    good = {name: chance.choice(values or [""]) for name, values in fields.items()}
    for name in fields:
        yield MultiDict({key: value for key, value in good.items() if key != name})
        for spoiled in chance.sample(GARBAGE, 4):
            yield MultiDict({**good, name: spoiled})
    for spoiled in GARBAGE if set(fields) > {"once"} else GARBAGE[:3]:
        yield MultiDict({name: spoiled if name != "once" else str(uuid4()) for name in fields})


def fallen(browser: Any, path: str, seed: str) -> list[str]:
    """What a page answers with an error of ours."""
    chance = random.Random(seed)  # noqa: S311  the same garbage each time
    opened = browser.get(path)
    html = opened.status_code == 200 and opened.mimetype == "text/html"
    fields = fields_of(opened.get_data(as_text=True)) if html else {}
    wrong = [f"GET {opened.status_code}"] if opened.status_code >= 500 else []
    token = browser.token()
    for data in sent_to({**fields, "once": [str(uuid4())]}, chance):
        data["lms_csrf_token"] = token
        answer = browser.post_raw(path, data)
        if answer.status_code == 405:
            break  # this page takes nothing at all
        if answer.status_code >= 500:
            wrong.append(str({key: value[:40] for key, value in data.items() if key != "lms_csrf_token"})[:600])
        answer.close()
    return wrong


def test_garbage_is_never_our_mistake(
    who: dict[str, UUID | None], things: dict[str, UUID], browser_for: BrowserFor
) -> None:
    wrong = {}
    for pattern, may in (pages.MAY | pages.POSTS).items():
        name = next(each for each in who if each in may)
        if found := fallen(browser_for(who[name]), pattern.format_map(things), pattern):
            wrong[pattern] = found
    assert wrong == {}


@pytest.mark.parametrize("model", [ContactModel.MASKED, ContactModel.ADVERT_REPLY, ContactModel.TEAM_MATCH])
def test_garbage_is_never_our_mistake_on_the_simple_register(
    house: House, clock: StandingClock, browser_for: BrowserFor, model: ContactModel
) -> None:
    with house.database.writing() as db:
        town = make_town(db, "HARBOURGATE", clock.now)
        switch(db, town, model, clock.now)
        listed(db, town, town.pa, clock.now)
        version = publish(db, town, town.second_pa, clock.now)
        paths = _of_the_model(db, town, clock, model)
    here = f"/register/{town.authority}"
    paths += [
        (town.pa, f"{here}/profile/edit"),
        (town.pa, f"{here}/profile/send"),
        (town.pa, f"{here}/profile/shown"),
        (town.manager, "/register/directory/settings"),
        (town.officer, f"/register/directory/profiles/{version}"),
        (town.officer, f"/register/directory/{town.authority}/{town.pa}/introduce"),
        (town.manager, "/register/notifications/add"),
    ]
    wrong = {}
    for person, path in paths:
        if found := fallen(browser_for(person), path, path.rpartition("/")[2]):
            wrong[path] = found
    assert wrong == {}


def _of_the_model(db: Any, town: Town, clock: StandingClock, model: ContactModel) -> list[tuple[UUID, str]]:
    here = f"/register/{town.authority}"
    if model is ContactModel.ADVERT_REPLY:
        vacancy, waiting = posted(db, town, clock.now), send_vacancy(db, town, clock.now)
        return [
            (town.employer, "/vacancies/new"),
            (town.employer, f"/vacancies/{vacancy}/edit"),
            (town.employer, f"/vacancies/{vacancy}/end"),
            (town.pa, f"{here}/vacancies/{vacancy}"),
            (town.pa, f"{here}/vacancies/{vacancy}/report"),
            (town.officer, f"/register/directory/vacancies/{waiting}"),
        ]
    if model is ContactModel.MASKED:
        contact = contacts.begin(
            db, once=uuid4(), pa_id=town.pa, employer_id=town.household, authority_id=town.authority,
            called="Amina", text="Hello, are you free on Saturdays?", by=town.employer, now=clock.now,
        )  # fmt: skip
        talk = f"/register/messages/{contact}"
        return [
            (town.employer, f"/find-a-pa/{town.pa}/write"),
            (town.employer, f"/find-a-pa/{town.pa}/report"),
            (town.pa, f"{talk}/details"),
            (town.pa, f"{talk}/details/back"),
            (town.pa, f"{talk}/introduction"),
            (town.pa, f"{talk}/report"),
            (town.employer, talk),
            (town.pa, talk),
            (town.pa, f"{talk}/block"),
            (town.employer, f"/find-a-pa/{town.pa}/block"),
        ]
    return []


@pytest.mark.parametrize(
    ("reasons", "answers"), [(["\u2028"], 200), ([" ", "too_private"], 200), (["too_private"], 302), (["bad"], 200)]
)
def test_a_blank_reason_is_none_and_an_unknown_one_is_refused(
    house: House, clock: StandingClock, browser_for: BrowserFor, reasons: list[str], answers: int
) -> None:
    with house.database.writing() as db:
        town = make_town(db, "HARBOURGATE", clock.now)
        switch(db, town, ContactModel.ADVERT_REPLY, clock.now)
        waiting = send_vacancy(db, town, clock.now)
    officer = browser_for(town.officer)
    data = MultiDict([("outcome", "sent_back"), ("once", str(uuid4())), *(("reason", each) for each in reasons)])
    data["lms_csrf_token"] = officer.token()
    assert officer.post_raw(f"/register/directory/vacancies/{waiting}", data).status_code == answers
