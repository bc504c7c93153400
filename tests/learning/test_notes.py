"""What `lms check` says of content that is not wrong: reading, sources, questions that give themselves away, links."""

import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.content import Problem, Problems
from lms.learning.catalogue import Courses
from lms.learning.content import load
from lms.learning.shelf import links, notes
from lms.learning.shelf.notes import report
from lms.learning.shelf.question_notes import bank_notes
from lms.learning.shelf.reading import ease_of, syllables
from tests.learning.packs import MODULE, QUESTIONS, Pack

LESSON = "SMALL-1/lessons/01-one.en.md"
ON = date(2026, 11, 22)


def courses_of(pack: Pack) -> Courses:
    problems = Problems()
    courses = load([pack.folder], problems)
    assert [str(problem) for problem in problems.found] == []
    return courses


def notes_of(pack: Pack) -> list[str]:
    return [f"{note.path.name}:{note.line}: {note.message}" for note in report(courses_of(pack), ON)]


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────

SPOKEN = {
    1: "time makes asked use used home the you care here Wales changed whole lives choice 999",
    2: "people table boxes wanted being idea's payment going England trying pages decide handle bottles science",
    3: "assistant personal radio family employer serious area direct-pay medicine previous",
    4: "situation capacity",
}


def test_syllables_are_counted_about_right() -> None:
    wrong = [
        (word, syllables(word), count)
        for count, words in SPOKEN.items()
        for word in words.split()
        if syllables(word) != count and word not in {"people", "idea's", "direct-pay"}
    ]
    assert wrong == []


@given(st.text(max_size=200))
def test_any_text_can_be_counted(text: str) -> None:
    ease = ease_of(text)
    assert ease.words >= ease.sentences >= 0
    assert ease.syllables >= ease.words
    assert ease.age == 0 or ease.words


def test_sentences_end_where_a_reader_stops() -> None:
    text = "## A heading is not counted\n\nIt is 8:40 a.m. by now. Is it? “Yes!” she says.\n\n- One thing\n- Two things"
    ease = ease_of(text)
    assert (ease.sentences, ease.words) == (5, 16)


def test_hard_words_and_long_sentences_make_a_text_harder() -> None:
    easy = "The cup is on the table. You can lift it now."
    hard = "Notwithstanding organisational considerations, responsibility for documentation remains with individuals."
    assert ease_of(easy).age < 9
    assert ease_of(hard).age > 15


def test_a_lesson_that_is_hard_to_read_is_named(pack: Pack) -> None:
    sentence = "Organisational responsibilities necessitate comprehensive documentation of considerations " * 5
    pack.spoil(LESSON, "Some [text]", f"{sentence}. Some [text]")
    assert any(note.startswith("01-one.en.md:0: It reads at about age") for note in notes_of(pack))
    assert any("words in a sentence on average; keep it under 15." in note for note in notes_of(pack))


# ── Sources, pictures, editions ──────────────────────────────────────────────────────────────────────────────────────


def test_a_lesson_without_a_source_and_an_act_without_its_own_are_named(pack: Pack) -> None:
    pack.spoil(LESSON, "kind: law", "kind: local_custom")
    assert not any("no source of it is law" in note for note in notes_of(pack))
    pack.spoil(LESSON, "Some [text]", "It is in the Care Act 2014. Some [text]")
    assert "01-one.en.md:14: It names the Care Act 2014; no source of it is law or guidance." in [
        note.replace("It is in the", "the") for note in notes_of(pack)
    ] or any("Care Act 2014; no source of it is law" in note for note in notes_of(pack))
    source = next(line for line in (pack.folder / LESSON).read_text().splitlines() if "A law" in line)
    pack.spoil(LESSON, f"sources:\n{source}", "sources: []")
    assert "01-one.en.md:0: It names no source." in notes_of(pack)


def test_small_letters_and_pictures_that_nobody_sees_are_named(pack: Pack) -> None:
    pack.write(
        "SMALL-1/pictures/a.svg",
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400"><title>A</title><desc>B</desc>'
        '<text font-size="20">x</text></svg>',
    )
    assert "a.svg:0: Its smallest letters are 10 units at a width of 320; 14 can be read on a phone." in notes_of(pack)
    assert "a.svg:0: No lesson and no question shows this picture." in notes_of(pack)
    pack.spoil(LESSON, "Some [text]", "![A](pictures/a.svg) Some [text]")
    assert not any("shows this picture" in note for note in notes_of(pack))


def test_a_new_edition_says_what_is_new(pack: Pack) -> None:
    pack.write("LATER/module.yaml", MODULE.replace('edition: "1"', 'edition: "2"'))
    for name in ("questions.yaml", "lessons/01-one.en.md", "lessons/02-two.en.md"):
        pack.write(f"LATER/{name}", (pack.folder / "SMALL-1" / name).read_text())
    assert "module.yaml:1: SMALL-1 2 does not say what is new (changes: …)." in notes_of(pack)


