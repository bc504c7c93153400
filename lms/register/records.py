"""What may be kept of something seen, kind by kind. What is not named here cannot be stored.

For a disclosure the DBS code of practice draws the line: level, workforce, dates, whether there is content, who decided
what. Never an image of the certificate, an offence, police text, or free text about any of them; so there is no field
into which they could be typed.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from lms.core.words import N_, Refused
from lms.register.disclosures import Content
from lms.register.kinds import Level, ReferenceSource, RequirementKind, TrainingKind, Workforce

Kind = RequirementKind
Reader = Callable[[Any], Any]


class RightToWorkKind(StrEnum):
    """How the right to work was looked at, in the words of the Home Office’s guide. Never a share code or a number."""

    LIST_A = "list_a"
    LIST_B_GROUP_1 = "list_b_group_1"
    LIST_B_GROUP_2 = "list_b_group_2"
    ONLINE = "online_share_code"
    DIGITAL = "digital_identity_service"

    @property
    def ends(self) -> bool | None:
        """Whether what was seen has a last day: True, False, or None where it can go either way."""
        return {self.LIST_A: False, self.DIGITAL: False, self.LIST_B_GROUP_1: True, self.LIST_B_GROUP_2: True}.get(self)


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)  # noqa: TRY004  every unreadable value is the same mistake here
    return value


def _code(value: Any) -> str:
    text = str(value)
    if not text or len(text) > 80 or not all(c.isalnum() or c in "-_.:" for c in text):
        raise ValueError(text)
    return text


_LOOKED: Mapping[str, Reader] = {"met": _yes_or_no}
_RIGHT_TO_WORK: Mapping[str, Reader] = {**_LOOKED, "shown": RightToWorkKind}
_LEARNED: Mapping[str, Reader] = {"item_kind": TrainingKind, "item_code": _code, "completed_on": date.fromisoformat}

_DISCLOSED: Mapping[str, Reader] = {
    "level": Level,
    "workforce": Workforce,
    "issue_date": date.fromisoformat,
    "result": Content,
}

MAY_STORE: Mapping[RequirementKind, Mapping[str, Reader]] = {
    **dict.fromkeys(RequirementKind, _LOOKED),
    Kind.DBS: _DISCLOSED,
    Kind.RIGHT_TO_WORK: _RIGHT_TO_WORK,
    Kind.REFERENCE: {"source": ReferenceSource, "relative": _yes_or_no},
    Kind.TRAINING: _LEARNED,
    Kind.ASSESSMENT: _LEARNED,
    Kind.CODE_OF_CONDUCT: {"version": _code},
    Kind.WORK_AREA: {"area": _code},
}

_MAY_BE_LEFT_OUT = frozenset({"met", "shown"})
"""What a record can be without: an earlier version did not ask how the right to work was looked at."""

SAID_BY_THE_PA = frozenset({Kind.CODE_OF_CONDUCT, Kind.AVAILABILITY, Kind.WORK_AREA})
"""What only the PA can say. Everything else somebody else has to see."""


def limited(kind: RequirementKind, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a record as JSON, checked to be whole, readable and nothing else. Refused otherwise."""
    allowed = MAY_STORE[kind]
    needed = set(allowed) - _MAY_BE_LEFT_OUT
    if not needed <= set(data) <= set(allowed):
        raise Refused(N_("This may not be stored, or something is left out."))
    try:
        for name, value in data.items():
            allowed[name](value)
    except ValueError as error:
        raise Refused(N_("One of the answers is not on the list. Choose from the list.")) from error
    return {name: str(value) if isinstance(value, str) else value for name, value in data.items()}
