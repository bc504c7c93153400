"""One requirement as it is written in a rule file, kind by kind, and how it becomes a rule."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from lms.core.content import Authored, Words
from lms.register.kinds import (
    NEVER_WAIVABLE,
    AreaNeeded,
    Circumstance,
    CodeNeeded,
    DisclosureNeeded,
    Item,
    LearningNeeded,
    Level,
    ReferencesNeeded,
    ReferenceSource,
    Requirement,
    RequirementKind,
    SeenOnce,
    TrainingKind,
    Workforce,
)


def _said(value: Any) -> Any:
    return {"en": value} if isinstance(value, str) else value


Said = Annotated[Words, BeforeValidator(_said)]
"""A text in both languages; a bare sentence is English."""

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$", max_length=40)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
CriterionCode = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*:[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$", max_length=60)
]
"""A line of a framework, such as cc-2025:3.1a."""

Months = Annotated[int, Field(ge=1, le=600)]
Days = Annotated[int, Field(ge=0, le=3660)]


TITLES: Mapping[RequirementKind, str] = {
    RequirementKind.IDENTITY: "Proof of who you are",
    RequirementKind.RIGHT_TO_WORK: "Your right to work in the United Kingdom",
    RequirementKind.DBS: "A DBS check",
    RequirementKind.REFERENCE: "References",
    RequirementKind.TRAINING: "Training",
    RequirementKind.ASSESSMENT: "Being seen at work by an approved assessor",
    RequirementKind.CODE_OF_CONDUCT: "The code of conduct",
    RequirementKind.INTERVIEW: "A talk with the register team",
    RequirementKind.INSURANCE: "Insurance for your work",
    RequirementKind.SELF_EMPLOYED_EVIDENCE: "Proof that you are self-employed",
    RequirementKind.DECLARATION: "Your own declaration about convictions, barring and conduct",
    RequirementKind.PROFILE: "Your profile",
    RequirementKind.AVAILABILITY: "Your word that your details are still right",
    RequirementKind.WORK_AREA: "That you work or want to work in this area",
    RequirementKind.FEE: "The fee",
}
"""What a requirement is called where its authority gave it no title of its own."""


class Line(Authored):
    """What every requirement says. `title` is the requirement in plain words; `about` tells the PA more."""

    code: Code
    kind: RequirementKind
    title: Said
    about: Said | None = None
    mandatory: bool
    recommended: bool = False
    when: Circumstance | None = None
    validity_months: Months | None = None
    validity: Literal["document_end_date"] | None = None
    visible: Literal["none", "met_only", "summary", "full"]
    waivable: bool = True

    @model_validator(mode="before")
    @classmethod
    def _called(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("title") is None and data.get("kind") in set(RequirementKind):
            return {**data, "title": TITLES[RequirementKind(data["kind"])]}
        return data

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if self.mandatory is self.recommended:
            raise ValueError("a requirement is either mandatory or recommended")
        return self

    @property
    def ends_with_document(self) -> bool:
        """Whether the document's own last day has to be asked for."""
        return self.validity == "document_end_date"

    def rule(self) -> Requirement:
        """The requirement as the rules know it."""
        return SeenOnce(**self._common())

    def _common(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "kind": self.kind,
            "mandatory": self.mandatory,
            "when": self.when,
            "validity_months": self.validity_months,
            "waivable": self.waivable and self.kind not in NEVER_WAIVABLE,
        }


class DisclosureLine(Line):
    """A DBS check, and who pays for it."""

    level: Level
    workforce: Workforce
    update_service_accepted: bool = False
    update_service_recheck_months: Months | None = None
    paid_by: Literal["authority", "direct_payment_budget", "employer", "pa"]

    def rule(self) -> Requirement:
        """The requirement as the rules know it."""
        return DisclosureNeeded(
            **self._common(),
            level=self.level,
            workforce=self.workforce,
            update_service_accepted=self.update_service_accepted,
            update_service_recheck_months=self.update_service_recheck_months,
        )


