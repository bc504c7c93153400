"""The words of reports: the kinds there are, their tables, columns and stages. Plain Python."""

from enum import StrEnum


class ReportKind(StrEnum):
    """What a report is about, and so who may read it."""

    PROGRAMME = "programme"
    REGISTER = "register"
    MONEY = "money"


class Stage(StrEnum):
    """Where a person stands, over all their courses."""

    WORKING = "working"
    COMPLETED = "completed"
    LEFT = "left"


class Made(StrEnum):
    """How far the worker is with a report."""

    WAITS = "waits"
    COUNTED = "counted"
    DONE = "done"


class Unit(StrEnum):
    """What a column holds. Days are worked out of people and are never added up."""

    COUNT = "count"
    PENCE = "pence"
    DAYS = "days"
