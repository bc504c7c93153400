"""Every page of quality assurance, so that they hang from the one blueprint."""

from lms.assessment.quality.appeals import views as _appeals
from lms.assessment.quality.doors import pages
from lms.assessment.quality.meetings import views as _meetings
from lms.assessment.quality.planning import views as _planning
from lms.assessment.quality.samples import views as _samples
from lms.assessment.quality.verifiers import views as _verifiers

PAGES_OF = (_appeals, _meetings, _planning, _samples, _verifiers)
"""Where they stand."""

__all__ = ["PAGES_OF", "pages"]