class ReferenceLine(Line):
    """How many references, from whom. References do not run out."""

    count: Annotated[int, Field(ge=1, le=10)]
    must_include: tuple[ReferenceSource, ...] = ()
    no_relatives: bool = False
    validity_months: None = None

    def rule(self) -> Requirement:
        """The requirement as the rules know it."""
        return ReferencesNeeded(
            **self._common(), count=self.count, must_include=self.must_include, no_relatives=self.no_relatives
        )


class Choice(Authored):
    """Learning that counts together: all the codes named here."""

    modules: tuple[Code, ...] = ()
    certificates: tuple[Code, ...] = ()
    care_certificate_standards: tuple[Code, ...] = ()
    care_certificate_knowledge: Literal["all"] | None = None
    awif_sections: tuple[Code, ...] = ()
    qualification: Name | None = None
    units: tuple[Code, ...] = ()
    criteria: tuple[CriterionCode, ...] = ()

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.items():
            raise ValueError(
                "name at least one module, certificate, standard, section, qualification, unit or criterion"
            )
        return self

    def items(self) -> tuple[Item, ...]:
        """Each piece of learning named, in the order of the kinds."""
        named: Mapping[str, Any] = self.model_dump()
        found = []
        for kind in TrainingKind:
            codes = named[kind.value] or ()
            found += [Item(kind, code) for code in ([codes] if isinstance(codes, str) else codes)]
        return tuple(found)


class LearningLine(Line):
    """Training or assessment: one of `any_of`, and all of `all_of`."""

    any_of: tuple[Choice, ...] = ()
    all_of: tuple[Choice, ...] = ()
    completed_within_months: Months | None = None

    @model_validator(mode="after")
    def _some_learning(self) -> Self:
        if not self.any_of and not self.all_of:
            raise ValueError("say which learning counts, with any_of or all_of")
        return self

    def rule(self) -> Requirement:
        """What all alternatives need is written into each of them."""
        always = tuple(item for choice in self.all_of for item in choice.items())
        choices = [choice.items() for choice in self.any_of] or [()]
        return LearningNeeded(
            **self._common(),
            alternatives=tuple((*choice, *always) for choice in choices),
            completed_within_months=self.completed_within_months,
        )


class CodeLine(Line):
    """A version of the code of conduct, and the day it came. `commitments` are what the PA says they will do.

    Without a day of its own a version came with the rules that ask for it.
    """

    version: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    version_from: date = date.min
    reaccept_on_new_version_days: Days
    commitments: Annotated[tuple[Said, ...], Field(max_length=40)] = ()

    def rule(self) -> Requirement:
        """The requirement as the rules know it."""
        return CodeNeeded(
            **self._common(),
            version=self.version,
            version_from=self.version_from,
            reaccept_days=self.reaccept_on_new_version_days,
        )


class ProfileLine(Line):
    """A public profile, looked at by the register team before it counts when `moderated`."""

    moderated: bool


class AreaLine(Line):
    """The areas of an authority."""

    areas: Annotated[tuple[Code, ...], Field(min_length=1)]

    def rule(self) -> Requirement:
        """The requirement as the rules know it."""
        return AreaNeeded(**self._common(), areas=self.areas)


LINES: Mapping[RequirementKind, type[Line]] = {
    **dict.fromkeys(RequirementKind, Line),
    RequirementKind.DBS: DisclosureLine,
    RequirementKind.REFERENCE: ReferenceLine,
    RequirementKind.TRAINING: LearningLine,
    RequirementKind.ASSESSMENT: LearningLine,
    RequirementKind.CODE_OF_CONDUCT: CodeLine,
    RequirementKind.PROFILE: ProfileLine,
    RequirementKind.WORK_AREA: AreaLine,
}
"""How a requirement of each kind is written."""
