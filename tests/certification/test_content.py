"""The certificates shelf: it loads, and every mistake of an author is named with its file and line."""

import re
from pathlib import Path

import pytest

from lms.certification import content
from lms.certification.labels import LABELS
from lms.core.content import Problems
from lms.core.shelves import builtin

GOOD = (
    (builtin("certificates") / "module" / "certificate.yaml")
    .read_text(encoding="utf-8")
    .replace("design: standard.html", "design: design.html")
)
DESIGN = (Path(__file__).parent / "a_design.html").read_text(encoding="utf-8")
"""A pack's own page for the kind, in one language and with days by their names."""


def problems_of(folder: Path, authoring: str = GOOD, design: str = DESIGN) -> list[str]:
    place = folder / "module"
    place.mkdir(parents=True)
    (place / "certificate.yaml").write_text(authoring, encoding="utf-8")
    (place / "design.html").write_text(design, encoding="utf-8")
    problems = Problems()
    content.load([folder], problems)
    return [str(problem).removeprefix(str(place)) for problem in problems.found]


def line_of(text: str, part: str) -> int:
    return next(i for i, line in enumerate(text.splitlines(), 1) if part in line)


def test_the_built_in_shelf_loads() -> None:
    problems = Problems()
    design = content.load([builtin("certificates")], problems).design("module")
    assert problems.found == []
    assert "not the Care Certificate" in design.does_not_prove[0].en
    assert design.validity_months is None


def test_an_unknown_place_in_a_sentence_is_named(tmp_path: Path) -> None:
    wrong = GOOD.replace("finished every lesson", "finished %(nodule)s every lesson")
    (said,) = problems_of(tmp_path, wrong)
    assert said.startswith(f"/certificate.yaml:{line_of(wrong, 'nodule')}: There is no %(nodule)s;")


def test_a_percent_sign_on_its_own_is_named(tmp_path: Path) -> None:
    (said,) = problems_of(tmp_path, GOOD.replace("It is not a qualification", "100 % not a qualification"))
    assert said.endswith("A percent sign on its own is written %%.")


def test_an_unknown_place_in_a_design_is_named(tmp_path: Path) -> None:
    wrong = DESIGN.replace("{{ number }}", "{{ number }} {{ salary }}")
    (said,) = problems_of(tmp_path, design=wrong)
    assert said.startswith(f"/design.html:{line_of(wrong, 'salary')}: A design has no “salary”;")


def test_an_unknown_phrase_is_named(tmp_path: Path) -> None:
    wrong = DESIGN.replace("say.kind", "say.sort")
    (said,) = problems_of(tmp_path, design=wrong)
    expected = f"/design.html:{line_of(wrong, 'say.sort')}: There is no phrase “sort” in the certificate's file."
    assert said == expected


@pytest.mark.parametrize("name", ["does_not_prove", "number", "qr"])
def test_a_design_cannot_leave_out_what_makes_it_honest(tmp_path: Path, name: str) -> None:
    wrong = DESIGN.replace("{{ " + name + " }}", "").replace(f"in {name} %", "in proves %")
    assert problems_of(tmp_path, design=wrong) == [f"/design.html: A design has to place “{name}”."]


def test_a_broken_template_is_named_with_its_line(tmp_path: Path) -> None:
    wrong = DESIGN.replace("{% endfor %}", "{% end %}", 1)
    (said,) = problems_of(tmp_path, design=wrong)
    assert said.startswith(f"/design.html:{line_of(wrong, '{% end %}')}: This is not a template:")


