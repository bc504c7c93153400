"""Learners who show practice in the standards, and an assessor of some of them."""

from tests.assessment.practising import practice

__all__ = ["practice"]
