"""Facts about self-assessment. How sure somebody felt is private, so the facts do not say it."""

from dataclasses import dataclass

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class SelfAssessed(Fact):
    """A learner said how sure they feel of standards of an edition. What they said is not in the fact."""

    framework: str
    edition: str
    units: tuple[str, ...]
