"""What is wrong with rules that can be read: they contradict themselves, or nobody could ever meet them.

Each finding says where in the file it stands, so that whoever wrote it finds the line, or the field of the editor.
"""

from collections.abc import Iterator, Sequence

from lms.register.cases import Case
from lms.register.kinds import Circumstance, ContactModel, Level, ListingState, RequirementKind, Workforce
from lms.register.lines import AreaLine, CodeLine, DisclosureLine, LearningLine, Line, ReferenceLine
from lms.register.parts import RulesFile

Where = tuple[str | int, ...]
Wrong = tuple[Where, str]
Kind = RequirementKind


def contradictions(file: RulesFile, lines: Sequence[Line]) -> Iterator[Wrong]:
    """Every contradiction of a file with its requirements, in the order of the file."""
    yield from _days(file)
    yield from _languages(file)
    for place, line in enumerate(lines):
        for where, said in _of_line(file, line, lines[:place]):
            yield ("requirements", place, *where), said
    if not any(line.mandatory for line in lines):
        yield ("requirements",), "Nothing here is mandatory, so everybody would be listed at once."
    yield from _not_required(file, lines)
    yield from _provisional(file, lines)
    yield from _renewal(file)
    yield from _sight(file)


# The file as a whole ─────────────────────────────────────────────────────────────────────────────────────────────────


def _days(file: RulesFile) -> Iterator[Wrong]:
    if file.valid_until is not None and file.valid_until < file.valid_from:
        yield ("valid_until",), f"These rules would end before they begin, on {file.valid_from}."


def _languages(file: RulesFile) -> Iterator[Wrong]:
    if file.default_language not in {"ask", *file.languages}:
        yield ("default_language",), f"{file.default_language} is not one of the languages above."
    if file.welsh is not None and "cy" not in file.languages:
        yield ("welsh",), "Welsh is promised here, and cy is not one of the languages above."


def _not_required(file: RulesFile, lines: Sequence[Line]) -> Iterator[Wrong]:
    for place, kind in enumerate(file.not_required):
        if any(line.kind is kind and line.mandatory for line in lines):
            yield ("not_required", place), f"{kind} is required above."


def _renewal(file: RulesFile) -> Iterator[Wrong]:
    days = file.renewal.remind_days_before
    for place, number in enumerate(days):
        if number == 0:
            yield ("renewal", "remind_days_before", place), "A reminder on the last day is too late; say 1 or more."
        if number in days[:place]:
            yield ("renewal", "remind_days_before", place), f"{number} stands here twice."


_DETAIL = {Kind.DBS: "dbs_detail", Kind.REFERENCE: "references", Kind.INTERVIEW: "interview_notes"}


def _sight(file: RulesFile) -> Iterator[Wrong]:
    for place, name in enumerate(file.employer_never_sees):
        if name in file.employer_sees:
            yield ("employer_never_sees", place), f"{name} is among what an employer sees."


# Provisional entry ───────────────────────────────────────────────────────────────────────────────────────────────────


def _provisional(file: RulesFile, lines: Sequence[Line]) -> Iterator[Wrong]:
    part, known = file.provisional, {line.code: line for line in lines}
    for name in ("needs", "needs_when_applicable"):
        for place, code in enumerate(getattr(part, name)):
            for said in _needed(known.get(code), code, name):
                yield ("provisional", name, place), said
    if not part.allowed and (part.needs or part.needs_when_applicable or part.maximum_days):
        yield ("provisional", "allowed"), "Nobody is shown with a label, so nothing can be needed for it."
    if part.allowed and part.maximum_days == 0:
        yield ("provisional", "maximum_days"), "Nobody could be shown for 0 days; leave it empty for no limit."
    needed = {*part.needs, *part.needs_when_applicable}
    mandatory = {line.code for line in lines if line.mandatory}
    if part.allowed and mandatory and mandatory <= needed:
        said = "Everything mandatory is needed for the label, so nobody could ever be shown with it."
        yield ("provisional", "needs"), said
    if part.may_apply_for_adverts and file.contact_model is not ContactModel.ADVERT_REPLY:
        said = f"PAs answer adverts only where contact_model is advert_reply; here it is {file.contact_model}."
        yield ("provisional", "may_apply_for_adverts"), said


