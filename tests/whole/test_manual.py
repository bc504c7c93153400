"""The manual is true: what it names exists, what exists it names, and its examples run."""

import importlib.util
import re
import secrets
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest
from flask import Flask

from lms import brought, wiring
from lms.certification.content import CertificateDesigns
from lms.cli import COMMANDS
from lms.core import migrate, shelves
from lms.core.clock import utc_now
from lms.core.events import Fact
from lms.core.house import House
from lms.core.settings import read_settings
from lms.demo import cast
from lms.learning.catalogue import Courses
from lms.people import services
from lms.people.rules import Nation, OrganisationKind, Role
from lms.rooms import import_models

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
PACK = DOCS / "examples" / "pack"
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?```", re.DOTALL)
_NAMED = re.compile(r"`([A-Za-z0-9_.]+)`")


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """The places a link into a page can name, as they are made of its headings."""
    headings = re.findall(r"^#+ (.+)$", _CODE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def rows(page: str) -> Iterator[list[str]]:
    """The cells of every row of every table of a page."""
    for line in text_of(page).splitlines():
        if line.startswith("| "):
            yield [cell.strip() for cell in line.strip().strip("|").split("|")]


def reactions_to(fact: type[Fact]) -> list[str]:
    """Who reacts to a fact, as the manual writes it: room.function."""
    return [f"{r.__module__.split('.')[1]}.{r.__name__}" for r in wiring.REACTIONS.get(fact, ())]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in _LINK.findall(_CODE.sub("", page.read_text(encoding="utf-8"))):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{page.name} links to {link}"
        if anchor:
            assert anchor in anchors(there), f"{page.name} links to {link}"


def ours() -> dict[str, type[Fact]]:
    """Every kind of fact the rooms have; a test may have made others."""
    import_models()
    return {name: kind for name, kind in Fact.kinds.items() if kind.__module__.startswith("lms.")}


def test_every_fact_is_in_the_manual_with_its_fields_and_reactions() -> None:
    told = {cells[0].strip("`"): cells for cells in rows("docs/events.md") if len(cells) == 4 and cells[0][0] == "`"}
    assert set(told) == set(ours())
    for name, kind in ours().items():
        _fact, _what, said, reacts = told[name]
        assert _NAMED.findall(said) == [f.name for f in fields(kind) if f.name != "about"], name
        assert _NAMED.findall(reacts) == reactions_to(kind), name


def test_the_table_of_reactions_is_the_one_in_the_wiring() -> None:
    told = {
        cells[0].strip("`"): _NAMED.findall(cells[1])
        for cells in rows("docs/architecture.md")
        if len(cells) == 2 and cells[0].strip("`") in Fact.kinds
    }
    assert told == {fact.__name__: reactions_to(fact) for fact in wiring.REACTIONS}


def test_every_kind_of_waiting_work_is_in_the_manual() -> None:
    told = {cells[0].strip("`") for cells in rows("docs/architecture.md") if len(cells) == 2}
    assert set(brought.WORKERS) <= told


class _Asked(dict[str, str]):
    """An environment that remembers which variables were asked for."""

    def __init__(self) -> None:
        super().__init__(LMS_MODE="test")
        self.names: set[str] = set()

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]  # as the settings ask
        self.names.add(name)
        return super().get(name, default)


def test_every_setting_is_in_the_manual_and_no_other() -> None:
    asked = _Asked()
    read_settings(asked)
    told = text_of("docs/settings.md")
    assert len(asked.names) > 10
    assert {name for name in asked.names if f"`{name}`" not in told} == set()
    others = set(re.findall(r"\bLMS_[A-Z_]+[A-Z]\b", told)) - asked.names
    assert {name for name in others if not name.startswith("LMS_TEST_")} == set()


def test_every_command_is_in_the_manual() -> None:
    from lms.cli import COMMANDS

    told = text_of("docs/operations.md") + text_of("docs/install.md")
    assert {name for name in COMMANDS if f"lms {name}" not in told} == set()
    named = {name for page in PAGES for name in re.findall(r"`(?:flask )?lms ([a-z][a-z-]+)", page.read_text())}
    assert named - set(COMMANDS) == set()


def test_what_the_manual_makes_can_be_made() -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    asked = re.compile(r"(?:`|^)make ([a-z]+)\b(?!=)", re.MULTILINE)
    named = {(page.name, name) for page in PAGES for name in asked.findall(page.read_text(encoding="utf-8"))}
    assert {("README.md", "demo"), ("README.md", "test")} <= named
    assert {(page, name) for page, name in named if name not in targets} == set()


