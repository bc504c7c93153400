"""Questions from GIFT and Moodle XML, and back: what is kept, what is named, and what is refused before it is read."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.cli import main
from lms.core.content import Problems, read_yaml
from lms.learning.authoring.drafts import TO_WRITE, Imported, TooMuch, imported
from lms.learning.authoring.files import read_file
from lms.learning.authoring.gift_out import gift_of
from lms.learning.questions import Question
from lms.learning.shelf.question_files import bank_of
from tests.learning.test_kinds import BANK

OUTCOMES = {"NEW-1.1", "NEW-1.2"}

GIFT = """\
// a remark
$CATEGORY: $course$/New/NEW-1.2

::Q-1:: Who decides? {
  =The person#Her home.
  ~The council
  ~You \\= the PA
}

Two of these are safe. {~%50%Gloves#Yes ~%50%Apron#Yes ~%-100%Slippers#No}

The kettle is hot. {T#It is.#Right.}

Ring {=999 =%0%111#Not so fast. =%0%*#It is 999.} now.

Match them. {=glove -> bin =needle -> box =towel -> wash = -> sink}

How many seconds? {#20}

About how many? {#20:5}

Tell us. {}

No answer at all.

Broken { =a ~b

Half right {=a ~%50%b ~c}
"""

MOODLE = """\
<?xml version="1.0" encoding="UTF-8"?>
<quiz>
  <question type="category"><category><text>$course$/NEW-1.2</text></category></question>
  <question type="multichoice">
    <name><text>Who</text></name>
    <questiontext format="html"><text><![CDATA[<p>Who <b>decides</b>?</p>]]></text></questiontext>
    <single>true</single>
    <answer fraction="100"><text>The person</text><feedback><text>Her home.</text></feedback></answer>
    <answer fraction="0"><text>The council</text><feedback><text>No.</text></feedback></answer>
  </question>
  <question type="multichoice">
    <questiontext><text>Which two?</text></questiontext><single>false</single>
    <answer fraction="50"><text>a</text></answer><answer fraction="50"><text>b</text></answer>
    <answer fraction="-100"><text>c</text></answer>
  </question>
  <question type="truefalse">
    <questiontext><text><![CDATA[<img src="@@PLUGINFILE@@/x.png"> It is.]]></text></questiontext>
    <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>
  </question>
  <question type="shortanswer">
    <questiontext><text>Ring?</text></questiontext>
    <answer fraction="100"><text>999</text></answer><answer fraction="0"><text>111</text></answer>
  </question>
  <question type="matching">
    <questiontext><text>Match.</text></questiontext>
    <subquestion><text>glove</text><answer><text>bin</text></answer></subquestion>
    <subquestion><text>needle</text><answer><text>box</text></answer></subquestion>
    <subquestion><text>towel</text><answer><text>wash</text></answer></subquestion>
    <subquestion><text></text><answer><text>sink</text></answer></subquestion>
  </question>
  <question type="ordering">
    <questiontext><text>Order.</text></questiontext>
    <answer fraction="1"><text>wet</text></answer><answer fraction="2"><text>soap</text></answer>
    <answer fraction="3"><text>rinse</text></answer>
  </question>
  <question type="essay"><questiontext><text>Tell.</text></questiontext></question>
  <question type="cloze"><questiontext><text>{1:SHORTANSWER:=x}</text></questiontext></question>
</quiz>
"""


def brought(content: str | bytes, name: str = "q.txt") -> Imported:
    data = content.encode() if isinstance(content, str) else content
    return imported(read_file(name, data), module="NEW-1", outcome="NEW-1.1", outcomes=OUTCOMES)


def bank(came: Imported, tmp_path: Path) -> list[Question]:
    """What our own loader makes of the text."""
    path, problems = tmp_path / "questions.yaml", Problems()
    path.write_text(came.text, encoding="utf-8")
    source = read_yaml(path, problems)
    assert source is not None
    found = bank_of(source, OUTCOMES, "NEW-1", problems)
    assert not problems.found, problems.found
    return found or []


def test_gift_is_read_and_everything_else_is_named_with_its_line(tmp_path: Path) -> None:
    came = brought(GIFT)
    found = bank(came, tmp_path)
    assert [question.kind for question in found] == [
        "one_answer", "several_answers", "true_or_false", "typed_answer", "match", "typed_answer", "written",
        "one_answer",
    ]  # fmt: skip
    assert found[0].code == "Q-1"
    assert {question.outcome for question in found} == {"NEW-1.2"}
    assert found[0].options[2].text.en == "You = the PA"  # type: ignore[union-attr]
    assert found[2].options[1].feedback.en == "It is."  # type: ignore[union-attr]
    assert found[3].text.en == "Ring _____ now."
    assert found[3].feedback.wrong.en == "It is 999."  # type: ignore[union-attr]
    assert [extra.right.en for extra in found[4].extras] == ["sink"]  # type: ignore[union-attr]
    said = [str(each) for each in came.findings]
    for wanted in (
        "line 20: left out: a number that may differ",
        "line 24: left out: a text without",
        "line 26: left out",
    ):
        assert any(each.startswith(wanted) for each in said), (wanted, said)
    assert any(each.startswith("line 28: shares of a mark") for each in said)
    assert any(TO_WRITE in each for each in said)


def test_moodle_xml_is_read_and_everything_else_is_named_with_its_line(tmp_path: Path) -> None:
    came = brought(MOODLE)
    found = bank(came, tmp_path)
    assert [question.kind for question in found] == [
        "one_answer", "several_answers", "true_or_false", "typed_answer", "match", "put_in_order", "written",
    ]  # fmt: skip
    assert found[0].text.en == "Who decides?"
    assert found[2].text.en == "It is."
    said = [str(each) for each in came.findings]
    assert any(each.startswith("line 17: a picture") for each in said), said
    cloze = MOODLE.splitlines().index(next(line for line in MOODLE.splitlines() if "cloze" in line)) + 1
    assert f"line {cloze}: left out: there are no questions of the kind “cloze” here." in said


def test_what_goes_out_as_gift_comes_back_the_same(tmp_path: Path) -> None:
    """All that GIFT can say: match has no place for feedback there, and a reader's list none either."""
    out = gift_of(list(BANK.values()))
    found = {question.kind: question for question in bank(brought(out), tmp_path)}
    assert set(found) == set(BANK) - {"put_in_order", "picture_choice"}
    assert "N-5 is left out" in out
    for kind in ("one_answer", "several_answers", "true_or_false"):
        assert found[kind] == BANK[kind]
    typed = BANK["typed_answer"].model_dump(exclude={"hint"})
    assert found["typed_answer"].model_dump(exclude={"hint"}) == typed
    match, again = BANK["match"], found["match"]
    assert (again.code, again.text) == (match.code, match.text)
    assert [(p.left, p.right) for p in again.pairs] == [(p.left, p.right) for p in match.pairs]  # type: ignore[union-attr]
    assert [e.right for e in again.extras] == [e.right for e in match.extras]  # type: ignore[union-attr]
    assert found["written"].text == BANK["written"].text


@given(text=st.text(alphabet="ab~=#{}:\\-> \n/.%*", min_size=1, max_size=30).filter(lambda text: text.strip()))
@settings(max_examples=60)
def test_signs_in_texts_survive_the_way_out_and_in(text: str) -> None:
    question = BANK["one_answer"]
    words = question.text.model_copy(update={"en": f"Say {text} now"})
    options = tuple(o.model_copy(update={"feedback": words}) for o in question.options)  # type: ignore[union-attr]
    changed = question.model_copy(update={"text": words, "options": options})
    (said,) = yaml.safe_load(brought(gift_of([changed])).text)["questions"]
    wanted = " ".join(f"Say {text} now".split()).replace("->", "→")
    assert said["text"]["en"] == wanted
    assert said["options"][0]["feedback"]["en"] == wanted


LAUGHS = '<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE q SYSTEM "file:///etc/passwd"><quiz/>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (LAUGHS, "document type"),
        (OUTSIDE, "document type"),
        ("<quiz>" * 5000, "nested too deeply"),
        ("<quiz>" + "<a/>" * 100_001 + "</quiz>", "too many parts"),
        ("<quiz><question></quiz>", "this is not XML"),
        ("<html></html>", "does not start with <quiz>"),
        ("", "empty"),
        (b"\xff\xfe\x00Q", "not UTF-8"),
        ("a" * 5_000_001, "larger than 5 MB"),
        ("Q {=a ~b}\n\n" * 501, "more than 500 questions"),
        ("No question\n\n" * 1001, "More than 1000 things"),
    ],
)
def test_files_that_are_refused(content: str | bytes, said: str) -> None:
    with pytest.raises(TooMuch, match=said):
        brought(content)


ESSAY = "<quiz><question type='essay'><questiontext><text>{}</text></questiontext></question></quiz>"


@pytest.mark.parametrize(
    "content",
    [
        "// " + "[id:" * 1_000_000,
        "Q {#" + " " * 15_000 + "x}",
        "Q {" + "= " * 2_000_000 + "}",
        ESSAY.format("&lt;a " * 3_300),
        ESSAY.format("&lt;a " * 700_000),
        ESSAY.format("y" * 4_000_000 + "<b/>x" * 90_000),
    ],
    ids=["remarks", "spaces", "answers", "html", "long html", "parts"],
)
def test_what_makes_a_reader_start_again_and_again_is_read_once(content: str) -> None:
    """A reader that goes back to where it was for each sign takes minutes or hours over these."""
    assert brought(content).count <= 1


@given(st.one_of(st.text(max_size=200), st.text(alphabet="{}=~#:\\->T% a\n/$[]", max_size=120)))
def test_whatever_is_in_a_gift_file_is_read_or_named(text: str) -> None:
    try:
        came = brought(text)
    except TooMuch:
        return
    assert came.count == len(yaml.safe_load(came.text)["questions"])


def test_the_command_looks_first_and_never_writes_over_work_in_progress(tmp_path: Path) -> None:
    file, pack = tmp_path / "bank.gift", tmp_path / "pack"
    file.write_text(GIFT, encoding="utf-8")
    tried = ["questions", "import", str(file), "--module", "PAI-1"]
    looked = CliRunner().invoke(main, [*tried, "--dry-run"])
    assert looked.exit_code == 0, looked.output
    assert "8 of 8 questions can be used" in looked.output
    assert f"{file}:24: left out" in looked.output
    assert not pack.exists()
    assert CliRunner().invoke(main, tried).exit_code != 0
    into = [*tried, "--into", str(pack)]
    assert CliRunner().invoke(main, into).exit_code == 0
    (made,) = pack.rglob("*.yaml")
    assert made.name == "questions-to-check.yaml"
    again = CliRunner().invoke(main, into)
    assert again.exit_code != 0
    assert "is there already" in again.output


def test_the_command_writes_a_bank_as_gift() -> None:
    out = CliRunner().invoke(main, ["questions", "export", "--module", "PAI-1"])
    assert out.exit_code == 0
    assert "::PAI-1-Q01::" in out.output
    assert CliRunner().invoke(main, ["questions", "export", "--module", "PAI-99"]).exit_code != 0