def _needed(line: Line | None, code: str, name: str) -> Iterator[str]:
    if line is None:
        yield f"There is no requirement {code}."
    elif not line.mandatory:
        yield f"{code} is only recommended, so it cannot be needed."
    elif name == "needs_when_applicable" and line.when is None:
        yield f"{code} applies to everybody; put it under needs."


# One requirement ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _of_line(file: RulesFile, line: Line, earlier: Sequence[Line]) -> Iterator[Wrong]:
    yield from _again(line, earlier)
    yield from _lasting(file, line)
    yield from _shown(file, line)
    match line:
        case DisclosureLine():
            yield from _disclosure(line)
        case ReferenceLine():
            yield from _references(line)
        case LearningLine():
            yield from _learning(line)
        case CodeLine():
            yield from _code(file, line, earlier)
        case AreaLine() if len(set(line.areas)) < len(line.areas):
            yield ("areas",), "An area stands here twice."
        case _:
            pass


def _again(line: Line, earlier: Sequence[Line]) -> Iterator[Wrong]:
    if any(line.code == other.code for other in earlier):
        yield ("code",), f"{line.code} is the code of an earlier requirement too."
    same = next((other for other in earlier if _rest(other) == _rest(line)), None)
    if same is not None and same.code != line.code:
        yield ("kind",), f"This asks for the same as {same.code}."


def _rest(line: Line) -> object:
    return line.model_dump(exclude={"code", "title", "about", "visible"})


_NO_END = frozenset({Kind.DBS, Kind.REFERENCE, Kind.CODE_OF_CONDUCT, Kind.PROFILE, Kind.AVAILABILITY, Kind.WORK_AREA})
"""What has no document with a last day."""


def _lasting(file: RulesFile, line: Line) -> Iterator[Wrong]:
    if line.ends_with_document and line.kind in _NO_END:
        yield ("validity",), f"There is no document with a last day for {line.kind}; say validity_months."
    longest = max(file.renewal.remind_days_before)
    if line.validity_months is not None and line.validity_months * 28 <= longest:
        said = f"It counts {line.validity_months} months, and the first reminder comes {longest} days before: at once."
        yield ("validity_months",), said


def _shown(file: RulesFile, line: Line) -> Iterator[Wrong]:
    detail = _DETAIL.get(line.kind)
    if line.visible in {"summary", "full"} and detail in file.employer_never_sees:
        yield ("visible",), f"An employer never sees {detail}; say none or met_only."
    elif line.kind is Kind.DBS and line.visible == "full":
        yield ("visible",), "What a DBS certificate says is never shown; say none, met_only or summary."


_GOES_WITH = {
    Level.ENHANCED_ADULTS: frozenset({Workforce.ADULT, Workforce.ADULT_AND_CHILD}),
    Level.ENHANCED_CHILDRENS: frozenset({Workforce.CHILD, Workforce.ADULT_AND_CHILD}),
    Level.ENHANCED_BOTH: frozenset({Workforce.ADULT_AND_CHILD}),
}


def _disclosure(line: DisclosureLine) -> Iterator[Wrong]:
    fitting = _GOES_WITH.get(line.level)
    if fitting is not None and line.workforce not in fitting:
        yield ("workforce",), f"No check of level {line.level} is made for the workforce {line.workforce}."
    if line.when is Circumstance.CHILD and line.workforce is Workforce.ADULT:
        yield ("workforce",), "It is asked for because a child is there, and the workforce is adult."
    recheck = line.update_service_recheck_months
    if recheck is not None and not line.update_service_accepted:
        yield ("update_service_recheck_months",), "The update service is not accepted, so nothing is checked again."
    if line.update_service_accepted and recheck is None:
        said = (
            "Say after how many months (update_service_recheck_months); without it a status check carries on nothing."
        )
        yield ("update_service_accepted",), said
    if recheck is not None and line.validity_months is None:
        said = "A check counts for good here (validity_months), so checking it again would change nothing."
        yield ("update_service_recheck_months",), said


