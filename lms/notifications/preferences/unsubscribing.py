"""The link with which one click ends a sort of mail (RFC 8058). It says for whom and what, signed with our key."""

from typing import NamedTuple
from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

from lms.core.settings import Settings
from lms.core.words import NotFound
from lms.notifications.preferences.rules import REQUIRED, Purpose

_SALT = "lms-unsubscribe"


class Wanted(NamedTuple):
    """Who wants no more mail, and of what sort."""

    person_id: UUID
    purpose: Purpose


def link(settings: Settings, person_id: UUID, purpose: Purpose) -> str:
    """The whole address of the link."""
    token = URLSafeSerializer(settings.secret_key, salt=_SALT).dumps([person_id.hex, purpose.value])
    return f"{settings.base_url}/no-more-mail/{token!s}"


def read(settings: Settings, token: str) -> Wanted:
    """What a link says. NotFound when it was not made by us, or names what nobody can turn off."""
    try:
        person, purpose = URLSafeSerializer(settings.secret_key, salt=_SALT).loads(token)
        wanted = Wanted(UUID(person), Purpose(purpose))
    except (BadSignature, ValueError, TypeError) as wrong:
        raise NotFound("link") from wrong
    if wanted.purpose in REQUIRED:
        raise NotFound("link")
    return wanted
