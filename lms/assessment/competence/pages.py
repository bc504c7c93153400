"""Every page of this room hangs from one blueprint: those of staff, one's own, and those of countersigning."""

from lms.assessment.competence import countersign_views, mine
from lms.assessment.competence.views import pages

__all__ = ["countersign_views", "mine", "pages"]
