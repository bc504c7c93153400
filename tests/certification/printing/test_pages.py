"""The pages on which staff look at an example of each kind, and the same at the terminal."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from click.testing import CliRunner

from lms.certification.printing import aside, specimens
from lms.certification.printing.cli import command
from tests.world import World


def test_a_coordinator_looks_at_every_kind(open_as: Any, world: World) -> None:
    page = open_as(world.coordinator, "/certificates/kinds")
    assert page.status_code == 200
    assert "Module certificate" in page.text
    assert "/certificates/kinds/care-certificate" in page.text


def test_an_example_says_all_that_such_a_certificate_says(open_as: Any, world: World) -> None:
    page = open_as(world.coordinator, "/certificates/kinds/module").text
    for said in (specimens.HOLDER, specimens.NUMBER, "Rivermere Council", "This is not the Care Certificate.", "zero"):
        assert said in page


def test_an_example_on_paper_says_that_it_is_one(open_as: Any, world: World) -> None:
    answer = open_as(world.coordinator, "/certificates/kinds/induction/pdf")
    assert answer.mimetype == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    text = " ".join(pypdf.PdfReader(BytesIO(answer.data)).pages[0].extract_text().split())
    assert "An example. It certifies nothing." in text
    assert "Rivermere Council" in text
    assert b"/ByteRange" not in answer.data


@pytest.mark.parametrize("path", ["", "/module", "/module/pdf"])
def test_nobody_else_does(open_as: Any, world: World, path: str) -> None:
    for somebody in (world.pa, world.employer_person, world.funding_officer):
        assert open_as(somebody, f"/certificates/kinds{path}").status_code in {403, 404}


@pytest.mark.parametrize("path", ["/nothing", "/nothing/pdf", "/..%2fmodule"])
def test_a_kind_that_is_not_there_is_not_found(open_as: Any, world: World, path: str) -> None:
    assert open_as(world.coordinator, f"/certificates/kinds{path}").status_code == 404


def run(*words: object) -> Any:
    return CliRunner().invoke(command, [str(word) for word in words])


@pytest.mark.parametrize("language", ["en", "cy", "both"])
def test_the_terminal_writes_the_same(tmp_path: Path, language: str) -> None:
    out = tmp_path / "a.pdf"
    said = run("preview", "module", out, "--language", language)
    assert said.exit_code == 0, said.output
    assert ("no Welsh" in said.output) is (language != "en")
    assert len(pypdf.PdfReader(BytesIO(out.read_bytes())).pages) == 1


def test_the_terminal_names_the_kinds_there_are(tmp_path: Path) -> None:
    said = run("preview", "diploma", tmp_path / "a.pdf")
    assert said.exit_code == 1
    assert "There is no kind diploma; there is attendance, awareness, care-certificate" in said.output


def test_a_process_that_serves_pages_prints_nothing_itself(
    open_as: Any, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.core.pdf.printed", None)
    monkeypatch.setattr("lms.certification.printing.pdf.printed", None)
    assert open_as(world.coordinator, "/certificates/kinds/module/pdf").data.startswith(b"%PDF")


def test_while_another_example_is_printed_the_page_says_so(browser_for: Any, world: World) -> None:
    browser = browser_for(world.coordinator)
    with aside._AT_ONCE:
        answer = browser.get("/certificates/kinds/module/pdf")
    assert (answer.status_code, answer.location.split("?")[0]) == (302, "/certificates/kinds/module")
    assert "Another example is being printed" in browser.get(answer.location).text


def test_what_cannot_be_printed_says_so_and_harms_nobody() -> None:
    with pytest.raises(aside.NotPrinted):
        aside.printed(
            "<p>Words",
            address="https://x.org/a",
            title="",
            language="en",
            at=datetime(2026, 1, 1, tzinfo=UTC),
            logo=b"x",
        )
