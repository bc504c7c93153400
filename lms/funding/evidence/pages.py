"""Every page of evidence hangs from one blueprint: files and packs, and learners' numbers."""

from lms.funding.evidence import number_views
from lms.funding.evidence.views import pages

__all__ = ["number_views", "pages"]
