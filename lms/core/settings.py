"""The settings `LMS_*`: read once at start, each mistake named in a sentence that says what to set."""

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

MODES = ("production", "demo", "test")
SHORTEST_KEY = 32
FEWEST_CHARACTERS = 8
"""Different characters a secret key has at least; a random one has many more."""

_TEXTS = (
    "mode database_url secret_key jobs_url files_url mail_url mail_from sms_url base_url metrics_token timestamp_url "
    "notify_key notify_url notify_text_template notify_letter_template"
)
_STAMPS = "https://timestamps.example.org"

NOTIFY = "https://api.notifications.service.gov.uk"
_NOTIFY_KEY = re.compile(r".+-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOST_PROXIES = 10
YES, NO = frozenset({"yes", "true", "1", "on"}), frozenset({"no", "false", "0", "off"})


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
    sms_url: str = field(default="", repr=False)
    hosts: tuple[str, ...] = ()
    base_url: str = "http://127.0.0.1:8000"
    secure_cookies: bool = True
    metrics_token: str = field(default="", repr=False)
    proxies: int = 0
    keys: Path = Path()
    timestamp_url: str = field(default="", repr=False)
    webhook_networks: tuple[str, ...] = ()
    notify_key: str = field(default="", repr=False)
    notify_url: str = NOTIFY
    notify_text_template: str = ""
    notify_letter_template: str = ""

    @property
    def outbox(self) -> Path | None:
        """The folder mail is written into, or None when it goes out by SMTP."""
        parts = urlsplit(self.mail_url)
        return Path(parts.path) if parts.scheme == "file" else None

    @property
    def texts_folder(self) -> Path | None:
        """The folder text messages are written into, or None where there is no way to send any."""
        parts = urlsplit(self.sms_url)
        return Path(parts.path) if parts.scheme == "file" else None

    @property
    def texts(self) -> bool:
        """Whether text messages can be sent here."""
        return self.texts_folder is not None or bool(self.notify_text_template)

    @property
    def posts(self) -> bool:
        """Whether letters are printed and posted for us, instead of being printed here."""
        return bool(self.notify_letter_template)

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
    for name in _TEXTS.split():
        if value := env.get(f"LMS_{name.upper()}", "").strip():
            read[name] = value
    if keys := env.get("LMS_KEYS", "").strip():
        read["keys"] = Path(keys).absolute()
    read["packs"] = tuple(Path(p).absolute() for p in env.get("LMS_PACKS", "").split(os.pathsep) if p)
    for name in ("hosts", "webhook_networks"):
        read[name] = tuple(each.strip() for each in env.get(f"LMS_{name.upper()}", "").split(",") if each.strip())
    read["secure_cookies"] = env.get("LMS_SECURE_COOKIES", "yes").strip().lower() not in NO
    if proxies := env.get("LMS_PROXIES", "").strip():
        read["proxies"] = int(proxies) if proxies.isascii() and proxies.isdecimal() and len(proxies) < 4 else -1
    settings = _complete(Settings(**{**read, **given}))  # type: ignore[arg-type]  # checked below, sentence by sentence
    if mistakes := [*_mistakes(settings), *_mistakes_around(env, settings)]:
        raise SettingsWrong(mistakes)
    return settings


def unknown_settings(environ: Mapping[str, str] | None = None) -> list[str]:
    """Variables that look like settings of ours and are none: most likely a slip of the pen."""
    known = {f"LMS_{name.upper()}" for name in Settings.__dataclass_fields__}
    names = os.environ if environ is None else environ
    return sorted(n for n in names if n.startswith("LMS_") and n not in known and not n.startswith("LMS_TEST_"))


def _complete(settings: Settings) -> Settings:
    defaults = {
        "database_url": f"sqlite:///{settings.data / 'palms.db'}",
        "jobs_url": f"sqlite:///{settings.data / 'jobs.db'}",
        "files_url": f"file://{settings.data / 'files'}",
        "mail_url": f"file://{settings.data / 'outbox'}",
    }
    if settings.mode == "demo":  # elsewhere a folder nobody looks into would only seem to send
        defaults["sms_url"] = f"file://{settings.data / 'texts'}"
    values = {**vars(settings), **{k: v for k, v in defaults.items() if not getattr(settings, k)}}
    values["database_url"] = str(values["database_url"]).replace("postgresql://", "postgresql+psycopg://", 1)
    values["keys"] = settings.data / "keys" if settings.keys == Path() else settings.keys
    values["base_url"] = str(values["base_url"]).rstrip("/")
    return Settings(**values)


def _mistakes(s: Settings) -> list[str]:
    return [*_general_mistakes(s), *(_production_mistakes(s) if s.mode == "production" else [])]


def _general_mistakes(s: Settings) -> list[str]:
    files, postgres = "file:///…", "postgresql://…"
    shapes = {
        "LMS_DATABASE_URL": (s.database_url, {"sqlite", "postgresql+psycopg"}, f"sqlite:////… or {postgres}"),
        "LMS_JOBS_URL": (
            s.jobs_url,
            {"sqlite", "postgresql", "postgresql+psycopg", "redis", "rediss"},
            f"sqlite:////…, {postgres} or redis://…",
        ),
        "LMS_FILES_URL": (s.files_url, {"file", "s3"}, f"{files} or s3://…"),
        "LMS_MAIL_URL": (s.mail_url, {"file", "smtp", "smtps"}, f"{files}, smtp://… or smtps://…"),
        **({"LMS_SMS_URL": (s.sms_url, {"file"}, files)} if s.sms_url else {}),
        "LMS_BASE_URL": (s.base_url, {"http", "https"}, "https://learning.example.gov.uk"),
        **({"LMS_TIMESTAMP_URL": (s.timestamp_url, {"http", "https"}, _STAMPS)} if s.timestamp_url else {}),
    }
    found = [
        f"{name} has to look like {shape}."
        for name, (value, schemes, shape) in shapes.items()
        if not _fits(value, schemes)
    ]
    if s.mode not in MODES:
        found.append(f"LMS_MODE is “{s.mode}”; it can be {', '.join(MODES)}.")
    if s.data.exists() and not s.data.is_dir():
        found.append(f"LMS_DATA names {s.data}, which is not a folder.")
    if s.keys.exists() and not s.keys.is_dir():
        found.append(f"LMS_KEYS names {s.keys}, which is not a folder.")
    found += [f"LMS_PACKS names {pack}, which is not a folder." for pack in s.packs if not pack.is_dir()]
    if "@" not in s.mail_from:
        found.append("LMS_MAIL_FROM has to be an e-mail address.")
    found += [
        f"LMS_HOSTS lists “{host}”; it takes host names alone, such as learning.example.gov.uk."
        for host in s.hosts
        if not set(host).isdisjoint("/:@ ")
    ]
    return (
        found
        + _notify_mistakes(s)
        + _key_mistakes(s.secret_key)
        + _proxy_mistakes(s.proxies)
        + _network_mistakes(s.webhook_networks)
    )


def _notify_mistakes(s: Settings) -> list[str]:
    found = []
    if s.notify_key and not _NOTIFY_KEY.fullmatch(s.notify_key):
        found.append("LMS_NOTIFY_KEY is no key of GOV.UK Notify. Copy it whole: its name, and two numbers behind it.")
    templates = {
        "LMS_NOTIFY_TEXT_TEMPLATE": s.notify_text_template,
        "LMS_NOTIFY_LETTER_TEMPLATE": s.notify_letter_template,
    }
    if s.notify_key and not any(templates.values()):
        found.append("LMS_NOTIFY_KEY needs a template: set LMS_NOTIFY_TEXT_TEMPLATE or LMS_NOTIFY_LETTER_TEMPLATE.")
    for name, template in templates.items():
        if template and not s.notify_key:
            found.append(f"{name} needs LMS_NOTIFY_KEY: set both, or neither.")
        if template and not _UUID.fullmatch(template):
            found.append(f"{name} has to be the ID of a template in GOV.UK Notify.")
    if s.notify_text_template and s.sms_url and s.mode == "production":
        found.append("LMS_SMS_URL and LMS_NOTIFY_TEXT_TEMPLATE both say where text messages go. Set only one.")
    if not (_fits(s.notify_url, {"https"}) or (_fits(s.notify_url, {"http"}) and _host(s.notify_url) == "127.0.0.1")):
        found.append(f"LMS_NOTIFY_URL has to look like {NOTIFY}.")
    return found


def _proxy_mistakes(proxies: int) -> list[str]:
    return [] if 0 <= proxies < MOST_PROXIES else ["LMS_PROXIES has to be how many proxies stand in front, such as 1."]


def _network_mistakes(named: Collection[str]) -> list[str]:
    return [
        f"LMS_WEBHOOK_NETWORKS names “{each}”, which is no network. It takes networks such as 10.20.0.0/16."
        for each in named
        if not _is_network(each)
    ]


def _is_network(named: str) -> bool:
    try:
        ip_network(named)
    except ValueError:
        return False
    return True


def _fits(url: str, schemes: Collection[str]) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme not in schemes:
        return False
    match parts.scheme:
        case "sqlite":  # a file: tables in memory would be different ones for each connection
            return url.startswith("sqlite:///") and parts.path.strip("/") not in {"", ":memory:"}
        case "file":
            return not parts.netloc and parts.path.startswith("/")
        case "postgresql" | "postgresql+psycopg":  # a socket's folder may stand behind a question mark instead
            return bool(parts.netloc or parts.query)
        case _:
            return bool(parts.netloc)


def _key_mistakes(key: str) -> list[str]:
    if key and len(key) < SHORTEST_KEY:
        return [f"LMS_SECRET_KEY is too short: it needs at least {SHORTEST_KEY} characters."]
    if key and len(set(key)) < FEWEST_CHARACTERS:
        return ["LMS_SECRET_KEY can be guessed. Make one as the manual says."]
    return []


def _mistakes_around(env: Mapping[str, str], s: Settings) -> list[str]:
    """What the settings themselves cannot tell any more."""
    found = []
    cookies = env.get("LMS_SECURE_COOKIES", "yes").strip().lower()
    if cookies not in YES | NO:
        found.append(f"LMS_SECURE_COOKIES is “{cookies}”; it can be yes or no.")
    if s.mode == "production" and env.get("FLASK_DEBUG", "").strip().lower() not in {"", *NO}:
        found.append("FLASK_DEBUG is on: error pages would show personal data. Unset it in production.")
    return found


def _production_mistakes(s: Settings) -> list[str]:
    found = []
    if not s.secret_key:
        found.append(
            "LMS_SECRET_KEY is not set. Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    if not s.hosts:
        found.append("LMS_HOSTS is not set. List the host names people use, such as learning.example.gov.uk.")
    elif (host := _host(s.base_url)) and host not in s.hosts and s.base_url.startswith("https://"):
        found.append(f"LMS_HOSTS does not list {host}, the host of LMS_BASE_URL.")
    if s.secure_cookies and not s.base_url.startswith("https://"):
        found.append(
            "LMS_BASE_URL must start with https:// while cookies are secure. Set it to the address people use."
        )
    if not s.secure_cookies:
        found.append("LMS_SECURE_COOKIES cannot be “no” in production: sign-in would travel unprotected.")
    return found


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
