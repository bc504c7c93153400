"""Words for kinds of what waits."""

from typing import Any

from lms.assessment.queues.rules import Waits
from lms.core.web.texts import _l

KINDS: dict[Waits, Any] = {
    Waits.EVIDENCE: _l("Evidence to decide on"),
    Waits.DRAFTS: _l("Drafts to finalise"),
    Waits.SENT_BACK: _l("Sent back"),
    Waits.COUNTERSIGN: _l("To countersign"),
    Waits.SIGN_OFF: _l("Ready to sign off"),
    Waits.SEEN: _l("PAs to say something about"),
    Waits.ASSESSOR: _l("Somebody asks for an assessor"),
    Waits.SAMPLE: _l("Samples"),
    Waits.APPEAL: _l("A second look was asked for"),
    Waits.LINK: _l("Asked by link, not answered"),
    Waits.TWO_VERSIONS: _l("Two versions to choose from"),
    Waits.PERSONAL: _l("For one person: somebody has to look"),
    Waits.OTHER: _l("Other things"),
}
"""What pages say for kinds of what waits."""
