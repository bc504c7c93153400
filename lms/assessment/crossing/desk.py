"""Every page between editions, of awards held and of the crosswalk, on one blueprint."""

from lms.assessment.crossing import crosswalk_views, held_views
from lms.assessment.crossing.views import pages

__all__ = ["crosswalk_views", "held_views", "pages"]
