"""Stands in `printing` now."""

from lms.certification.printing.pdf import *  # noqa: F403
