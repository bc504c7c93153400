"""The learners who show practice in the standards, for every test here."""

from tests.assessment.practising import practice

__all__ = ["practice"]
