"""Settings: each mistake in its own sentence, all of them at once, and nothing secret in what is shown."""

from pathlib import Path
from uuid import UUID

import pytest

from lms.core.settings import Settings, SettingsWrong, read_settings, unknown_settings
from lms.serving import as_environment

KEY = "correct-horse-battery-staple-and-more-0123456789"
PRODUCTION = {
    "LMS_SECRET_KEY": KEY,
    "LMS_HOSTS": "learning.example.gov.uk",
    "LMS_BASE_URL": "https://learning.example.gov.uk",
}


def mistakes(environ: dict[str, str], **given: object) -> list[str]:
    try:
        read_settings(environ, **given)
    except SettingsWrong as wrong:
        return wrong.mistakes
    return []


def test_the_least_a_production_site_needs(tmp_path: Path) -> None:
    settings = read_settings({**PRODUCTION, "LMS_DATA": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/palms.db"
    assert settings.jobs_url == f"sqlite:///{tmp_path}/jobs.db"
    assert settings.files_url == f"file://{tmp_path}/files"
    assert settings.outbox == tmp_path / "outbox"
    assert settings.heads == tmp_path / "heads"
    assert settings.hosts == ("learning.example.gov.uk",)
    assert settings.secure_cookies


def test_nothing_set_says_everything_that_is_missing() -> None:
    said = mistakes({})
    assert [sentence.split()[0] for sentence in said] == ["LMS_SECRET_KEY", "LMS_HOSTS", "LMS_BASE_URL"]


TEMPLATE = str(UUID(int=1))
NOTIFY_KEY = f"palms-{TEMPLATE}-{TEMPLATE}"


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"LMS_NOTIFY_KEY": NOTIFY_KEY}, ["LMS_NOTIFY_KEY"]),
        ({"LMS_NOTIFY_KEY": "palms", "LMS_NOTIFY_TEXT_TEMPLATE": TEMPLATE}, ["LMS_NOTIFY_KEY"]),
        ({"LMS_NOTIFY_LETTER_TEMPLATE": TEMPLATE}, ["LMS_NOTIFY_LETTER_TEMPLATE"]),
        ({"LMS_NOTIFY_KEY": NOTIFY_KEY, "LMS_NOTIFY_LETTER_TEMPLATE": "letter"}, ["LMS_NOTIFY_LETTER_TEMPLATE"]),
        ({"LMS_NOTIFY_KEY": NOTIFY_KEY, "LMS_NOTIFY_LETTER_TEMPLATE": TEMPLATE}, []),
        ({"LMS_NOTIFY_KEY": NOTIFY_KEY, "LMS_NOTIFY_TEXT_TEMPLATE": TEMPLATE}, []),
    ],
)
def test_the_key_of_notify_and_its_templates_belong_together(given: dict[str, str], wrong: list[str]) -> None:
    assert [sentence.split()[0] for sentence in mistakes({**PRODUCTION, **given})] == wrong


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = mistakes(
        {
            "LMS_MODE": "live",
            "LMS_DATA": str(tmp_path / "file"),
            "LMS_DATABASE_URL": "mysql://root@localhost/palms",
            "LMS_JOBS_URL": "amqp://localhost",
            "LMS_FILES_URL": "ftp://localhost",
            "LMS_MAIL_URL": "imap://localhost",
            "LMS_MAIL_FROM": "palms",
            "LMS_BASE_URL": "learning.example.gov.uk",
            "LMS_PACKS": f"{tmp_path / 'a'}:{tmp_path / 'b'}",
            "LMS_HOSTS": "https://learning.example.gov.uk, other.example.gov.uk",
            "LMS_SECRET_KEY": "short",
            "LMS_SECURE_COOKIES": "perhaps",
        }
    )
    named = [sentence.split()[0] for sentence in said]
    assert sorted(named) == sorted(
        [
            "LMS_MODE",
            "LMS_DATA",
            "LMS_DATABASE_URL",
            "LMS_JOBS_URL",
            "LMS_FILES_URL",
            "LMS_MAIL_URL",
            "LMS_MAIL_FROM",
            "LMS_BASE_URL",
            "LMS_PACKS",
            "LMS_PACKS",
            "LMS_HOSTS",
            "LMS_SECRET_KEY",
            "LMS_SECURE_COOKIES",
        ]
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LMS_DATABASE_URL", "sqlite://"),
        ("LMS_DATABASE_URL", "sqlite:///:memory:"),
        ("LMS_DATABASE_URL", "postgresql://"),
        ("LMS_DATABASE_URL", "http://[broken"),
        ("LMS_FILES_URL", "file://files"),
        ("LMS_MAIL_URL", "file://outbox"),
        ("LMS_MAIL_URL", "smtp://"),
        ("LMS_JOBS_URL", "redis://"),
        ("LMS_BASE_URL", "https://"),
        ("LMS_HOSTS", "learning.example.gov.uk:443"),
        ("LMS_SECRET_KEY", "a" * 60),
    ],
)
def test_a_mistake_names_its_setting(name: str, value: str) -> None:
    said = mistakes({"LMS_MODE": "demo", name: value})
    assert len(said) == 1
    assert said[0].startswith(name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LMS_DATABASE_URL", "sqlite:////srv/palms/palms.db"),
        ("LMS_DATABASE_URL", "postgresql://palms:secret@db/palms"),
        ("LMS_DATABASE_URL", "postgresql:///palms?host=/run/postgresql"),
        ("LMS_JOBS_URL", "redis://localhost:6379/0"),
        ("LMS_JOBS_URL", "rediss://cache.example:6380/0"),
        ("LMS_FILES_URL", "s3://bucket/palms"),
        ("LMS_MAIL_URL", "smtps://user:secret@mail.example:465"),
        ("LMS_SECURE_COOKIES", "No"),
    ],
)
def test_what_is_allowed(name: str, value: str) -> None:
    assert mistakes({"LMS_MODE": "demo", name: value}) == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"LMS_BASE_URL": "http://learning.example.gov.uk"}, "LMS_BASE_URL"),
        ({"LMS_SECURE_COOKIES": "no"}, "LMS_SECURE_COOKIES"),
        ({"LMS_HOSTS": "other.example.gov.uk"}, "LMS_HOSTS"),
        ({"LMS_SECRET_KEY": ""}, "LMS_SECRET_KEY"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
    ],
)
def test_production_does_not_start_unsafe(change: dict[str, str], named: str) -> None:
    said = mistakes({**PRODUCTION, **change})
    assert [sentence.split()[0] for sentence in said] == [named]


