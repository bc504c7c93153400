"""Every page of authoring, on one blueprint."""

from lms.learning.authoring import import_views, key_views, learner_views
from lms.learning.authoring.views import pages

__all__ = ["import_views", "key_views", "learner_views", "pages"]
