"""Every page of the schemes, on one blueprint."""

from lms.funding.authoring import deciding_views, draft_views
from lms.funding.authoring.views import pages

__all__ = ["deciding_views", "draft_views", "pages"]
