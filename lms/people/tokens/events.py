"""Facts about tokens of systems. `about` is who made or ended one; the secret is never in a fact."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class TokenMade(Fact):
    """Somebody made a token for a system of their authority."""

    authority_id: UUID
    token_id: UUID
    scopes: tuple[str, ...]
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class TokenEnded(Fact):
    """Somebody ended a token: from now on it opens nothing."""

    authority_id: UUID
    token_id: UUID