def test_what_a_host_gives_wins_over_the_environment() -> None:
    assert read_settings({**PRODUCTION, "LMS_SECRET_KEY": "x"}, secret_key=KEY).secret_key == KEY


def test_secrets_are_not_shown() -> None:
    settings = read_settings(
        {
            **PRODUCTION,
            "LMS_DATABASE_URL": "postgresql://palms:hunter2@db/palms",
            "LMS_MAIL_URL": "smtp://palms:hunter2@mail",
            "LMS_JOBS_URL": "redis://:hunter2@cache",
            "LMS_METRICS_TOKEN": "hunter2",
        }
    )
    assert "hunter2" not in repr(settings)
    assert KEY not in repr(settings)


def test_settings_travel_to_other_processes_whole(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    settings = read_settings(
        {
            **PRODUCTION,
            "LMS_DATA": str(tmp_path),
            "LMS_DATABASE_URL": "postgresql://palms:p%40ss@db/palms",
            "LMS_PACKS": str(tmp_path / "pack"),
            "LMS_MAIL_FROM": "learning@example.gov.uk",
            "LMS_METRICS_TOKEN": "token",
            "LMS_PROXIES": "2",
        }
    )
    assert read_settings(as_environment(settings)) == settings
    assert {f"LMS_{name.upper()}" for name in Settings.__dataclass_fields__} == set(as_environment(settings))


@pytest.mark.parametrize("wrong", ["one", "-1", "99", "1.5"])
def test_the_number_of_proxies_is_a_small_number(wrong: str) -> None:
    assert read_settings({**PRODUCTION, "LMS_PROXIES": "1"}).proxies == 1
    with pytest.raises(SettingsWrong, match="LMS_PROXIES has to be how many proxies stand in front"):
        read_settings({**PRODUCTION, "LMS_PROXIES": wrong})


def test_slips_of_the_pen_are_noticed() -> None:
    assert unknown_settings({**PRODUCTION, "LMS_SECRTE_KEY": "x", "LMS_TEST_DATABASE_URL": "y"}) == ["LMS_SECRTE_KEY"]


def test_the_manual_has_every_setting_and_no_other() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
    described = {line.removeprefix("## ") for line in manual.splitlines() if line.startswith("## LMS_")}
    assert described == {f"LMS_{name.upper()}" for name in Settings.__dataclass_fields__}


def test_the_manual_tells_each_mistake_as_it_is_said() -> None:
    manual = " ".join((Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8").split())
    said = mistakes({}) + mistakes({"LMS_MODE": "live", "LMS_SECURE_COOKIES": "perhaps", "LMS_MAIL_FROM": "palms"})
    said += mistakes({**PRODUCTION, "FLASK_DEBUG": "1", "LMS_SECURE_COOKIES": "no"})
    said += mistakes({**PRODUCTION, "LMS_SECRET_KEY": "short", "LMS_HOSTS": "https://learning.example.gov.uk"})
    for url in ("LMS_DATABASE_URL", "LMS_JOBS_URL", "LMS_FILES_URL", "LMS_MAIL_URL", "LMS_BASE_URL"):
        said += mistakes({**PRODUCTION, url: "nonsense"})
    for setting in ("LMS_NOTIFY_KEY", "LMS_NOTIFY_TEXT_TEMPLATE", "LMS_NOTIFY_LETTER_TEMPLATE", "LMS_NOTIFY_URL"):
        said += mistakes({**PRODUCTION, setting: "nonsense"})
    missing = [sentence for sentence in said if sentence.partition(" Make one with:")[0] not in manual]
    assert missing == []
