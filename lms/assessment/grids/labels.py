"""Signs and words of grids: each sign has its words beside it, or in the list above the table."""

from collections.abc import Mapping
from typing import Any

from lms.assessment.deciding.rules import Stand
from lms.assessment.grids.rules import Wanted
from lms.assessment.rules import UnitState
from lms.core.web.texts import _l

SIGNS: Mapping[Stand, str] = {
    Stand.NOTHING: "–",
    Stand.OFFERED: "○",
    Stand.NOT_YET_MET: "✎",
    Stand.MORE_EVIDENCE: "✎",
    Stand.WAITS_COUNTERSIGN: "◐",
    Stand.SENT_BACK: "↺",
    Stand.MET: "✓",
}
"""The sign of where a line stands; its words follow it."""

UNIT_SIGNS: Mapping[UnitState, str] = {
    UnitState.NOT_SEEN: "",
    UnitState.NOT_YET_MET: "✎",
    UnitState.READY: "◆",
    UnitState.SIGNED_OFF: "✓",
}
"""The sign of where a standard stands in a cohort."""

UNIT_WORDS: Mapping[UnitState, Any] = {
    UnitState.NOT_SEEN: _l("Not complete"),
    UnitState.NOT_YET_MET: _l("Something to work on"),
    UnitState.READY: _l("Ready to sign off"),
    UnitState.SIGNED_OFF: _l("Signed off"),
}

WANTED: Mapping[Wanted, Any] = {
    Wanted.OPEN: _l("Not signed off yet"),
    Wanted.READY: _l("Ready to sign off"),
    Wanted.NOT_YET_MET: _l("Something to work on"),
    Wanted.SIGNED_OFF: _l("Signed off"),
    Wanted.WITHOUT_ASSESSOR: _l("Without an assessor"),
}
"""What a cohort can be narrowed to."""
