"""Every page of mentoring, on one blueprint."""

from lms.programme.mentors import desk
from lms.programme.mentors.views import pages

__all__ = ["desk", "pages"]
