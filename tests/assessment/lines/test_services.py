"""Lines confirmed and corrected: whose they are, what holds, what is refused, and what is taken along."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from lms.assessment.content import Frameworks, Looked
from lms.assessment.knowledge.models import FrameworkLine, KnowledgeShown
from lms.assessment.lines import pack, queries, services
from lms.assessment.lines.models import LineCheckRow
from lms.assessment.lines.rules import Simulated, Why, counts, why_look_up
from lms.assessment.rules import Kind
from lms.assessment.shelf.corrections import laid_over
from lms.brought import ACROSS, LOADERS
from lms.core import shelves
from lms.core.content import Words
from lms.core.models import EventRow
from lms.core.shelves import shelf
from lms.core.words import NotFound, Refused
from lms.learning.shown.rules import HowShown
from lms.people import queries as people
from tests.assessment.lines.conftest import WHERE, Desk


def test_a_confirmed_line_says_who_looked_and_when(desk: Desk) -> None:
    before = counts(desk.framework().lines.values()).to_look_up
    desk.confirm("13.7a")
    line = desk.line("13.7a")
    assert line.standing.looked is Looked.CONFIRMED
    assert (line.standing.on, line.standing.by_name) == (desk.now.date(), "Ada Admin")
    assert why_look_up(line) == ()
    assert counts(desk.framework().lines.values()).to_look_up == before - 1


def test_a_topic_gets_its_code_and_keeps_its_key(desk: Desk) -> None:
    desk.correct("5.3~assessing", code="5.3c", text=Words(en="When to assess"))
    line = desk.line("5.3~assessing")
    assert (line.key, line.code, line.is_topic, line.text.en) == ("5.3~assessing", "5.3c", True, "When to assess")
    assert line.standing.looked is Looked.CORRECTED
    assert desk.framework().unit("CC5").lines.count(line) == 1


def test_a_confirmed_topic_goes_on_wanting_its_code(desk: Desk) -> None:
    desk.confirm("5.3~assessing")
    assert desk.line("5.3~assessing").standing.looked is Looked.CONFIRMED
    assert why_look_up(desk.line("5.3~assessing")) == (Why.NO_CODE,)
    desk.correct("5.3~assessing", code="5.3c", at=desk.now + timedelta(hours=1))
    assert why_look_up(desk.line("5.3~assessing")) == ()


def test_the_later_one_holds_and_the_earlier_is_kept(desk: Desk) -> None:
    desk.correct("13.7a", text=Words(en="First"))
    desk.correct("13.7a", text=Words(en="Second"), at=desk.now + timedelta(hours=1))
    assert desk.line("13.7a").text.en == "Second"
    told = queries.history(desk.db, desk.world.authority, framework="cc-2025", edition="2025", key="13.7a")
    assert [each.text.en for each in told] == ["Second", "First"]


def test_what_one_authority_looked_up_is_not_anothers(desk: Desk) -> None:
    desk.correct("13.7a", text=Words(en="Ours"))
    assert desk.line("13.7a", authority=desk.world.other_authority).text.en != "Ours"
    assert shelf(desk.db, Frameworks).framework("cc-2025").line("13.7a").text.en != "Ours"


def test_two_authorities_hold_one_line_each_in_their_own_way(desk: Desk) -> None:
    desk.correct("13.7a", text=Words(en="Ours"))
    other = desk.world.other_authority
    services.confirm_line(
        desk.db,
        check_id=uuid4(),
        authority_id=other,
        framework="cc-2025",
        key="13.7b",
        place=WHERE,
        by=desk.world.other_coordinator,
        now=desk.now,
    )
    assert desk.line("13.7a").text.en == "Ours"
    assert not desk.line("13.7b").standing
    assert desk.line("13.7b", authority=other).standing
    assert not desk.line("13.7a", authority=other).standing
    assert "Ours" not in pack.corrections_text(desk.db, other)
    assert not queries.history(desk.db, other, framework="cc-2025", edition="2025", key="13.7a")


def test_confirming_a_corrected_line_keeps_the_correction(desk: Desk) -> None:
    desk.correct("13.7a", text=Words(en="Ours"))
    desk.confirm("13.7a", now=desk.now + timedelta(hours=1))
    assert (desk.line("13.7a").text.en, desk.line("13.7a").standing.looked) == ("Ours", Looked.CORRECTED)


def test_correcting_back_to_what_was_written_is_a_confirmation(desk: Desk) -> None:
    was = desk.line("13.7a").text
    desk.correct("13.7a", text=Words(en="Ours"))
    desk.correct("13.7a", text=was, at=desk.now + timedelta(hours=1))
    assert (desk.line("13.7a").text, desk.line("13.7a").standing.looked) == (was, Looked.CONFIRMED)


def test_a_confirmation_does_not_outlive_the_text_it_was_about(desk: Desk) -> None:
    desk.confirm("13.7a")
    row = desk.db.scalars(select(LineCheckRow)).one()
    check = replace(queries.check_of(row, "Adam"), text=Words(en="What an older file said"))
    again = laid_over(shelf(desk.db, Frameworks).framework("cc-2025"), [check])
    assert not again.line("13.7a").standing


def test_a_change_of_kind_moves_the_line(desk: Desk) -> None:
    desk.correct("8.3e", kind=Kind.KNOWLEDGE, simulation=Simulated.YES)
    assert "8.3e" in {line.key for line in desk.framework().unit("CC8").knowledge}
    assert "8.3e" not in {line.key for line in desk.framework(authority=desk.world.other_authority).knowledge}


def test_twice_is_once(desk: Desk) -> None:
    once = uuid4()
    for _ in range(2):
        desk.confirm("13.7a", check_id=once)
    again = uuid4()
    for _ in range(2):
        desk.correct("13.7b", check_id=again, text=Words(en="Ours"))
    with pytest.raises(Refused, match="from this page before"):
        desk.correct("13.7b", check_id=again, text=Words(en="Theirs"))
    assert desk.db.scalar(select(func.count()).select_from(LineCheckRow)) == 2
    assert desk.line("13.7b").text.en == "Ours"


def test_it_is_recorded_as_the_administrators_act(desk: Desk) -> None:
    desk.confirm("13.7a")
    desk.correct("13.7b", text=Words(en="Ours"), kind=Kind.PRACTICE, simulation=Simulated.NO)
    kinds = ("LineConfirmed", "LineCorrected")
    facts = desk.db.scalars(select(EventRow).where(EventRow.kind.in_(kinds)).order_by(EventRow.kind)).all()
    assert [(f.kind, f.about, f.by, f.behalf) for f in facts] == [
        (kind, desk.world.admin, desk.world.admin, desk.world.authority) for kind in kinds
    ]
    assert facts[1].data["changed"] == ["text", "kind", "simulation"]
    assert "Ours" not in str(facts[1].data)


@pytest.mark.parametrize(
    ("key", "changed", "says"),
    [
        ("13.7a", {}, "stands here already"),
        ("13.7a", {"text": Words(en="  ")}, "in your own words"),
        ("13.7a", {"text": Words(en="x" * 201)}, "may not be copied"),
        ("13.7a", {"text": Words(en="x", cy="y" * 201)}, "may not be copied"),
        ("13.7a", {"text": Words(en="x"), "place": replace(WHERE, looked_up_in=" ")}, "where you looked it up"),
        ("13.7a", {"text": Words(en="x"), "place": replace(WHERE, document_on=date(2030, 1, 1))}, "in the future"),
    ],
)
def test_refusals_say_how_to_mend_it(desk: Desk, key: str, changed: dict[str, object], says: str) -> None:
    with pytest.raises(Refused, match=says):
        desk.correct(key, **changed)
    assert desk.db.scalar(select(func.count()).select_from(LineCheckRow)) == 0


@pytest.mark.parametrize(
    ("key", "code", "says"),
    [
        ("13.7a", "13.7z", "keeps its code"),
        ("5.3~assessing", "5.4a", "begins with 5.3"),
        ("5.3~assessing", "5.3", "begins with 5.3"),
        ("5.3~assessing", "5.3~x", "begins with 5.3"),
        ("9.4~early", "9.4e", "another line already"),
    ],
)
def test_a_code_is_the_official_one_of_this_line_alone(desk: Desk, key: str, code: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        desk.correct(key, code=code)


def test_kind_and_code_stay_while_people_hold_evidence(desk: Desk, hanging: Callable[..., None]) -> None:
    desk.correct("5.3~assessing", code="5.3c")
    hanging("Ann Other", "Bea Nother")
    with pytest.raises(Refused, match=r"How many: 2\. Who: Ann Other, Bea Nother"):
        desk.correct("13.7a", kind=Kind.PRACTICE, simulation=Simulated.NO)
    with pytest.raises(Refused, match="Ann Other"):
        desk.correct("5.3~assessing", code=None)
    desk.correct("13.7a", text=Words(en="The words may change"))
    assert desk.line("5.3~assessing").code == "5.3c"


def shown(desk: Desk, key: str) -> None:
    """Somebody shows a line at this moment."""
    line = {"framework": "cc-2025", "edition": "2025", "line": key}
    desk.db.add(FrameworkLine(authority_id=desk.world.authority, kind=Kind.KNOWLEDGE, **line))
    desk.db.flush()
    about = {"module": "CCK-13", "outcome": "CCK-13-K1", "how": HowShown.CHECK, "enrolment_id": uuid4(), "at": desk.now}
    who = {"learner_id": desk.world.pa, "authority_id": desk.world.authority}
    desk.db.add(KnowledgeShown(kind=Kind.KNOWLEDGE, **who, **line, **about))
    desk.db.flush()


def test_the_list_names_those_whose_evidence_hangs_on_it(desk: Desk) -> None:
    shown(desk, "13.7a")
    with pytest.raises(Refused) as refused:
        desk.correct("13.7a", kind=Kind.PRACTICE, simulation=Simulated.NO)
    assert people.person(desk.db, desk.world.pa).name in str(refused.value)
    desk.correct("13.7b", kind=Kind.PRACTICE, simulation=Simulated.NO)
    assert desk.line("13.7b").kind is Kind.PRACTICE


def test_somebody_who_shows_it_at_the_same_moment_is_not_lost(desk: Desk, hanging: Callable[..., None]) -> None:
    shown(desk, "13.7a")
    hanging()  # as it was when it was looked at, a moment before
    with pytest.raises(Refused, match="just shown this line"):
        desk.correct("13.7a", kind=Kind.PRACTICE, simulation=Simulated.NO)


def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    for key, code in (("99.9z", "cc-2025"), ("1.1a", "cc-1999")):
        with pytest.raises(NotFound):
            desk.confirm(key, code)


def test_a_rolled_back_correction_is_forgotten(desk: Desk) -> None:
    was = desk.line("13.7a").text
    savepoint = desk.db.begin_nested()
    desk.correct("13.7a", text=Words(en="Never"))
    assert desk.line("13.7a").text.en == "Never"
    savepoint.rollback()
    assert desk.line("13.7a").text == was
    desk.correct("13.7a", text=Words(en="Instead"))
    assert desk.line("13.7a").text.en == "Instead"


def test_the_database_keeps_out_what_says_nothing(desk: Desk) -> None:
    desk.confirm("13.7a")
    row = desk.db.scalars(select(LineCheckRow)).one()
    row.looked_up_in = ""
    with pytest.raises(IntegrityError):
        desk.db.flush()


def test_the_pack_says_the_same_when_it_is_loaded(desk: Desk, tmp_path: Path) -> None:
    desk.confirm("13.7a")
    desk.confirm("1.1a", "cc-2015")
    desk.correct("13.7b", text=Words(en="Ours: “with” 'quotes', #hash", cy="Ein geiriau ŵ ŷ"))
    desk.correct("8.3e", kind=Kind.KNOWLEDGE, simulation=Simulated.YES)
    desk.correct("5.3~assessing", code="5.3c", text=Words(en="no"), simulation=Simulated.UNKNOWN)
    name, content = pack.corrections_pack(desk.db, desk.world.authority)
    assert name.endswith(".zip")
    assert pack.corrections_pack(desk.db, desk.world.authority)[1] == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path)
    loaded = shelves.load(LOADERS, [tmp_path], across=ACROSS)[Frameworks]
    held = queries.frameworks_for(desk.db, desk.world.authority)
    for code in ("cc-2025", "cc-2015"):
        assert loaded.framework(code).lines == held.framework(code).lines
    assert loaded.framework("cc-2025").line("8.3e").kind is Kind.KNOWLEDGE


def test_the_pack_of_nothing_loads_too(desk: Desk, tmp_path: Path) -> None:
    _name, content = pack.corrections_pack(desk.db, desk.world.other_authority)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path)
    shelves.load(LOADERS, [tmp_path], across=ACROSS)
