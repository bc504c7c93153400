"""Stands in `printing` now."""

from lms.certification.printing.letters import *  # noqa: F403
