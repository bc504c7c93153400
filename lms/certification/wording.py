"""What a certificate says, in one language: its sentences, its facts and its achievements, all filled in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from lms.assessment.rules import HOUSEHOLD, Capacity
from lms.certification import sentences
from lms.certification.attendance.rules import hours_of
from lms.certification.content import By, CertificateDesign
from lms.certification.grounds import Award
from lms.certification.rules import Ground, Need
from lms.core.content import Words
from lms.core.i18n import day
from lms.people.rules import Nation

_STUDY = frozenset({Need.MODULE_STUDIED, Need.MODULES_STUDIED, Need.REFRESHED})
_SIGNED = frozenset({Need.PRACTICE_SIGNED_OFF, Need.STANDARDS_SIGNED_OFF})
_LISTED = _STUDY | _SIGNED | {Need.KNOWLEDGE_SHOWN}


@dataclass(frozen=True, kw_only=True)
class Known:
    """All that a certificate can speak of."""

    award: Award
    grounds: tuple[Ground, ...]
    course: Words | None
    authority: Words
    nation: Nation
    issued_on: date
    lapses_on: date | None

    def of(self, *needs: Need) -> tuple[Ground, ...]:
        """The grounds of these needs."""
        return tuple(each for each in self.grounds if each.need in needs)

    @cached_property
    def last_sign_off(self) -> Ground | None:
        """The last thing that somebody signed off, if anything was."""
        return max(self.of(*_SIGNED), key=lambda each: each.at or 0, default=None)

    @property
    def studied_on(self) -> date | None:
        """The day the last of its study, or of its knowledge, was done."""
        return self.last(*_STUDY, Need.KNOWLEDGE_SHOWN)

    def last(self, *needs: Need) -> date | None:
        """The last day of these needs."""
        return max((each.on for each in self.of(*needs) if each.on), default=None)

    @cached_property
    def prior(self) -> tuple[Ground, ...]:
        """What was, in part or as a whole, accepted as prior learning."""
        return tuple(each for each in self.grounds if each.prior)

    @property
    def content_edition(self) -> str | None:
        """The edition of the module that was studied, or of the course."""
        source = self.award.source
        if self.award.module is not None:
            return next((each.edition for each in self.of(Need.MODULE_STUDIED)), "") or self.award.module.edition
        return source.enrolment.edition if source.enrolment else None

    @property
    def framework_edition(self) -> str | None:
        """The edition of the standards that was worked to."""
        if self.award.framework is not None:
            return self.award.framework.edition
        return next((each.edition for each in self.of(*_SIGNED, Need.KNOWLEDGE_SHOWN) if each.edition), None)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A certificate in one language. `values` fill the places of sentences; `achievements` have days in ISO 8601."""

    language: str
    title: str
    module: str
    course: str
    authority: str
    signatory: str
    shown: Sequence[dict[str, str]]
    achievements: Sequence[dict[str, str]]
    proves: Sequence[str]
    does_not_prove: Sequence[str]
    say: Mapping[str, str]
    values: Mapping[str, str]

    def frozen(self) -> dict[str, Any]:
        """What a certificate keeps of its other languages."""
        return {
            "title": self.title,
            "proves": list(self.proves),
            "does_not_prove": list(self.does_not_prove),
            "shown": list(self.shown),
            "achievements": list(self.achievements),
        }

    def placed(self) -> dict[str, Any]:
        """What a design places of it, beside the values."""
        return {
            "language": self.language,
            "title": self.title,
            "signatory": self.signatory,
            "shown": self.shown,
            "achievements": [{**a, "on": day(date.fromisoformat(a["on"]), self.language)} for a in self.achievements],
            "proves": self.proves,
            "does_not_prove": self.does_not_prove,
            "say": self.say,
        }


