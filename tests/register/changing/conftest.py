"""What these tests share."""

from tests.register.changing.doings import draft_fixture

__all__ = ["draft_fixture"]
