"""Where to begin, from how sure somebody feels and what they have shown already."""

from collections.abc import Mapping

from lms.assessment.confidence.queries import Said
from lms.assessment.confidence.rules import Stands, Sure, first
from lms.assessment.content import Framework, Unit
from lms.assessment.knowledge.queries import Standing

UNSURE = frozenset({Sure.NOT_YET, Sure.A_LITTLE})


def stands_in(framework: Framework, said: Mapping[str, Said], shown: Standing) -> list[Stands]:
    """How sure somebody feels of each standard, and what is left of it to show."""
    return [
        Stands(
            unit=each.code,
            sure=said[each.code].sure if each.code in said else None,
            left=len(each.knowledge) - shown.shown_in(each),
            lines=len(each.knowledge),
        )
        for each in framework.units
    ]


def least_sure(framework: Framework, said: Mapping[str, Said], shown: Standing) -> Unit | None:
    """The standard somebody said they know little of and has most left to show; None when they said it of none."""
    for each in first(stands_in(framework, said, shown), 1):
        if each.sure in UNSURE:
            return framework.unit(each.unit)
    return None