def fitting(text: str, longest: int) -> str:
    """Authored titles have no limit, columns have: a title that is far too long must not undo a sign-off."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def said(known: Known, language: str) -> Said:
    """All that a certificate says in a language."""
    design = known.award.design
    values = _values(known, language)

    def fill(words: Words) -> str:
        return sentences.filled(words.text(language), values)

    proved = design.proves_with_prior if known.prior else design.proves
    say = {name: fill(words) for name, words in design.labels.items()}
    return Said(
        language=language,
        title=fitting(fill(design.title), 400),
        module=values["module"],
        course=values["course"],
        authority=values["authority"],
        signatory=fill(design.signatory),
        shown=list(_facts(known, values, say, language)),
        achievements=list(_achievements(known, language)),
        proves=[fill(line) for line in proved],
        does_not_prove=[fill(line) for line in design.does_not_prove],
        say=say,
        values={name: values[name] for name in _ON_FACE},
    )


_ON_FACE = (
    "module", "code", "course", "authority", "studied_on", "signed_off_on", "signed_off_as", "issued_on", "lapses_on",
    "prior", "outcomes",
)  # fmt: skip


def _values(known: Known, language: str) -> dict[str, str]:
    def written(on: date | None) -> str:
        return day(on, language) if on else ""

    award, last = known.award, known.last_sign_off
    title = fitting(award.title.text(language), 200)
    return {
        "module": title,
        "framework": title if award.framework else "",
        "code": award.code,
        "course": fitting(known.course.text(language), 200) if known.course else "",
        "authority": known.authority.text(language),
        "studied_on": written(known.studied_on),
        "signed_off_on": written(last.on if last else None),
        "signed_off_as": award.design.capacity(last.capacity, language) if last else "",
        "issued_on": written(known.issued_on),
        "lapses_on": written(known.lapses_on),
        "held": ", ".join(each.title.text(language) for each in known.of(Need.CERTIFICATES_HELD)),
        "count": str(len(known.of(*_LISTED))),
        **_counts(known),
        **_there(award, language),
    }


def _counts(known: Known) -> dict[str, str]:
    module = known.award.module
    if module is None:
        return {"prior": str(len(known.prior)), "outcomes": ""}
    prior = sum(len(each.prior) for each in known.prior)
    return {"prior": str(prior), "outcomes": str(len(module.outcomes_in(known.nation)))}


def _there(award: Award, language: str) -> dict[str, str]:
    there = award.source.attended
    if there is None:
        return dict.fromkeys(("attended_on", "hours", "place", "led_by"), "")
    return {
        "attended_on": day(there.on, language),
        "hours": hours_of(there.minutes),
        "place": award.design.labels[there.place.value].text(language),
        "led_by": there.led_by,
    }


def _facts(known: Known, values: Mapping[str, str], say: Mapping[str, str], language: str) -> Iterator[dict[str, str]]:
    """Every fact on the paper with its label, in order; those that do not apply are left out."""

    def last(*needs: Need) -> str:
        on = known.last(*needs)
        return day(on, language) if on else ""

    texts = {
        **values,
        "module": f"{values['module']}, {values['code']}",
        "workshop": values["module"],
        "studied": last(Need.MODULE_STUDIED, Need.MODULES_STUDIED),
        "refreshed": last(Need.REFRESHED),
        "practised": last(Need.PRACTICE_SIGNED_OFF),
        "knowledge": last(Need.KNOWLEDGE_SHOWN),
        "standards": last(Need.STANDARDS_SIGNED_OFF),
        "conduct": last(Need.CONDUCT_ACCEPTED),
        "issued": values["issued_on"],
        "lapses": values["lapses_on"],
        "issued_by": values["authority"],
        "answers": f"{sentences.filled(known.award.design.signatory.text(language), values)}, {values['authority']}",
        "of_certificate": known.award.design.edition,
        "of_course": known.content_edition or "",
        "of_practice": known.framework_edition or "",
    }
    for name in known.award.design.facts:
        if texts[name]:
            yield {"label": say[name], "text": texts[name]}


def _achievements(known: Known, language: str) -> Iterator[dict[str, str]]:
    """What stands on the second page: nothing for one module alone, whose facts stand on the first."""
    if known.award.design.earned in {By.MODULE, By.ATTENDANCE}:
        return
    for each in known.of(*_LISTED):
        assert each.on is not None
        yield {
            "code": each.code,
            "title": each.title.text(language),
            "on": each.on.isoformat(),
            "by": _by(each, known.award.design, language),
        }


def _by(ground: Ground, design: CertificateDesign, language: str) -> str:
    """Who signed something off, and as what; of a household without the name of its home."""
    if ground.prior:
        return design.labels["prior"].text(language)
    if not ground.by:
        return ""
    home = ground.capacity in {Capacity(each).value for each in HOUSEHOLD}
    parts = (ground.by, design.capacity(ground.capacity, language), "" if home else ground.organisation)
    return ", ".join(part for part in parts if part)