def test_a_video_needs_captions(pack: Pack) -> None:
    video = 'recordings:\n  - {file: a.webm, title: A, kind: video, transcript: "Words."}\ncheck_again_by'
    pack.spoil(LESSON, "check_again_by", video)
    folder = pack.folder / "SMALL-1" / "recordings"
    folder.mkdir()
    for name in ("a.webm", "b.webm"):
        (folder / name).write_bytes(b"\x1a\x45\xdf\xa3rest")
    found = notes_of(pack)
    assert any("The video “A” has no captions" in note for note in found)
    assert "b.webm:0: No lesson plays this recording." in found


# ── Questions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def question(number: int, *texts: str, right: int = 0, text: str = "") -> str:
    options = "\n".join(
        f'      - {{code: {"abcd"[i]}, right: {str(i == right).lower()}, text: {{en: "{each}"}}, feedback: {{en: F.}}}}'
        for i, each in enumerate(texts)
    )
    asks = text or f"Question number {number} about something else entirely, {number * 7}?"
    return (
        f'  - code: N{number}\n    outcome: SMALL-1.1\n    kind: one_answer\n    text: {{en: "{asks}"}}\n'
        f"    options:\n{options}\n"
    )


def said_of(pack: Pack, *questions: str) -> list[str]:
    pack.write("SMALL-1/questions.yaml", QUESTIONS + "".join(questions))
    return [note.message for note in bank_notes(courses_of(pack).modules["SMALL-1"])]


def test_too_few_questions_are_named(pack: Pack) -> None:
    found = said_of(pack)
    assert "3 questions; at least 18 let people try again with others." in found
    assert "Only 1 question is about SMALL-1.1." in found


def test_twins_are_named_and_numbers_tell_apart(pack: Pack) -> None:
    asks = "What do you do when the smoke alarm goes off at {} in the evening?"
    options = ("Ring 999 and then wait outside the house", "Go back to bed", "Open windows")
    found = said_of(
        pack,
        question(1, *options, text=asks.format("nine")),
        question(2, *options, text=asks.format("ten")),
        question(3, *options, text=asks.format(11)),
        question(4, "Ring 999 and then wait outside the house", "Ring 111 and then wait outside the house", "No"),
        question(5, "Ring them up and then wait outside the door", "Ring them up and then wait outside the gate", "No"),
    )
    assert "N2 asks nearly the same as N1." in found
    assert not any("N3 asks" in note or "N4: " in note for note in found)
    assert "N5: the options a and b say nearly the same." in found


def test_answers_that_give_themselves_away_are_named(pack: Pack) -> None:
    long = "Ask her what she would like to do, and then help her with it as far as she wants"
    found = said_of(pack, *(question(n, "Do it", long, "Leave it", right=1) for n in range(8)))
    assert "N3: the right answer is far longer than the others, which gives it away." in found
    assert "The right answer stands in place 2 in 8 of 8 questions. Spread it." in found
    assert "The right answer is the longest one in 8 of 8 questions, which gives it away." in found
    even = said_of(pack, *(question(n, "Do it now", "Ask first", "Leave it", right=n % 3) for n in range(9)))
    assert not any("gives it away" in note or "Spread" in note for note in even)


# ── Links ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response({"/well": 200, "/law": 200, "/wary": 403}.get(self.path, 404))
        self.end_headers()

    def log_message(self, *_rest: Any) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    """A web site on this machine."""
    server = HTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_addresses_that_do_not_answer_are_named_where_they_stand(
    pack: Pack, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    text = f"[a]({site}/well), [b]({site}/gone), [c]({site}/wary) and [d](http://127.0.0.1:1/away). See {site}/gone."
    for name in ("01-one", "02-two"):
        lesson = f"SMALL-1/lessons/{name}.en.md"
        pack.spoil(lesson, "Some [text](https://example.com)", text)
        pack.spoil(lesson, "https://www.legislation.gov.uk/x", f"{site}/law")
    found = [note for note in links.ask(courses_of(pack)) if isinstance(note, Problem)]
    assert [(note.path.name, note.line) for note in found] == [("01-one.en.md", 14)] * 3
    said = [note.message.replace(site, "") for note in found]
    assert said == [
        "/gone answers 404.",
        "/wary answers 403 to a program; look with a browser.",
        "http://127.0.0.1:1/away does not answer (ConnectionRefusedError).",
    ]


def test_what_the_product_teaches_reads_well(courses: Courses) -> None:
    """The words' own guide: about age 11, sentences under 15 words on average."""
    about = ("reads at", "in a sentence")
    found = [str(note) for note in notes.report(courses, ON)]
    assert [note for note in found if any(each in note for each in about)] == []
