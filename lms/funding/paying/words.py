"""The words of payments: what a row of a remittance comes to, and what a person may decide about it."""

from enum import StrEnum


class Column(StrEnum):
    """What a column of a payer's file says. Reference and amount are needed; the others help."""

    REFERENCE = "reference"
    AMOUNT = "amount"
    DAY = "day"
    PAYMENT = "payment"
    LINE = "line"


NEEDED = (Column.REFERENCE, Column.AMOUNT)


class DayOrder(StrEnum):
    """How a payer writes a day in figures, where it can be read two ways."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class Wrong(StrEnum):
    """Why a row, or a whole file, cannot be read."""

    NO_REFERENCE = "no_reference"
    NO_AMOUNT = "no_amount"
    AMOUNT_UNREADABLE = "amount_unreadable"
    AMOUNT_NOT_WHOLE_PENCE = "amount_not_whole_pence"
    AMOUNT_NOTHING = "amount_nothing"
    AMOUNT_TOO_LARGE = "amount_too_large"
    DAY_UNREADABLE = "day_unreadable"
    DAY_TWO_WAYS = "day_two_ways"
    DAY_TO_COME = "day_to_come"
    NO_DAY = "no_day"
    LINE_UNREADABLE = "line_unreadable"
    FORMULA = "formula"


class Finding(StrEnum):
    """What a row of a remittance comes to, beside what PALMS knows."""

    AGREES = "agrees"
    PART = "part"
    OVER = "over"
    NOT_DUE = "not_due"
    UNKNOWN = "unknown"
    ALREADY = "already"
    ALTERED = "altered"
    DOUBLE = "double"
    WENT_BACK = "went_back"
    WENT_BACK_TOO_MUCH = "went_back_too_much"
    UNREADABLE = "unreadable"


class Choice(StrEnum):
    """What a person decides about a row that does not simply agree."""

    TAKE = "take"
    TAKE_AND_CLOSE = "take_and_close"
    LEAVE_OUT = "leave_out"


BY_ITSELF: dict[Finding, Choice] = {
    Finding.AGREES: Choice.TAKE,
    Finding.WENT_BACK: Choice.TAKE,
    Finding.ALREADY: Choice.LEAVE_OUT,
    Finding.DOUBLE: Choice.LEAVE_OUT,
}
"""What happens to a row without anybody deciding. Every other finding waits for a person."""

MAY: dict[Finding, tuple[Choice, ...]] = {
    Finding.AGREES: (Choice.TAKE, Choice.LEAVE_OUT),
    Finding.WENT_BACK: (Choice.TAKE, Choice.LEAVE_OUT),
    Finding.PART: (Choice.TAKE, Choice.TAKE_AND_CLOSE, Choice.LEAVE_OUT),
    Finding.OVER: (Choice.TAKE, Choice.LEAVE_OUT),
    Finding.ALTERED: (Choice.TAKE, Choice.LEAVE_OUT),
    Finding.DOUBLE: (Choice.LEAVE_OUT, Choice.TAKE),
    Finding.ALREADY: (Choice.LEAVE_OUT,),
    Finding.NOT_DUE: (Choice.LEAVE_OUT,),
    Finding.UNKNOWN: (Choice.LEAVE_OUT,),
    Finding.UNREADABLE: (Choice.LEAVE_OUT,),
    Finding.WENT_BACK_TOO_MUCH: (Choice.LEAVE_OUT,),
}
"""What a person may decide about a row. Money for what is not known or not approved is never written down."""


class Settled(StrEnum):
    """How a difference between what was approved and what came was closed."""

    REST_CLOSED = "rest_closed"
    KEPT = "kept"
