"""A worked case as the editor asks for it: a flat list of questions, and the way into the file's form and back."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from lms.core.web.forms import OnceForm
from lms.core.web.texts import _l
from lms.register import check_words
from lms.register.across import Codes
from lms.register.authoring.asking import Ask, Day, Learning, Number, One, Several, Yes
from lms.register.authoring.asks import LEVELS, WHEN
from lms.register.authoring.learning import choices, dated, dated_shown, shown
from lms.register.disclosures import Decision
from lms.register.kinds import RequirementKind, TrainingKind

Data = Mapping[str, Any]
Kind = RequirementKind

DATED = (
    TrainingKind.MODULE,
    TrainingKind.CARE_CERTIFICATE_STANDARD,
    TrainingKind.UNIT,
    TrainingKind.CRITERION,
)
HELD = (
    TrainingKind.CERTIFICATE,
    TrainingKind.CARE_CERTIFICATE_KNOWLEDGE,
    TrainingKind.AWIF_SECTION,
    TrainingKind.QUALIFICATION,
)
STATES = {
    "listed": _l("Listed: nothing is missing"),
    "provisional": _l("Shown with the label"),
    "checking": _l("Not shown: something is missing"),
    "lapsed": _l("Lapsed: something ran out"),
}
BEFORE = {
    "listed": _l("Listed"),
    "provisional": _l("Shown with the label"),
    "lapsed": _l("Lapsed"),
}
DECIDED = {
    Decision.PROCEED: _l("Go on"),
    Decision.WITH_CONDITIONS: _l("Go on with conditions"),
    Decision.DO_NOT_PROCEED: _l("Do not go on"),
    Decision.BARRED: _l("The law does not allow it (barred)"),
}
CONTENTS = {content: _l(text) for content, text in check_words.CONTENTS.items()}


class Dated(Learning):
    """Learning with its days."""

    def shown(self, value: Any, known: Codes) -> str:
        """One a line."""
        return dated_shown(value or {}, DATED)

    def written(self, form: OnceForm, known: Codes) -> Any:
        """By kind, each code with its day."""
        return dated(form[self.name].data or "", known)


class Held(Learning):
    """Learning that is there since the day of the case."""

    def shown(self, value: Any, known: Codes) -> str:
        """All on one line."""
        return shown([value], known) if value else ""

    def written(self, form: OnceForm, known: Codes) -> Any:
        """By kind."""
        text = (form[self.name].data or "").replace("\n", ", ")
        found = choices(text, known)
        return found[0] if found else {}


def of_case(requirements: Sequence[Data], titles: Mapping[str, str]) -> Sequence[Ask]:
    """The questions of a case that these requirements of a draft make sense of; `titles` are theirs by code."""
    kinds = {each.get("kind") for each in requirements}
    weights = {each["code"]: each.get("mandatory") is True for each in requirements}
    held = [ask for matters_to, asks in _HOLDS for ask in asks if kinds & matters_to]
    mandatory, recommended = (
        {code: titles[code] for code, weight in weights.items() if weight is wanted} for wanted in (True, False)
    )
    return (*_WHO, *held, *_expects(mandatory, recommended))


_WHO: Sequence[Ask] = (
    Ask(
        name="id",
        label=_l("What is this case about?"),
        hint=_l("A few words, such as training-too-old."),
        needed=_l("Give the case a name."),
        pattern=r"(?!new$)[^/\\?#%]{1,80}$",
        unfit=_l("Use words, digits and hyphens, at most 80 characters."),
    ),
    Day(name="as_of", label=_l("On which day?"), needed=_l("Enter a day.")),
    One(name="before", label=_l("What was the PA until then?"), of=BEFORE, empty=_l("A new applicant")),
    Day(name="provisional_since", label=_l("Shown with the label since (if they were)")),
    Several(name="circumstances", label=_l("What is so of their work?"), of=WHEN),
)
_HOLDS: Sequence[tuple[set[Kind], Sequence[Ask]]] = (
    ({Kind.IDENTITY}, (Yes(name="identity", label=_l("Identity was seen")),)),
    (
        {Kind.RIGHT_TO_WORK},
        (
            One(
                name="right_to_work",
                label=_l("Right to work"),
                of={"no_end_date": _l("Seen, without an end"), "until": _l("Seen, with a last day")},
                empty=_l("Not seen"),
            ),
            Day(name="right_to_work_until", label=_l("Last day of the right to work (if it has one)")),
        ),
    ),
    (
        {Kind.DBS},
        (
            One(name="dbs_level", label=_l("DBS check"), of=LEVELS, empty=_l("None"), as_list=True),
            Day(name="dbs_issued_on", label=_l("When was the check issued?")),
            One(name="dbs_result", label=_l("What was seen?"), of=CONTENTS, empty=_l("None"), as_list=True),
            Day(name="dbs_discussion", label=_l("When was it talked about (if it was)?")),
            One(
                name="dbs_decision",
                label=_l("What was decided?"),
                of=DECIDED,
                empty=_l("Nothing yet"),
                as_list=True,
            ),
            Day(name="dbs_decision_on", label=_l("When was it decided?")),
        ),
    ),
    ({Kind.REFERENCE}, (Number(name="references", label=_l("How many references?"), least=0, most=20),)),
    (
        {Kind.TRAINING, Kind.ASSESSMENT},
        (
            Dated(
                name="dated",
                label=_l("Learning, with the day it was finished"),
                hint=_l("One a line: the code and the day, such as PAI-4 2026-02-01."),
            ),
            Held(
                name="held",
                label=_l("Certificates and other learning"),
                hint=_l(
                    "Codes with commas between them, such as PAI-CERT. "
                    "Write “Care certificate knowledge” for all of it."
                ),
            ),
        ),
    ),
    ({Kind.CODE_OF_CONDUCT}, (Ask(name="code", label=_l("Version of the code of conduct they accepted")),)),
    (
        {Kind.INTERVIEW},
        (
            One(
                name="interview",
                label=_l("Talk with the register team"),
                of={"met": _l("Held, and enough"), "not_met": _l("Held, not enough yet")},
                empty=_l("Not held"),
            ),
        ),
    ),
    ({Kind.DECLARATION}, (Day(name="declaration_on", label=_l("When did they make their declaration?")),)),
    ({Kind.PROFILE}, (Yes(name="profile", label=_l("Their profile was looked at")),)),
    ({Kind.AVAILABILITY}, (Day(name="availability_on", label=_l("When did they confirm their details?")),)),
    ({Kind.WORK_AREA}, (Ask(name="area", label=_l("Area they work in")),)),
    (
        {Kind.SELF_EMPLOYED_EVIDENCE},
        (Day(name="self_employed_evidence_on", label=_l("When was proof of self-employment seen?")),),
    ),
    ({Kind.INSURANCE}, (Day(name="insurance_until", label=_l("Last day of their insurance")),)),
    ({Kind.FEE}, (Day(name="fee_on", label=_l("When did they pay the fee?")),)),
)
"""What a PA can hold, each with the kinds of requirement it matters to."""


def _expects(mandatory: Mapping[str, str], recommended: Mapping[str, str]) -> Iterator[Ask]:
    yield One(name="expect_state", label=_l("What do the rules have to answer?"), of=STATES)
    yield Several(name="expect_missing", label=_l("What is missing then?"), of=mandatory)
    if recommended:
        label = _l("What is recommended and missing?")
        yield Several(name="expect_recommended_missing", label=label, of=recommended)


_SAME = (
    "references",
    "code",
    "interview",
    "declaration_on",
    "availability_on",
    "area",
    "self_employed_evidence_on",
    "insurance_until",
    "fee_on",
)
_DBS = {
    "dbs_level": "level",
    "dbs_issued_on": "issued_on",
    "dbs_result": "result",
    "dbs_discussion": "discussion",
    "dbs_decision": "decision",
    "dbs_decision_on": "decision_on",
}


def flat(case: Data) -> dict[str, Any]:
    """A case of a rule file as the questions name it."""
    pa, expect, before = case.get("pa") or {}, case.get("expect") or {}, case.get("before") or {}
    dbs, work = pa.get("dbs") or {}, pa.get("right_to_work")
    until = work if work not in {None, "no_end_date"} else None
    found = {name: pa.get(name) for name in _SAME} | {name: dbs.get(key) for name, key in _DBS.items()}
    return found | {
        "id": case.get("id"),
        "as_of": case.get("as_of"),
        "before": before.get("state"),
        "provisional_since": before.get("provisional_since"),
        "circumstances": [str(each) for each in WHEN if pa.get(str(each))],
        "identity": bool(pa.get("identity")),
        "profile": bool(pa.get("profile")),
        "right_to_work": "until" if until else work,
        "right_to_work_until": until,
        "dated": {kind.value: pa[kind.value] for kind in DATED if pa.get(kind.value)},
        "held": {kind.value: pa[kind.value] for kind in HELD if pa.get(kind.value)},
        "expect_state": expect.get("state"),
        "expect_missing": expect.get("missing"),
        "expect_recommended_missing": expect.get("recommended_missing"),
    }


def deep(answers: Data, before: Data, asked: Collection[str]) -> dict[str, Any]:
    """The case of a rule file that the answers make; what is not `asked` for stays as it was `before`."""
    case = deepcopy(dict(before))
    answers = {**{name: value for name, value in flat(before).items() if name not in asked}, **answers}
    pa = dict(case.get("pa") or {})
    for name in (*_SAME, "identity", "right_to_work", "profile", *(kind.value for kind in (*DATED, *HELD))):
        pa.pop(name, None)
    pa |= {name: answers[name] for name in _SAME if answers.get(name) not in (None, "")}
    pa |= {str(each): True for each in answers.get("circumstances") or ()}
    for each in WHEN:
        if str(each) not in (answers.get("circumstances") or ()):
            pa.pop(str(each), None)
    pa |= {"identity": "seen"} if answers.get("identity") else {}
    pa |= {"profile": "moderated"} if answers.get("profile") else {}
    if work := answers.get("right_to_work"):
        pa["right_to_work"] = answers.get("right_to_work_until") or "no_end_date" if work == "until" else work
    pa |= {**(answers.get("dated") or {}), **(answers.get("held") or {})}
    pa["dbs"] = _dbs(answers, pa.get("dbs") or {})
    case |= {"id": answers.get("id"), "as_of": answers.get("as_of"), "pa": {k: v for k, v in pa.items() if v}}
    state = answers.get("before")
    since = answers.get("provisional_since")
    case["before"] = {"state": state, **({"provisional_since": since} if since else {})} if state else None
    case["expect"] = _expect(answers, case.get("expect") or {})
    return {name: value for name, value in case.items() if value is not None}


def _dbs(answers: Data, before: Data) -> dict[str, Any]:
    if not answers.get("dbs_level"):
        return {}
    found = {key: value for key, value in before.items() if key not in _DBS.values()}
    found |= {key: answers[name] for name, key in _DBS.items() if answers.get(name)}
    if before.get("discussion") == "not_held" and "discussion" not in found:
        found["discussion"] = "not_held"
    return found


def _expect(answers: Data, before: Data) -> dict[str, Any]:
    found = {**before, "state": answers.get("expect_state"), "missing": sorted(answers.get("expect_missing") or ())}
    recommended = sorted(answers.get("expect_recommended_missing") or ())
    if recommended or "recommended_missing" in before:
        found["recommended_missing"] = recommended
    return {name: value for name, value in found.items() if value is not None}


def asked_at(where: Sequence[str | int]) -> tuple[str | int, ...]:
    """The question about a place of the case."""
    parts = [str(part) for part in where]
    match parts:
        case ["pa", "dbs", name, *_]:
            return (f"dbs_{name}",)
        case ["pa", name, *_]:
            kinds = {kind.value for kind in DATED}
            others = {kind.value for kind in HELD}
            return ("dated" if name in kinds else "held" if name in others else name,)
        case ["before", name, *_]:
            return ("before" if name == "state" else name,)
        case ["expect", name, *_]:
            return (f"expect_{name}",)
        case _:
            return tuple(where)