@pytest.mark.parametrize(
    "attack", ["{{ holder.__class__.__mro__ }}", "{{ say.kind.format.__globals__ }}", "{% include '/etc/passwd' %}"]
)
def test_a_design_can_place_texts_and_nothing_else(tmp_path: Path, attack: str) -> None:
    assert problems_of(tmp_path, design=DESIGN.replace("</body>", attack + "</body>")) != []


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("kind: module", "kind: Module Certificate", "kind: Module Certificate"),
        ("validity_months: null", "validity_months: 0", "validity_months: 0"),
        ("design: design.html", "design: ../design.html", "design: ../design.html"),
        ("needs: {module_studied: true,", "needs: {modul_studied: true,", "modul_studied"),
        ('edition: "2026.1"', 'edition: "2026.1"\ncolour: red', "colour: red"),
    ],
)
def test_mistakes_of_shape_are_named_with_their_line(tmp_path: Path, right: str, wrong: str, line: str) -> None:
    text = GOOD.replace(right, wrong)
    found = problems_of(tmp_path, text)
    assert any(said.startswith(f"/certificate.yaml:{line_of(text, line)}: ") for said in found), found


def test_a_missing_design_is_named(tmp_path: Path) -> None:
    (tmp_path / "module").mkdir()
    (tmp_path / "module" / "certificate.yaml").write_text(GOOD, encoding="utf-8")
    problems = Problems()
    assert content.load([tmp_path], problems).by_kind == {}
    assert [str(p) for p in problems.found] == [f"{tmp_path}/module/design.html: The file is missing."]


def test_a_later_pack_replaces_a_kind(tmp_path: Path) -> None:
    assert problems_of(tmp_path, GOOD.replace('edition: "2026.1"', 'edition: "council-7"')) == []
    shelf = content.load([builtin("certificates"), tmp_path], Problems())
    assert shelf.design("module").edition == "council-7"


def test_the_same_kind_twice_in_one_folder_is_a_mistake(tmp_path: Path) -> None:
    problems_of(tmp_path)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "certificate.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "other" / "design.html").write_text(DESIGN, encoding="utf-8")
    problems = Problems()
    content.load([tmp_path], problems)
    assert [p.message.partition(" stands")[0] for p in problems.found] == ["The kind module"]


def test_welsh_is_all_or_nothing() -> None:
    design = content.load([builtin("certificates")], Problems()).design("module")
    assert design.languages(["cy"]) == ("en",)
    assert design.languages(["cy", "en"]) == ("en",)
    complete = design.model_copy(
        update={
            name: _in_welsh(getattr(design, name))
            for name in ("title", "signatory", "proves", "proves_with_prior", "does_not_prove", "capacities", "phrases")
        }
    )
    shown = {name: words.model_copy(update={"cy": "Cymraeg"}) for name, words in design.labels.items()}
    assert complete.languages(["cy"]) == ("en",), "its own phrases alone leave labels of facts without Welsh"
    complete = complete.model_copy(update={"phrases": shown})
    assert complete.languages(["cy"]) == ("cy",)
    assert complete.languages(["en"]) == ("en",)
    assert complete.languages(["cy", "en"]) == ("cy", "en")
    assert complete.model_copy(update={"language": "both"}).languages(["cy"]) == ("en", "cy")
    assert complete.model_copy(update={"language": "en"}).languages(["cy"]) == ("en",)


@pytest.mark.parametrize("kind", ["module", "care-certificate", "attendance"])
def test_one_label_without_welsh_is_not_half_and_half(kind: str) -> None:
    """The standard page says many things that are no facts, and some certificates never come to show all of them."""
    design = content.load([builtin("certificates")], Problems()).design(kind)
    texts = ("title", "signatory", "proves", "proves_with_prior", "does_not_prove", "capacities")
    whole = design.model_copy(
        update={
            **{name: _in_welsh(getattr(design, name)) for name in texts},
            "phrases": _in_welsh(dict(design.labels)),
        }
    )
    assert whole.languages(["cy"]) == ("cy",)
    within = {"care-certificate": ("prior",), "attendance": ("in_person", "online", "both")}.get(kind, ())
    placed = ("awarded_to", "number", "spoken", "check_how", "name_elsewhere", "signed_by", "achieved_by")
    for name in (*placed, *within):
        but_one = whole.model_copy(
            update={"phrases": {each: words for each, words in whole.phrases.items() if each != name}}
        )
        if name in design.phrases:
            continue
        assert but_one.languages(["cy"]) == ("en",), name
        assert but_one.languages(["en", "cy"]) == ("en",), name


