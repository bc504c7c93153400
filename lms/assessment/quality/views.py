"""Every page of quality assurance, so that they hang from the one blueprint."""

from lms.assessment.quality.doors import pages

__all__ = ["pages"]
