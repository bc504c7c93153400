"""One question as every check sees it: the scheme, the item on its list, what is asked, and the day of asking."""

from dataclasses import dataclass
from datetime import date

from lms.funding.asked import Asked
from lms.funding.scheme import ClaimItem, Scheme
from lms.funding.vocabulary import Part, PaymentModel


@dataclass(frozen=True)
class Question:
    """What the checks and the arithmetic are given. `item` is None when the scheme's list does not have it."""

    scheme: Scheme
    item: ClaimItem | None
    asked: Asked
    on: date

    @property
    def is_split(self) -> bool:
        """Whether the item is paid in two parts."""
        return self.item is not None and self.item.payment_model is PaymentModel.SPLIT

    @property
    def part(self) -> Part:
        """The part that is asked for: a split item asked for whole means both parts, others have no parts."""
        if not self.is_split:
            return Part.FULL
        return Part.BOTH if self.asked.part is Part.FULL else self.asked.part

    @property
    def next_part(self) -> Part:
        """The part whose deadline comes next."""
        return Part.FIRST if self.part is Part.BOTH else self.part

    @property
    def sent_on(self) -> date:
        """The day it was sent in or applied for; while it was not, the day of asking."""
        return self.asked.submitted_on or self.asked.applied_on or self.on

    def has(self, condition: str) -> bool:
        """Whether the scheme names a condition."""
        return condition in self.scheme.conditions