def test_every_dependency_says_what_it_is_for() -> None:
    wanted = tomllib.loads(text_of("pyproject.toml"))["project"]["dependencies"]
    names = {re.split(r"[^a-z0-9-]", one)[0] for one in wanted}
    told = {cells[0].strip("`") for cells in rows("docs/dependencies.md") if len(cells) == 5} - {"package", "---"}
    assert told == names


def test_files_and_tests_that_the_manual_names_exist() -> None:
    for page in PAGES:
        for path in re.findall(r"`((?:tests|lms|migrations|frontend|docs)/[\w./-]+)`", page.read_text()):
            assert (ROOT / path).exists(), f"{page.name} names {path}"
        for path, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page.read_text()):
            assert re.search(rf"^def {name}\(", text_of(path), re.MULTILINE), f"{page.name} names {path}::{name}"


def test_the_people_of_the_front_page_are_in_the_demonstration() -> None:
    page = " ".join(text_of("README.md").split())
    authority_of = {place.code: place.authority for place in cast.PLACES}
    everybody = {
        **{pa.name: pa.authority for pa in cast.PAS if pa.username is None},
        **{home.name: home.authority for home in cast.HOUSEHOLDS},
        **{one.name: authority_of.get(one.at, one.at) for one in (*cast.STAFF, *cast.ASSESSORS)},
    }
    addresses = {cast.email_of(name, authority) for name, authority in everybody.items()}
    named = set(re.findall(r"`([\w.]+@[\w.]+)`", page))
    assert len(named) == 4
    assert named <= addresses
    assert f"`{cast.PASSWORD}`" in page
    staff = {member.role: member.name for member in cast.STAFF if member.at == "RIVERMERE"}
    pas = {pa.name: pa for pa in cast.PAS}
    assert f"{staff[Role.REGISTER_OFFICER]} of the register team" in page
    assert f"{staff[Role.FUNDING_OFFICER]}, who looks after training money" in page
    stages = {name: pas[name].stage for name in ("Aled Price", "Jo Fletcher", "Ravi Patel", "Kelly Marsh")}
    assert all(name in page for name in stages)
    assert list(stages.values()) == ["waiting_to_be_seen", "joined", "check_not_passed", "not_yet_met"]
    assert pas["Aled Price"].employers == ("Amina Yusuf",)
    assert pas["Irena Horvat"].username
    assert pas["Mared Evans"].language == "cy"


def test_the_example_pack_loads_and_its_cases_hold() -> None:
    loaded = shelves.load(brought.LOADERS, [PACK], across=brought.ACROSS)
    assert [failure for check in brought.CHECKS for failure in check(loaded)] == []
    assert loaded[Courses].module_in("HAND", "HAND-1").questions
    assert loaded[CertificateDesigns].design("module").edition == "2026.1-plain"
    named = {path.relative_to(PACK).parts[0] for path in PACK.rglob("*") if path.is_file()}
    assert named == set(shelves.SHELVES)


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Flask:
    """The portal of docs/examples/host with empty tables."""
    monkeypatch.setenv("PORTAL_SECRET_KEY", secrets.token_urlsafe(48))
    monkeypatch.setenv("LMS_MODE", "test")
    monkeypatch.setenv("LMS_DATA", str(tmp_path))
    portal: Flask = _imported(DOCS / "examples" / "host" / "app.py").create_app()
    migrate.bring_up(portal.extensions["lms"].database)
    return portal


def _imported(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("example_host", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_example_host_runs(host: Flask) -> None:
    house: House = host.extensions["lms"]
    now = utc_now()
    with house.database.writing() as db:
        here = services.add_organisation(
            db, kind=OrganisationKind.AUTHORITY, name="Oakhaven", code="OAKHAVEN", nation=Nation.ENGLAND, now=now
        )
        pat = services.add_person(db, name="Pat Morgan", email="pat@example.com", by=None, now=now)
        services.give_role(db, person_id=pat, organisation_id=here, role=Role.PA, by=None, now=now)
    client, known = host.test_client(), {"REMOTE_USER": "pat@example.com"}
    assert b"front page of the portal" in client.get("/").data
    assert client.get("/palms/account").status_code == 403
    assert b"Pat Morgan" in client.get("/palms/", environ_overrides=known).data
    assert client.get("/palms/nowhere").data == b"The portal has no such page."
    page = client.get("/palms/account", environ_overrides=known).get_data(as_text=True)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    sent = {**hidden, "name": "Pat Morgan-Rees", "language": "en"}
    assert client.post("/palms/account", data=sent, environ_overrides=known).status_code == 302
    assert b"Pat Morgan-Rees" in client.get("/palms/account", environ_overrides=known).data
    assert client.post("/palms/account", data={}, environ_overrides=known).status_code == 400
    house.database.close()


def test_the_manual_tells_of_every_command() -> None:
    manual = text_of("docs/operations.md")
    assert [name for name in COMMANDS if f"`lms {name}" not in manual] == []
