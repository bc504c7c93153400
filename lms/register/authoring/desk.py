"""Every page of the rules, on one blueprint."""

from lms.register.authoring import draft_views
from lms.register.authoring.views import pages

__all__ = ["draft_views", "pages"]
