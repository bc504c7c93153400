"""Stands in `printing` now."""

from lms.certification.printing.rendering import *  # noqa: F403
