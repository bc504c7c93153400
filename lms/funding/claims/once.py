"""What makes two things the same: digests that only one row may hold. Plain Python."""

from hashlib import sha256
from uuid import UUID

from lms.funding.asked import Asked
from lms.funding.scheme import DuplicateRule
from lms.funding.vocabulary import Part


def opened_as(*, learner: UUID, scheme: str, item: str, training: str, part: Part, claimant: UUID, turn: int) -> str:
    """The digest under which a line opens once. `turn` counts up when the same thing is asked for anew."""
    return _digest(learner.hex, scheme, item, training, part.value, claimant.hex, str(turn))


def taken_key(rule: DuplicateRule | None, asked: Asked, *, learner: UUID, scheme: str, claimant: UUID) -> str | None:
    """What a submitted line holds alone: the learner and everything the scheme's duplicate rule names.

    None where the scheme has no rule, or a thing it names is not known. Whole and first part share a key, since one
    stands in the way of the other; the second part has its own.
    """
    if rule is None:
        return None
    keys = set(rule.key) - {"learner"}
    if "unit_code" in keys and not asked.unit_code:
        keys = keys - {"unit_code"} | {"item"}
    named = {key: getattr(asked, key) for key in sorted(keys)}
    if None in named.values():
        return None
    reach = "ever" if rule.lifetime else scheme
    who = "" if rule.scope == "all_claimants" else claimant.hex
    part = "second" if asked.part is Part.SECOND else "first"
    return _digest(learner.hex, reach, who, part, *(f"{key}={value}" for key, value in named.items()))


def _digest(*parts: str) -> str:
    return sha256("|".join(parts).encode()).hexdigest()
