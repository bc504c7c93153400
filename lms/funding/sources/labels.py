"""What pages say about the money for a training: message ids by code."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.funding.sources.words import Capacity, CostKind, Source

SOURCES: Mapping[Source, str] = {
    Source.DIRECT_PAYMENT: N_("The employer's direct payment budget"),
    Source.SCHEME: N_("A scheme"),
    Source.COUNCIL_PLACE: N_("A place the council pays for"),
    Source.OWN_MONEY: N_("The PA's own money"),
    Source.EMPLOYER: N_("The employer's own money"),
}
COSTS: Mapping[CostKind, str] = {
    CostKind.COURSE: N_("The course"),
    CostKind.TRAVEL: N_("Travel to it"),
    CostKind.COVER: N_("Cover while the PA is away"),
}
CAPACITIES: Mapping[Capacity, str] = {
    Capacity.PA: N_("the PA"),
    Capacity.EMPLOYER: N_("the employer"),
    Capacity.TEAM: N_("the council's team"),
    Capacity.SERVICE: N_("the service, after a claim or a place"),
}
