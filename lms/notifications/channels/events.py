"""Facts about what came of messages. No address is in a fact."""

from dataclasses import dataclass

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class AddressNotWorking(Fact):
    """Messages to somebody (`about`) came back for good; `way` is email or text, `why` a code."""

    way: str
    why: str


@dataclass(frozen=True, kw_only=True)
class AddressTriedAgain(Fact):
    """A coordinator has an address of somebody (`about`) tried again."""

    way: str
