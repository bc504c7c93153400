"""What a line is the cost of. Plain Python."""

from lms.funding.scheme import Scheme
from lms.funding.sources.words import CostKind
from lms.funding.vocabulary import ItemKind

_KINDS = {ItemKind.TRAVEL.value: CostKind.TRAVEL, ItemKind.REPLACEMENT_COVER.value: CostKind.COVER}


def cost_kind(scheme: Scheme, item: str) -> CostKind:
    """What an item of a scheme is the cost of: the training itself, the way there, or cover meanwhile."""
    found = scheme.item(item)
    return _KINDS.get(str(found.kind), CostKind.COURSE) if found else CostKind.COURSE
