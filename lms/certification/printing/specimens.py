"""An invented certificate of a kind, to look at a design before anybody is given one. Nobody in it is real."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from lms.certification import sentences
from lms.certification.content import By, CertificateDesign
from lms.certification.numbers import number_of, spoken
from lms.certification.printing import designs, letters
from lms.certification.printing.designs import Face
from lms.certification.rules import Need, lapses_on
from lms.core.content import Words
from lms.core.i18n import day, say_in
from lms.core.words import N_

NUMBER = number_of(0)
"""A number that is never given out: it is the one everybody would try first, and belongs to no certificate."""

HOLDER = "Robin Example"
AUTHORITY = Words(en="Example Council", cy="Cyngor Enghraifft")
_WHAT = Words(en="Example title of what was learned", cy="Teitl enghreifftiol")
_ACHIEVED = 7
_EXAMPLE = N_("An example. It certifies nothing.")
_MARK = (
    "position: absolute; left: 20mm; top: 229mm; width: 170mm; text-align: center; color: #6b2a5b; font-weight: bold; "
    "font-size: 15pt"
)


def face_of(
    design: CertificateDesign,
    *,
    languages: Sequence[str],
    on: date,
    holder: str = HOLDER,
    authority: Words = AUTHORITY,
    signatories: Sequence[Mapping[str, str]] = (),
    logo_alt: str = "",
) -> Face:
    """What an invented certificate says, issued on a day. `languages` are one or two, the first one first.

    `logo_alt` is what the logo shows, empty for none.
    """
    first, *others = (_side(design, each, authority, on) for each in languages)
    name = letters.printed(holder)
    also = {**others[0], "logo_alt": logo_alt, "signatories": signatories} if others else {}
    return Face(
        **first,
        number=NUMBER,
        holder=name,
        holder_whole=name == holder,
        holder_size=letters.points(name),
        design_edition=design.edition,
        content_edition="1",
        framework_edition="1",
        languages=tuple(languages),
        signatories=signatories,
        logo_alt=logo_alt,
        also=also,
    )


def page_of(design: CertificateDesign, face: Face) -> str:
    """The filled page of an invented certificate, which says that it is one. Raises what `designs.fill` raises."""
    said = escape(say_in(face.language)(_EXAMPLE))
    return designs.fill(design.html, face).replace("</body>", f'<div style="{_MARK}"><p>{said}</p></div></body>')


def _side(design: CertificateDesign, language: str, authority: Words, on: date) -> dict[str, Any]:
    """Everything that is said in one language."""
    values = _values(design, language, authority, on)

    def fill(words: Words) -> str:
        return sentences.filled(words.text(language), values)

    say = {name: fill(words) for name, words in design.labels.items()}
    texts = {"issued": values["issued_on"], "lapses": values["lapses_on"], "issued_by": values["authority"]}
    texts["answers"] = f"{fill(design.signatory)}, {values['authority']}"
    placed = ("module", "code", "course", "authority", "studied_on", "signed_off_on", "signed_off_as", "issued_on")
    return {
        **{name: values[name] for name in (*placed, "lapses_on", "prior", "outcomes")},
        "language": language,
        "title": fill(design.title),
        "signatory": fill(design.signatory),
        "spoken": spoken(NUMBER, language),
        "shown": [{"label": say[n], "text": texts.get(n) or values.get(n) or day(on, language)} for n in design.facts],
        "achievements": _achievements(design, language, on),
        "proves": [fill(line) for line in design.proves],
        "does_not_prove": [fill(line) for line in design.does_not_prove],
        "say": say,
    }


def _values(design: CertificateDesign, language: str, authority: Words, on: date) -> dict[str, str]:
    what, issued = _WHAT.text(language), day(on, language)
    until = lapses_on(on, design.validity_months)
    capacity = next(iter(design.capacities), "assessor")
    known = {
        **dict.fromkeys(sentences.PLACES, issued),
        **dict.fromkeys(("module", "course", "framework", "workshop", "held"), what),
        **dict.fromkeys(("count", "prior", "hours"), str(_ACHIEVED)),
        **dict.fromkeys(("of_certificate", "of_course", "of_practice"), "1"),
        "outcomes": str(_ACHIEVED + 1),
        "code": design.code or "EXAMPLE-1",
        "authority": authority.text(language),
        "signed_off_as": design.capacity(capacity, language),
        "lapses_on": day(until, language) if until else "",
        "place": design.labels["in_person"].text(language),
        "led_by": "Sam Example",
    }
    return {**known, "of_certificate": design.edition}


def _achievements(design: CertificateDesign, language: str, on: date) -> list[dict[str, str]]:
    if design.earned not in {By.COURSE, By.FRAMEWORK}:
        return []
    signed = Need.STANDARDS_SIGNED_OFF in design.asked
    by = f"Sam Example, {design.capacity(next(iter(design.capacities), 'assessor'), language)}" if signed else ""
    what, issued = _WHAT.text(language), day(on, language)
    return [{"code": f"EXAMPLE-{n}", "title": what, "on": issued, "by": by} for n in range(1, _ACHIEVED + 1)]
