"""A workshop's certificates are issued by the worker, as those of every batch are."""

from tests.certification.bulk.conftest import wiring

__all__ = ["wiring"]
