"""What somebody types, sends or names on the pages of knowledge, and what comes of it on paper and in packs."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from lms.assessment.content import Frameworks
from lms.assessment.crossing import services as crossing
from lms.assessment.crossing.models import HeldAward
from lms.assessment.knowledge.models import Conversation, LogPrint
from lms.assessment.lines.pack import corrections_pack
from lms.assessment.lines.queries import frameworks_for
from lms.brought import ACROSS, LOADERS
from lms.core import shelves, work
from lms.core.content import ContentWrong, Words
from lms.core.house import House
from lms.core.words import Refused
from lms.people.models import Organisation, Person
from tests.assessment.knowledge import cck
from tests.assessment.knowledge.conftest import Knower, knower
from tests.assessment.lines.conftest import WHERE, Desk
from tests.world import World

__all__ = ["knower"]

BrowserFor = Callable[..., Any]
on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
MARKUP = "</textarea><script>alert(1)</script>{{7*7}}%(name)s &amp; \"'"
TOPIC = "5.3~assessing"


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> shelves.Shelves:
    """The built-in shelves with a small course CCK: standards 1, 4, 5 and 12."""
    return cck.load(tmp_path_factory.mktemp("pack"))


def unpacked(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            assert not name.startswith("/")
            assert ".." not in Path(name).parts
            assert len(Path(name).parts) == 3
            archive.extract(name, folder)
    return folder


@on_sqlite
@pytest.mark.parametrize("named", ["Riv:\nere", "x\u2028code: y", "{name} %s", "# - [a]", "\U0001f600 \u202e Sir"])
def test_what_is_exported_is_read_again_whatever_was_typed(
    house: House, world: World, named: str, tmp_path: Path
) -> None:
    said = "a: b\n- c # d\u2028 {e} & \"f' <g> =1+1 😀"
    with house.database.writing() as db:
        db.execute(update(Organisation).where(Organisation.id == world.authority).values(name=named))
        db.execute(update(Person).where(Person.id == world.admin).values(name=f"--- {named}"))
        desk = Desk(db, world, house.clock())
        desk.correct(TOPIC, text=Words(en=said, cy="!!python/object:x"), code="5.3a")
        desk.confirm("5.2a", place=replace(WHERE, looked_up_in=said))
    with house.database.reading() as db:
        _name, content = corrections_pack(db, world.authority)
        wanted = frameworks_for(db, world.authority).framework("cc-2025").line(TOPIC)
    read = shelves.load(LOADERS, [unpacked(content, tmp_path / "pack")], across=ACROSS)
    found = read[Frameworks].framework("cc-2025").line(TOPIC)
    assert (found.code, found.text) == (wanted.code, wanted.text)


@on_sqlite
@pytest.mark.parametrize("code", ["../../etc", "A/B", "Ä Ö", 'a"b', "x" * 90])
def test_an_authoritys_code_is_no_way_out_of_the_zip(house: House, world: World, code: str, tmp_path: Path) -> None:
    with house.database.writing() as db:
        db.execute(update(Organisation).where(Organisation.id == world.authority).values(code=code))
        Desk(db, world, house.clock()).confirm("5.2a")
    with house.database.reading() as db:
        name, content = corrections_pack(db, world.authority)
    assert not set(name) & set('/\\"\r\n')
    assert name.isascii()
    shelves.load(LOADERS, [unpacked(content, tmp_path / "pack")], across=ACROSS)


def test_a_pack_of_corrections_for_another_edition_is_named_and_nothing_is_loaded(tmp_path: Path) -> None:
    entry = {
        "framework": "cc-2025",
        "edition": "2015",
        "key": "5.2a",
        "looked": "confirmed",
        "code": "5.2a",
        "text": {"en": "Say it."},
        "kind": "knowledge",
        "simulation_allowed": True,
        "looked_up_in": "Somewhere",
        "on": date(2026, 1, 1),
        "by": "Ada",
    }
    path = tmp_path / "assessments/mine/corrections.yaml"
    cck.put(path, {"code": "mine", "corrections": [entry]})
    with pytest.raises(ContentWrong) as wrong:
        shelves.load(LOADERS, [tmp_path], across=ACROSS)
    (problem,) = wrong.value.problems
    assert problem.path == path
    assert problem.line > 1
    assert "2015" in str(problem)


@on_sqlite
def test_a_code_of_another_outcome_is_refused(house: House, world: World) -> None:
    with house.database.writing() as db:
        desk = Desk(db, world, house.clock())
        for code in ("5.31", "5.31a", "5.3", "5.4a", "5.3~x", "５.3a", "5.3 a", "5.3a" + "a" * 40):
            with pytest.raises(Refused):
                desk.correct(TOPIC, code=code)
        desk.correct(TOPIC, code="5.3a")


@on_sqlite
def test_a_page_that_was_sent_before_saves_nothing_else_and_says_so(house: House, world: World) -> None:
    with house.database.writing() as db:
        desk, number = Desk(db, world, house.clock()), uuid4()
        for _twice in range(2):
            desk.confirm("5.2a", check_id=number)
        with pytest.raises(Refused):
            desk.confirm("5.2b", check_id=number)
        with pytest.raises(Refused):
            desk.confirm("5.2a", check_id=number, place=replace(WHERE, looked_up_in="Page 99"))
        other = uuid4()
        for _twice in range(2):
            desk.correct("5.2a", check_id=other, text=Words(en="Say what you would do."))
        with pytest.raises(Refused):
            desk.correct("5.2a", check_id=other, text=Words(en="Say something else."))


@on_sqlite
def test_an_award_sent_again_with_other_words_is_not_said_to_be_saved(house: House, world: World) -> None:
    with house.database.writing() as db:
        framework = frameworks_for(db, world.authority).framework("cc-2015")
        about = {"id": uuid4(), "framework": framework, "day_known": True, "proof": "", "by": world.pa}

        def hold(day: date, signed_by: str) -> None:
            crossing.hold(db, awarded_on=day, signed_by=signed_by, now=house.clock(), **about)

        for _twice in range(2):
            hold(date(2019, 5, 1), "Rose Care")
        with pytest.raises(Refused):
            hold(date(2019, 5, 1), "Lily Care")
        assert list(db.scalars(select(HeldAward.signed_by))) == ["Rose Care"]


@on_sqlite
def test_notes_of_a_conversation_are_words_and_nothing_else(
    house: House, world: World, knower: Knower, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        db.execute(update(Person).where(Person.id == world.pa).values(name="<b>Pat</b> %(name)s {{1}}"))
    browser = browser_for(world.coordinator)
    page = f"/learners/{world.pa}/care-certificate/conversation/CCK-5"
    assert "<b>Pat" not in browser.get(page).get_data(as_text=True)
    sent = {"outcomes": ["CCK-5-K1"], "held_on": ["20", "11", "2026"], "asked": MARKUP, "said": MARKUP}
    sent |= {"judged": "not_yet", "word": MARKUP}
    assert browser.submit(page, sent).status_code == 302
    with house.database.reading() as db:
        talk = db.scalars(select(Conversation)).one()
    assert talk.said == MARKUP
    for who in (world.coordinator, world.pa):
        shown = browser_for(who).get(f"/care-certificate/conversations/{talk.id}").get_data(as_text=True)
        assert "<script>alert" not in shown
        assert "<b>Pat" not in shown
        assert "{{7*7}}" in shown


@on_sqlite
@pytest.mark.parametrize(
    "wrong",
    [
        {"outcomes": []},
        {"outcomes": ["CCK-5-K1", "CCK-4-K1"]},
        {"outcomes": ["CCK-5-K1"] * 5000},
        {"held_on": ["22", "11", "2026"]},
        {"held_on": ["31", "12", "9999"]},
        {"held_on": ["1", "1", "2019"]},
        {"held_on": ["x", "", "٣"]},
        {"asked": "\u200f \u0000 \u202e"},
        {"said": "a" * 2001},
        {"judged": "shown"},
        {"judged": "not_yet"},
        {"word": "w" * 100_000},
    ],
)
def test_bad_notes_are_said_to_be_bad(
    house: House, world: World, knower: Knower, browser_for: BrowserFor, wrong: dict[str, Any]
) -> None:
    browser = browser_for(world.coordinator)
    good = {"outcomes": ["CCK-5-K1"], "held_on": ["20", "11", "2026"], "asked": "a", "said": "b", "judged": "met"}
    answer = browser.submit(f"/learners/{world.pa}/care-certificate/conversation/CCK-5", good | wrong)
    noted = 1 if wrong.get("outcomes", [""])[1:] == ["CCK-5-K1"] * 4999 else 0
    assert answer.status_code in ({302} if noted else {200, 400, 413})
    with house.database.reading() as db:
        assert len(list(db.scalars(select(Conversation)))) == noted


@on_sqlite
@pytest.mark.parametrize("name", ["<b>x</b> & {{7*7}}", "W" * 120, "محمد بن عبد الله", "𝕻𝖆𝖙 😀 " + "é" * 60])
def test_a_log_is_printed_whatever_the_name(
    house: House, world: World, knower: Knower, browser_for: BrowserFor, name: str
) -> None:
    with house.database.writing() as db:
        db.execute(update(Person).where(Person.id == world.pa).values(name=name))
        knower.show(db, "CCK-5")
    browser = browser_for(world.pa)
    assert browser.post("/care-certificate/cc-2025/CC5/log.pdf").status_code == 302
    work.do_all(house, now=house.clock())
    answer = browser.get("/care-certificate/cc-2025/CC5/log.pdf")
    assert answer.mimetype == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert len(PdfReader(io.BytesIO(answer.data)).pages) < 20


@on_sqlite
def test_two_people_of_one_name_have_a_print_each(house: House, world: World, browser_for: BrowserFor) -> None:
    with house.database.writing() as db:
        for person in (world.pa, world.second_pa):
            db.execute(update(Person).where(Person.id == person).values(name="Pat Morgan"))
    for person in (world.pa, world.second_pa):
        assert browser_for(person).post("/care-certificate/cc-2025/CC5/log.pdf").status_code == 302
    with house.database.reading() as db:
        assert set(db.scalars(select(LogPrint.learner_id))) == {world.pa, world.second_pa}
