"""Every page of this room hangs from one blueprint."""

from lms.assessment.asking import outside_views
from lms.assessment.asking.views import pages

__all__ = ["outside_views", "pages"]