def test_a_packs_kind_with_all_welsh_but_one_label_is_in_english(tmp_path: Path) -> None:
    page = DESIGN.replace("</body>", "<p>{{ say.awarded_to }}</p></body>")
    labels = {**LABELS, **content.load([builtin("certificates")], Problems()).design("module").phrases}

    def design(but: str) -> content.CertificateDesign:
        own = "".join(f"  {name}: {{en: {words.en!r}, cy: Cymraeg}}\n" for name, words in labels.items() if name != but)
        text = re.sub("^phrases:.*", f"phrases:\n{own}", GOOD, flags=re.DOTALL | re.MULTILINE)
        assert problems_of(tmp_path / (but or "none"), text.replace("cy: null", "cy: Cymraeg"), page) == []
        return content.load([tmp_path / (but or "none")], Problems()).design("module")

    assert design("").languages(["cy"]) == ("cy",)
    assert design("awarded_to").languages(["cy"]) == ("en",)
    assert design("hours").languages(["cy"]) == ("cy",), "what this page never says needs no Welsh"


def _in_welsh(value: object) -> object:
    if isinstance(value, dict):
        return {key: _in_welsh(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return tuple(_in_welsh(each) for each in value)
    return value.model_copy(update={"cy": "Cymraeg"})  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("needs: {module_studied: true, practice_signed_off: true}", "needs: {}", "a rule has to need something"),
        ("needs: {module_studied: true,", "earned: by_course\nneeds: {module_studied: true,", "module_studied is for"),
        ("needs: {module_studied: true,", "earned: by_course\nneeds: {", "says its `of` and `code`"),
        ("needs: {module_studied: true,", "needs: {attended: true,", "attended is for what is earned by_attendance"),
        ("needs: {module_studied: true,", "needs: {knowledge_shown: true,", "name the framework"),
        ("needs: {module_studied: true,", "needs: {modules_studied: true,", "name the course"),
        ("needs: {module_studied: true,", "code: X\nneeds: {certificates_held: [X],", "cannot need itself"),
        ("validity_months: null", "validity_months: null\nwaits_for: [payment]", "sample"),
        ("validity_months: null", "validity_months: null\nlanguage: fr", "'en', 'cy' or 'both'"),
        ("validity_months: null", 'validity_months: null\ncode: "%(number)s"', "pattern"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    assert right in GOOD
    found = problems_of(tmp_path, GOOD.replace(right, wrong))
    assert any(said in each for each in found), found


def test_what_other_packs_wrote_before_there_were_kinds_still_loads(tmp_path: Path) -> None:
    assert problems_of(tmp_path) == []
    shelf = content.load([tmp_path], Problems())
    kind = shelf.design("module")
    assert (kind.earned, kind.of, kind.code, kind.issued, kind.renews) == ("by_module", None, None, "at_once", False)
    assert kind.waits_for == ("sample",)


def test_a_kind_that_names_its_course_goes_before_one_that_names_none() -> None:
    shelf = content.load([builtin("certificates")], Problems())
    assert [each.kind for each in shelf.of(content.By.MODULE, "PAI")] == ["module"]
    assert [each.kind for each in shelf.of(content.By.MODULE, "PAF")] == ["further"]


@pytest.mark.parametrize("kind", ["induction", "knowledge", "care-certificate", "further", "refresher", "attendance"])
def test_every_kind_says_what_it_is_not(kind: str) -> None:
    design = content.load([builtin("certificates")], Problems()).design(kind)
    said = " ".join(words.en for words in design.does_not_prove)
    assert "Care Certificate" in said
    assert "qualification" in said
    assert "clinical tasks" in said or kind == "knowledge"