def _references(line: ReferenceLine) -> Iterator[Wrong]:
    if len(set(line.must_include)) > line.count:
        said = f"{len(set(line.must_include))} writers are named and only {line.count} asked for: it can never be met."
        yield ("must_include",), said


def _learning(line: LearningLine) -> Iterator[Wrong]:
    within, months = line.completed_within_months, line.validity_months
    if within is not None and months is not None and within > months:
        yield ("completed_within_months",), f"It counts only {months} months, so older training never counts anyway."
    always = {item for choice in line.all_of for item in choice.items()}
    for place, choice in enumerate(line.any_of):
        items = frozenset(choice.items())
        if line.all_of and items <= always:
            yield ("any_of", place), "All of this is needed anyway (all_of), so the other choices never matter."
        if any(frozenset(other.items()) <= items for other in line.any_of[:place]):
            yield ("any_of", place), "A choice above is met already by less, so this one never matters."


def _code(file: RulesFile, line: CodeLine, earlier: Sequence[Line]) -> Iterator[Wrong]:
    if line.version_from > file.valid_from:
        said = (
            f"Version {line.version} comes on {line.version_from}, and these rules ask for it from {file.valid_from}."
        )
        yield ("version_from",), said
    other = next((one for one in earlier if isinstance(one, CodeLine)), None)
    if other is not None:
        said = f"{other.code} asks for a code of conduct too. An authority has one; nobody could accept two."
        yield ("kind",), said


# Worked cases ────────────────────────────────────────────────────────────────────────────────────────────────────────

_ANSWERED = {ListingState.CHECKING, ListingState.PROVISIONAL, ListingState.LISTED, ListingState.LAPSED}


def wrong_cases(file: RulesFile, lines: Sequence[Line], cases: Sequence[Case]) -> Iterator[tuple[int, Where, str]]:
    """What is wrong with the cases of a file, each with the place of the case and where in it."""
    ids = [case.id for case in cases]
    mandatory = {line.code: line.mandatory for line in lines}
    for place, case in enumerate(cases):
        if case.id in ids[:place]:
            yield place, ("id",), f"{case.id} is the id of an earlier case too."
        if case.authority not in {None, file.code}:
            yield place, ("authority",), f"These are the rules of {file.code}."
        for where, said in (*_asked(case), *_expected(case, mandatory)):
            yield place, where, said


def _asked(case: Case) -> Iterator[Wrong]:
    if (case.pa is None) is (case.request is None):
        yield (), "A case has either a pa or a request."
    for number, waiver in enumerate(case.pa.waivers if case.pa else ()):
        if waiver.ends_on < case.as_of:
            yield ("pa", "waivers", number), "This waiver ends before the day of the case."


def _expected(case: Case, mandatory: dict[str, bool]) -> Iterator[Wrong]:
    if case.expect.state is not None and case.expect.state not in _ANSWERED:
        said = "Rules answer checking, provisional, listed or lapsed. The rest is decided by people."
        yield ("expect", "state"), said
    if case.request is not None and case.expect.model_fields_set - {"allowed"}:
        yield ("expect",), "What can be expected of a request is only whether it is allowed."
    if case.pa is not None and case.expect.allowed is not None:
        yield ("expect", "allowed"), "Only a request is allowed or not."
    if not case.expect.model_fields_set:
        yield ("expect",), "Say what is expected."
    for name, wanted in (("missing", True), ("recommended_missing", False)):
        for code in getattr(case.expect, name) or ():
            if code not in mandatory:
                yield ("expect", name), f"There is no requirement {code}."
            elif mandatory[code] is not wanted:
                yield ("expect", name), f"{code} is {'only recommended' if wanted else 'mandatory'}."
