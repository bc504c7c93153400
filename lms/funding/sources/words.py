"""The words for costs of a training and the money that meets them. Plain Python."""

from enum import StrEnum

from lms.people.rules import Role


class Source(StrEnum):
    """Where the money for a cost comes from."""

    DIRECT_PAYMENT = "direct_payment"
    SCHEME = "scheme"
    COUNCIL_PLACE = "council_place"
    OWN_MONEY = "own_money"
    EMPLOYER = "employer"


class CostKind(StrEnum):
    """What a cost is for: the words of a claim's costs. (What a scheme pays for at all is in `funding.vocabulary`.)"""

    COURSE = "course"
    TRAVEL = "travel"
    COVER = "cover"


class Capacity(StrEnum):
    """As what somebody said where the money comes from; SERVICE is PALMS itself, after a claim or a place."""

    PA = "pa"
    EMPLOYER = "employer"
    TEAM = "team"
    SERVICE = "service"


FROM_RECORDS = frozenset({Source.SCHEME, Source.COUNCIL_PLACE})
"""Sources that come from a claim or a place, or from the team; nobody else can say them or take them away."""

MAY_SAY: dict[Capacity, frozenset[Source]] = {
    Capacity.PA: frozenset(Source) - FROM_RECORDS,
    Capacity.EMPLOYER: frozenset(Source) - FROM_RECORDS,
    Capacity.TEAM: frozenset(Source),
    Capacity.SERVICE: FROM_RECORDS,
}
"""Who may say which source."""

TEAM = (Role.COORDINATOR, Role.FUNDING_OFFICER)
HOUSEHOLD = (Role.EMPLOYER, Role.REPRESENTATIVE)
