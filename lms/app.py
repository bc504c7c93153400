"""PALMS as a site of its own: the same door as on a host, plus signing in and error pages for the whole site."""

import dataclasses
import secrets
from datetime import timedelta

from flask import Flask, request
from werkzeug.exceptions import BadRequest
from werkzeug.middleware.proxy_fix import ProxyFix

from lms.building import build_house
from lms.core.clock import Clock
from lms.core.house import House
from lms.core.settings import Settings, read_settings
from lms.core.web.errors import help_on_errors
from lms.core.web.site import Site
from lms.extension import mount
from lms.people.login import signed_in_viewer, use_login


def create_app(settings: Settings | None = None, *, clock: Clock | None = None) -> Flask:
    """A standalone site. Raises SettingsWrong, ContentWrong or NewerDatabase before anything is served."""
    chosen = settings or read_settings()
    house = build_house(chosen, clock=clock)
    return app_of(dataclasses.replace(house, who=signed_in_viewer, standalone=True))


def app_of(house: House) -> Flask:
    """The site for a house that stands already."""
    settings = house.settings
    app = Site("lms", static_folder=None)
    app.secret_key = settings.secret_key or secrets.token_urlsafe(48)
    app.config.update(
        SESSION_COOKIE_NAME="lms_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=timedelta(days=14),
        SESSION_REFRESH_EACH_REQUEST=False,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
        MAX_CONTENT_LENGTH=52 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=512 * 1024,
    )
    if settings.proxies:  # else anybody could say which address they come from
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=0)  # type: ignore[method-assign]
    use_login(app)
    mount(app, house, url_prefix=None)
    help_on_errors(app)
    if settings.hosts:
        allowed = frozenset(host.lower() for host in settings.hosts)

        @app.before_request
        def known_host() -> None:
            if request.host.partition(":")[0].lower() not in allowed:
                raise BadRequest("This site is not known under this name.")

    return app
