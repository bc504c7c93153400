"""The command line: what an operator types, the sentences that come back, and the exit codes."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo

from lms import serving
from lms.cli import COMMANDS, flask_group, main
from lms.core import migrate
from lms.core.db import Database
from lms.core.settings import read_settings
from lms.extension import LMS
from lms.people import queries, services
from lms.people.rules import Nation, OrganisationKind, Role
from tests.core.sites import NOW

ROOT = Path(__file__).parents[2]
KEY = "correct-horse-battery-staple-and-more-0123456789"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Types a command on a demonstration's settings in a data folder that does not exist yet."""
    for name in [name for name in os.environ if name.startswith("LMS_")]:
        monkeypatch.delenv(name)
    given = {"LMS_MODE": "demo", "LMS_DATA": str(tmp_path / "data"), "LMS_SECRET_KEY": KEY, "LMS_SECURE_COOKIES": "no"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    def typed(*words: object) -> Result:
        result = CliRunner().invoke(main, [str(word) for word in words])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result

    return typed


@pytest.fixture
def upgraded(run: Run, tmp_path: Path, migrated_file: Path) -> Path:
    """The data folder of a site with tables, as `lms upgrade` leaves it."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(migrated_file, data / migrated_file.name)
    return data


def test_every_command_says_what_it_does(run: Run) -> None:
    listed = run("--help")
    assert listed.exit_code == 0
    for name in COMMANDS:
        said = run(name, "--help")
        assert said.exit_code == 0
        assert len(said.output.splitlines()) > 4
        assert name in listed.output


def test_help_says_so_without_reading_every_room() -> None:
    code = "import sys; from lms.cli import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "Look whether everything is well" in said
    assert "lms.commands.base" in said
    assert not {"lms.people.models", "lms.brought", "lms.commands.demo"} & set(said.split())


@pytest.mark.parametrize("words", [["nonsense"], ["serve", "--port", "x"], ["restore"], ["restore", "/nowhere"]])
def test_wrong_use_ends_with_2(run: Run, words: list[str]) -> None:
    assert run(*words).exit_code == 2


@pytest.mark.parametrize("words", [["serve"], ["worker"], ["upgrade"], ["backup"], ["doctor"]])
def test_wrong_settings_end_with_2_and_a_line_for_each_mistake(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setenv("LMS_MODE", "live")
    monkeypatch.setenv("LMS_SECRET_KEY", "short")
    said = run(*words)
    assert said.exit_code == 2
    assert [line.split()[0] for line in said.stderr.splitlines()] == ["LMS_MODE", "LMS_SECRET_KEY"]
    assert said.stdout == ""


@pytest.mark.parametrize("words", [["serve"], ["worker"], ["people-import", __file__, "--authority", "X"]])
def test_pending_migrations_name_the_command_that_helps(run: Run, words: list[str]) -> None:
    said = run(*words)
    assert said.exit_code == 2
    assert "Run `lms upgrade` first." in said.stderr


def test_a_newer_database_ends_with_2(run: Run, upgraded: Path) -> None:
    database = Database(f"sqlite:///{upgraded / 'palms.db'}")
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE lms_migration SET version_num = '9999'")
    database.close()
    for words in (["serve"], ["upgrade"], ["doctor"], ["backup"]):
        said = run(*words)
        assert said.exit_code == 2
        assert "newer version" in said.stderr


def test_wrong_content_ends_with_2_and_names_file_and_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = _pack(tmp_path)
    monkeypatch.setenv("LMS_PACKS", str(pack))
    said = run("doctor")
    assert said.exit_code == 2
    assert "bad.yaml:2: " in said.stderr


def _pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack" / "funding"
    folder.mkdir(parents=True)
    (folder / "bad.yaml").write_text("code: a\n\t- x\n")
    return folder.parent


def test_upgrading_is_said_and_backed_up(run: Run, tmp_path: Path) -> None:
    assert "was empty and stands at" in run("upgrade").stdout
    assert run("upgrade").stdout.startswith("Nothing to do")
    assert not (tmp_path / "data" / "backups").exists()


def test_upgrading_an_older_site_takes_a_backup_first(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    database = Database(f"sqlite:///{tmp_path / 'data' / 'palms.db'}")
    migrate.bring_up(database, "0002")
    said = run("upgrade")
    assert said.exit_code == 0
    assert f"was at 0002 and stands at {migrate.newest()}" in said.stdout
    assert migrate.standing(database) == migrate.newest()
    database.close()
    (kept,) = (tmp_path / "data" / "backups").iterdir()
    assert kept.name.endswith(f"-before-{migrate.newest()}.tar.gz")


def test_backup_check_restore_and_doctor(
    run: Run, upgraded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("worker", "--once").exit_code == 0
    assert run("doctor").exit_code == 0
    assert run("backup").exit_code == 0
    assert len(list((upgraded / "backups").iterdir())) == 1
    assert run("backup", "--to", tmp_path / "b.tar.gz").exit_code == 0
    assert run("backup", "--to", tmp_path / "b.tar.gz").exit_code == 1
    assert "The backup is whole" in run("restore", "--check", tmp_path / "b.tar.gz").stdout
    monkeypatch.setenv("LMS_DATA", str(tmp_path / "other"))
    assert run("restore", tmp_path / "b.tar.gz", "--into-empty").exit_code == 0
    assert run("doctor", "--quiet").stdout == ""


def test_a_full_database_is_not_restored_into(run: Run, people: Path, tmp_path: Path) -> None:
    assert run("backup", "--to", tmp_path / "b.tar.gz").exit_code == 0
    said = run("restore", tmp_path / "b.tar.gz")
    assert said.exit_code == 1
    assert "not empty" in said.stderr


def test_what_is_not_a_backup(run: Run) -> None:
    said = run("restore", __file__, "--check")
    assert said.exit_code == 1
    assert len(said.stderr.splitlines()) == 1


def test_a_sick_site_ends_with_1(run: Run, upgraded: Path) -> None:
    (upgraded / "heads").mkdir()
    (upgraded / "heads" / "2026-11-21.json").write_text("{")
    said = run("doctor", "-q")
    assert said.exit_code == 1
    assert "2026-11-21.json cannot be read" in said.stderr


def test_a_database_that_is_away_ends_with_1_and_without_its_password(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LMS_DATABASE_URL", "postgresql://palms:hunter2@127.0.0.1:1/palms")
    said = run("backup")
    assert said.exit_code == 1
    assert said.stderr.startswith("The database does not answer: ")
    assert "hunter2" not in said.output


def test_check_runs_the_built_in_material(run: Run) -> None:
    said = run("check")
    assert said.exit_code == 0, said.output
    assert "All is well" in said.stdout


def test_check_says_it_for_programs_too(run: Run, tmp_path: Path) -> None:
    found = json.loads(run("check", "--json").stdout)
    assert found["mistakes"] == found["cases"] == []
    assert all(set(note) == {"path", "line", "message"} for note in found["notes"])
    said = run("check", "--json", _pack(tmp_path))
    assert said.exit_code == 1
    assert [mistake["line"] for mistake in json.loads(said.stdout)["mistakes"]] == [2]


def test_check_names_mistakes_of_a_pack(run: Run, tmp_path: Path) -> None:
    said = run("check", _pack(tmp_path))
    assert said.exit_code == 1
    assert "bad.yaml:2: " in said.stderr
    assert said.stderr.splitlines()[-1] == "1 mistake."


def test_a_demonstration_is_made_fresh_and_listed(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    assert run("demo", "--data", folder, "--no-serve").exit_code == 0
    listed = json.loads((folder / "demo-accounts.json").read_text())
    assert {account["role"] for account in listed} >= set(Role) - {Role.REPRESENTATIVE}
    (folder / "files" / "stray").write_text("from before")
    assert run("demo", "--data", folder, "--no-serve").exit_code == 0
    assert not (folder / "files" / "stray").exists()
    assert len(json.loads((folder / "demo-accounts.json").read_text())) == len(listed)


def test_a_demonstration_leaves_other_peoples_folders_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    said = run("demo", "--data", tmp_path / "mine", "--no-serve")
    assert said.exit_code == 2
    assert "left alone" in said.stderr
    assert (tmp_path / "mine" / "letter.txt").read_text() == "dear"


def test_serving_gets_settings_that_were_checked(run: Run, upgraded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served = []
    monkeypatch.setattr(serving, "serve", lambda settings, how: served.append((settings, how)))
    assert run("serve", "--port", "8765", "--workers", "1", "--no-worker").exit_code == 0
    ((settings, how),) = served
    assert settings == read_settings()
    assert (how.port, how.workers, how.with_worker) == (8765, 1, False)


def test_serving_on_a_taken_port(run: Run, upgraded: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = run("serve", "--port", taken.getsockname()[1])
    assert said.exit_code == 2
    assert "Choose another with --port" in said.stderr


@pytest.fixture
def people(upgraded: Path) -> Path:
    """A site with an authority, a household and one person."""
    database = Database(f"sqlite:///{upgraded / 'palms.db'}")
    with database.writing() as db:
        here = services.add_organisation(
            db, kind=OrganisationKind.AUTHORITY, name="Rivermere", code="RIVERMERE", nation=Nation.ENGLAND, now=NOW
        )
        services.add_organisation(
            db,
            kind=OrganisationKind.INDIVIDUAL_EMPLOYER,
            name="Amina Yusuf",
            nation=Nation.ENGLAND,
            authority_id=here,
            now=NOW,
        )
        services.add_person(db, name="Pat Morgan", email="pat@example.com", by=None, now=NOW)
    database.close()
    return upgraded


def pas(data: Path) -> list[tuple[str, str | None, str | None, str]]:
    database = Database(f"sqlite:///{data / 'palms.db'}")
    with database.reading() as db:
        here = queries.authority_by_code(db, "RIVERMERE")
        found = queries.people_in(db, here.id, Role.PA, date(2090, 1, 1))
    database.close()
    return [(pa.name, pa.email, pa.username, pa.language) for pa in found]


def imported(run: Run, tmp_path: Path, text: str | bytes, *words: str) -> Result:
    path = tmp_path / "people.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return run("people-import", path, "--authority", "RIVERMERE", *words)


GOOD = (
    "\ufeffName,Email,Username,Language,Employer\r\n"
    "Siân Rhys,SIAN@example.com,,cymraeg,amina  yusuf\r\n"
    "Ola Ade,,ola.ade,,\r\n"
    "\r\n"
    "Pat Morgan,pat@example.com,,en,\r\n"
)


def test_people_are_imported_with_role_employer_and_course(run: Run, people: Path, tmp_path: Path) -> None:
    said = imported(run, tmp_path, GOOD)
    assert said.exit_code == 0, said.output
    assert said.stdout == "2 people and 0 employers added; 1 are here already.\n"
    assert pas(people) == [("Ola Ade", None, "ola.ade", "en"), ("Siân Rhys", "sian@example.com", None, "cy")]
    again = imported(run, tmp_path, GOOD)
    assert again.stdout == "0 people and 0 employers added; 3 are here already.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_list_is_read_however_a_spreadsheet_saved_it(
    run: Run, people: Path, tmp_path: Path, encoding: str, separator: str
) -> None:
    text = "Name,Email,Language\nSiân Rhys,sian@example.com,cy\n".replace(",", separator)
    said = imported(run, tmp_path, text.encode(encoding))
    assert said.exit_code == 0, said.output
    assert pas(people) == [("Siân Rhys", "sian@example.com", None, "cy")]


def test_a_dry_run_adds_nobody(run: Run, people: Path, tmp_path: Path) -> None:
    said = imported(run, tmp_path, GOOD, "--dry-run")
    assert said.stdout == "2 people and 0 employers would be added; 1 are here already.\n"
    assert pas(people) == []


def test_employers_can_be_added_with_them(run: Run, people: Path, tmp_path: Path) -> None:
    text = "name,email,employer\nA,a@example.com,New House\nB,b@example.com,new house\n"
    assert imported(run, tmp_path, text).exit_code == 1
    said = imported(run, tmp_path, text, "--add-employers", "--course", "none")
    assert said.stdout == "2 people and 1 employers added; 0 are here already.\n"


def test_every_mistake_is_named_and_nobody_is_added(run: Run, people: Path, tmp_path: Path) -> None:
    text = (
        "name,email,username,language,employer\n"
        "Good Person,good@example.com,,en,\n"
        ",nobody@example.com,,,\n"
        "No Address,,,,\n"
        "Bad Address,bad@example,,,\n"
        "Bad Name,,x,,\n"
        "Bad Language,lang@example.com,,fr,\n"
        "Bad House,house@example.com,,,Nobody\n"
        "Twice,good@example.com,,,\n"
        "Short,row@example.com\n"
    )
    said = imported(run, tmp_path, text)
    assert said.exit_code == 1
    columns = ("name", "email", "email", "username", "language", "employer", "email", "whole row")
    where = [line.split(": ")[1] for line in said.stderr.splitlines()[:-1]]
    assert where == [f"row {row}, {column}" for row, column in enumerate(columns, 3)]
    assert said.stderr.splitlines()[-1] == "8 mistakes; nobody was added."
    assert pas(people) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is no such column"),
        ("name\nA\n", "Give a column email"),
        ("name,email,colour\nA,a@example.com,red\n", "row 1, colour: Not known"),
        ("name,email,name\nA,a@example.com,A\n", "row 1, name: This column is there twice"),
        ('name,email\n"A,a@example.com\n', "This is not CSV"),
        (b"name,email\nSi\x81n,s@example.com\n", "not UTF-8"),
        (b"PK\x03\x04 xl/workbook.xml", "This Excel file cannot be opened"),
        ("name," + "," * 10_000, "more than 200 columns"),
    ],
)
def test_files_that_are_not_lists_of_people(
    run: Run, people: Path, tmp_path: Path, text: str | bytes, said: str
) -> None:
    result = imported(run, tmp_path, text)
    assert result.exit_code == 1
    assert said in result.stderr


def test_an_unknown_authority_or_course(run: Run, people: Path, tmp_path: Path) -> None:
    assert imported(run, tmp_path, GOOD, "--course", "NONESUCH").exit_code == 2
    (tmp_path / "p.csv").write_text("name,email\n")
    assert run("people-import", tmp_path / "p.csv", "--authority", "NOWHERE").exit_code == 2


def test_a_username_that_is_somebody_elses(run: Run, people: Path, tmp_path: Path) -> None:
    imported(run, tmp_path, GOOD)
    said = imported(run, tmp_path, "name,username\nOla Other,ola.ade\n")
    assert "row 2, username: Somebody else has this username." in said.stderr


def test_the_same_commands_on_a_flask_site(run: Run, upgraded: Path, tmp_path: Path) -> None:
    def site() -> Flask:
        app = Flask("host")
        app.secret_key = KEY
        LMS(app)
        return app

    def typed(*words: str, create: Callable[[], Flask] = site) -> Result:
        return CliRunner().invoke(flask_group, words, obj=ScriptInfo(create_app=create))

    assert typed("doctor").exit_code == 0
    assert typed("upgrade").stdout.startswith("Nothing to do")
    assert "start that site as usual" in typed("serve").stderr
    assert typed("serve").exit_code == 2
    assert "no PALMS mounted" in typed("doctor", create=lambda: Flask("other")).stderr


def test_the_first_start_as_the_manual_tells_it(run: Run, upgraded: Path) -> None:
    assert run("authority", "RIVERMERE", "Rivermere Council", "--nation", "england").exit_code == 0
    assert run("authority", "RIVERMERE", "Rivermere Council", "--nation", "england").exit_code == 1
    invited = ("invite", "Ann Coordinator", "ann@rivermere.example", "--role", "coordinator", "--authority")
    assert "/invitation/" in run(*invited, "RIVERMERE").stdout
    assert run(*invited, "NOWHERE").exit_code == 1
    assert run("worker", "--once").exit_code == 0
    assert len(list((upgraded / "outbox").glob("*.eml"))) == 1
