"""Stands in `printing` now."""

from lms.certification.printing.designs import *  # noqa: F403
