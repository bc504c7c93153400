"""Checking a certificate as a stranger: by keyboard alone, without scripts, by dropping the file, on small screens."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from lms.certification import queries
from lms.certification.keys import services as keys
from lms.certification.keys.rules import Purpose, Sealed
from lms.certification.models import CertificatePdf
from lms.certification.numbers import number_of
from lms.certification.queries import CertificateView
from lms.core.files import keep
from tests.browser.site import Site
from tests.certification import steps
from tests.certification.checking.sealing import key, whole_and_sealed

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NewPage = Callable[..., Page]


@pytest.fixture(params=["sqlite"])
def url(request: pytest.FixtureRequest, tmp_path: Path, sqlite_with_tables: Path) -> str:
    """One of the databases: pages look the same on either."""
    path = tmp_path / "palms.db"
    path.write_bytes(sqlite_with_tables.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def issued(site: Site) -> CertificateView:
    """A certificate of the small world's PA."""
    with site.house.database.writing() as db:
        steps.earns(db, site.world, site.clock())
    with site.house.database.reading() as db:
        return queries.certificates_of(db, site.world.pa)[0]


@pytest.fixture
def paper(site: Site, issued: CertificateView, tmp_path: Path) -> Path:
    """Its PDF, as it is on record, in a folder of the stranger's."""
    now = site.clock()
    seal = keys.at_hand(site.house, issued.authority_id, Purpose.SEAL, now)
    data = whole_and_sealed(issued.number, private=seal.private())
    with site.house.database.writing() as db:
        digest = keep(db, site.house.files, data, "application/pdf", now=now)
        row = CertificatePdf(certificate_id=issued.id, sha256=digest, made_at=now, key_id=seal.id, sealed=Sealed.SEALED)
        db.add(row)
    path = tmp_path / "certificate.pdf"
    path.write_bytes(data)
    return path


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def sound(page: Page) -> None:
    """No accessibility fault, and nothing to scroll sideways for."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("scripts", [True, False])
def test_by_keyboard_alone(new_page: NewPage, issued: CertificateView, scripts: bool) -> None:
    page = new_page(scripts=scripts)
    page.goto("/verify")
    page.get_by_label("Certificate number").focus()
    page.keyboard.type(issued.number.lower())
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/verify/{issued.number}")
    assert heading(page) == "This certificate is on record and counts"
    field = page.get_by_label("The holder’s whole name")
    for _ in range(40):
        page.keyboard.press("Tab")
        if field.evaluate("it => it === document.activeElement") if scripts else _focused(page):
            break
    page.keyboard.type("Sam Jones")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("This name does not match.")
    page.get_by_label("The holder’s whole name").fill("pat MORGAN")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("The name you typed matches.")


def _focused(page: Page) -> bool:
    return page.locator("#name:focus").count() == 1


def test_the_file_without_scripts(new_page: NewPage, paper: Path) -> None:
    page = new_page(scripts=False, width=360)
    page.goto("/verify")
    page.locator("#paper").set_input_files(paper)
    page.get_by_role("button", name="Check the file").click()
    assert heading(page) == "This file is genuine"


def test_dropping_the_file(new_page: NewPage, paper: Path) -> None:
    page = new_page()
    page.goto("/verify")
    drop = page.locator(".govuk-file-upload-wrapper, .govuk-drop-zone").first
    expect(page.get_by_role("main")).to_contain_text("or drop it here")
    carried = page.evaluate_handle(
        """bytes => {
          const carried = new DataTransfer();
          carried.items.add(new File([new Uint8Array(bytes)], "certificate.pdf", { type: "application/pdf" }));
          return carried;
        }""",
        list(paper.read_bytes()),
    )
    for event in ("dragenter", "dragover", "drop"):
        drop.get_by_role("button").dispatch_event(event, {"dataTransfer": carried})
    expect(drop).to_contain_text("certificate.pdf")
    page.get_by_role("button", name="Check the file").click()
    assert heading(page) == "This file is genuine"


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_every_state_is_sound(new_page: NewPage, site: Site, issued: CertificateView, paper: Path, width: int) -> None:
    page = new_page(width=width)
    for path in (
        "/verify",
        "/verify?number=PALMS-7K2M",
        "/verify?language=cy",
        f"/verify/{issued.number}",
        f"/verify/{issued.number}?language=cy",
        f"/verify/{number_of(3)}",
        "/verify/PALMS-7K2M-9QXD-Z",
    ):
        page.goto(path)
        sound(page)
    page.goto(f"/verify/{issued.number}")
    page.get_by_label("The holder’s whole name").fill("Sam Jones")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("This name does not match.")
    sound(page)
    forged = paper.with_name("forged.pdf")
    forged.write_bytes(whole_and_sealed(issued.number, name="Sam Jones", private=key("somebody")))
    for file, said in ((paper, "This file is genuine"), (forged, "This file was not sealed by the authority it names")):
        page.goto("/verify")
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="Check the file").click()
        assert heading(page) == said
        sound(page)
    page.goto("/verify")
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("main")).to_contain_text("Choose the file of a certificate.")
    sound(page)
