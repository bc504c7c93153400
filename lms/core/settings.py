"""The settings `LMS_*`: read once at start, each mistake named in a sentence that says what to set."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

MODES = ("production", "demo", "test")
SHORTEST_KEY = 32


class SettingsWrong(Exception):  # noqa: N818  says what is the matter
    """One or more settings are missing or contradict each other; `mistakes` holds a sentence for each."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything an operator decides. URLs may hold passwords, so `repr` leaves them out."""

    mode: str = "production"
    data: Path = Path("palms-data")
    database_url: str = field(default="", repr=False)
    secret_key: str = field(default="", repr=False)
    packs: tuple[Path, ...] = ()
    jobs_url: str = field(default="", repr=False)
    files_url: str = field(default="", repr=False)
    mail_url: str = field(default="", repr=False)
    mail_from: str = "palms@localhost"
    hosts: tuple[str, ...] = ()
    base_url: str = "http://127.0.0.1:8000"
    secure_cookies: bool = True
    metrics_token: str = field(default="", repr=False)

    @property
    def outbox(self) -> Path | None:
        """The folder mail is written into, or None when it goes out by SMTP."""
        parts = urlsplit(self.mail_url)
        return Path(parts.path) if parts.scheme == "file" else None

    @property
    def heads(self) -> Path:
        """Where the daily heads of the event chain are kept, outside the database."""
        return self.data / "heads"


def read_settings(environ: Mapping[str, str] | None = None, **given: object) -> Settings:
    """Settings from `LMS_*` variables, completed with defaults inside the data folder; `given` wins.

    Raises SettingsWrong with every mistake found, not only the first.
    """
    env = os.environ if environ is None else environ
    read: dict[str, object] = {"data": Path(env.get("LMS_DATA", "palms-data")).absolute()}
    texts = "mode database_url secret_key jobs_url files_url mail_url mail_from base_url metrics_token"
    for name in texts.split():
        if value := env.get(f"LMS_{name.upper()}", "").strip():
            read[name] = value
    read["packs"] = tuple(Path(p).absolute() for p in env.get("LMS_PACKS", "").split(os.pathsep) if p)
    read["hosts"] = tuple(h.strip() for h in env.get("LMS_HOSTS", "").split(",") if h.strip())
    read["secure_cookies"] = env.get("LMS_SECURE_COOKIES", "yes").lower() not in {"no", "false", "0"}
    settings = _complete(Settings(**{**read, **given}))  # type: ignore[arg-type]  # checked below, sentence by sentence
    if mistakes := list(_mistakes(settings)):
        raise SettingsWrong(mistakes)
    return settings


def _complete(settings: Settings) -> Settings:
    defaults = {
        "database_url": f"sqlite:///{settings.data / 'palms.db'}",
        "jobs_url": f"sqlite:///{settings.data / 'jobs.db'}",
        "files_url": f"file://{settings.data / 'files'}",
        "mail_url": f"file://{settings.data / 'outbox'}",
    }
    values = {**vars(settings), **{k: v for k, v in defaults.items() if not getattr(settings, k)}}
    values["database_url"] = str(values["database_url"]).replace("postgresql://", "postgresql+psycopg://", 1)
    values["base_url"] = str(values["base_url"]).rstrip("/")
    return Settings(**values)


def _mistakes(s: Settings) -> list[str]:
    return [*_general_mistakes(s), *(_production_mistakes(s) if s.mode == "production" else [])]


def _general_mistakes(s: Settings) -> list[str]:
    allowed = {
        "LMS_DATABASE_URL": (s.database_url, {"sqlite", "postgresql+psycopg"}, "sqlite:///… or postgresql://…"),
        "LMS_JOBS_URL": (s.jobs_url, {"sqlite", "postgresql", "redis"}, "sqlite:///…, postgresql://… or redis://…"),
        "LMS_FILES_URL": (s.files_url, {"file", "s3"}, "file:///… or s3://…"),
        "LMS_MAIL_URL": (s.mail_url, {"file", "smtp", "smtps"}, "file:///…, smtp://… or smtps://…"),
        "LMS_BASE_URL": (s.base_url, {"http", "https"}, "https://…"),
    }
    found = [
        f"{name} has to look like {shape}."
        for name, (value, schemes, shape) in allowed.items()
        if urlsplit(value).scheme not in schemes
    ]
    if s.mode not in MODES:
        found.append(f"LMS_MODE is “{s.mode}”; it can be {', '.join(MODES)}.")
    found += [f"LMS_PACKS names {pack}, which is not a folder." for pack in s.packs if not pack.is_dir()]
    if s.secret_key and len(s.secret_key) < SHORTEST_KEY:
        found.append(f"LMS_SECRET_KEY is too short: it needs at least {SHORTEST_KEY} characters.")
    return found


def _production_mistakes(s: Settings) -> list[str]:
    found = []
    if not s.secret_key:
        found.append(
            "LMS_SECRET_KEY is not set. Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    if not s.hosts:
        found.append("LMS_HOSTS is not set. List the host names people use, such as learning.example.gov.uk.")
    if s.secure_cookies and not s.base_url.startswith("https://"):
        found.append(
            "LMS_BASE_URL must start with https:// while cookies are secure. Set it to the address people use."
        )
    if not s.secure_cookies:
        found.append("LMS_SECURE_COOKIES cannot be “no” in production: sign-in would travel unprotected.")
    return found
