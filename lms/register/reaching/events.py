"""Facts about how a register team is reached. No address is in a fact."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class RegisterContactSet(Fact):
    """A register manager or administrator (`about`) wrote how the register team of an authority is reached."""

    authority_id: UUID
    contact_id: UUID
