"""The reference rules about disclosures, line by line: each one is something the product does."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import JSON, String, Text, Uuid

from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime
from lms.register import check_words, texts
from lms.register.checks import labels, models, rules
from lms.register.checks.rules import MAY_STORE, MAY_STORE_FOR_A_TIME, NEVER_STORE, Stop
from lms.register.disclosures import (
    WHO_MAY_START,
    Content,
    Decision,
    Disclosure,
    Factor,
    FollowUp,
    Starter,
    StatusCheck,
    StatusResult,
    Taken,
    complete,
    waits_for,
    who_may_start_an_enhanced_check,
)
from lms.register.kinds import Circumstance, DisclosureNeeded, Level, RequirementKind, Workforce
from lms.register.models import DisclosureStep, RequirementRecord
from lms.register.records import MAY_STORE as KEPT
from lms.register.texts import FORBIDDEN

REFERENCE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "dbs_rules.yaml").read_text(encoding="utf-8"))
CONTENT, UPDATE = REFERENCE["when_has_content"], REFERENCE["update_service"]
DAY = date(2026, 10, 1)


def test_levels_words_factors_outcomes_and_answers_are_those_of_the_reference() -> None:
    assert [each.value for each in Level] == REFERENCE["levels"]
    assert [each.value for each in Content] == REFERENCE["result_words"]
    assert [each.value for each in Factor] == CONTENT["factors"]
    assert [each.value for each in Decision] == CONTENT["outcomes"]
    assert [each.value for each in StatusResult] == UPDATE["results"]
    assert list(labels.REFERENCE_STEPS.values()) == CONTENT["steps"]
    assert [each.value for each in Decision if each.needs_second_person] == CONTENT["second_person_required_for"]


def test_who_may_start_and_when() -> None:
    for days, wanted in zip(WHO_MAY_START, REFERENCE["who_may_start_an_enhanced_check"], strict=True):
        assert (days.from_day, days.until) == (wanted["from"], wanted["until"])
        assert days.allowed == {Starter(each) for each in wanted["allowed"]}
        assert days.pa_self is wanted["pa_self"]
        assert days.conditions == set(wanted.get("conditions", ()))
        for starter in Starter:
            on = wanted["until"] or wanted["from"]
            answer = who_may_start_an_enhanced_check(starter, on=on, conditions=wanted.get("conditions", ()))
            assert answer.allowed is (starter.value in wanted["allowed"])
            assert labels.MAY_START[answer.why]


def test_the_pa_needs_both_conditions_and_the_answer_says_which_lacks() -> None:
    for held, lacking in [((), ("paid_role", "role_eligible")), (("paid_role",), ("role_eligible",))]:
        answer = who_may_start_an_enhanced_check(Starter.PA_THROUGH_UMBRELLA, on=DAY, conditions=held)
        assert (answer.allowed, answer.lacking) == (False, lacking)


def test_every_day_is_in_exactly_one_period() -> None:
    for number in range(-400, 400):
        day = date(2026, 1, 21) + timedelta(days=number)
        assert sum(days.covers(day) for days in WHO_MAY_START) == 1


def test_what_may_be_stored_is_what_the_tables_can_hold() -> None:
    assert set(REFERENCE["may_store"]) == MAY_STORE
    assert set(REFERENCE["may_store_for_limited_time"]) == MAY_STORE_FOR_A_TIME
    assert set(REFERENCE["never_store"]) == NEVER_STORE
    # level says the lists as well; result is the one word of result_words; the rest are columns
    assert set(KEPT[RequirementKind.DBS]) == {"level", "workforce", "issue_date", "result"}
    assert {c.name for c in RequirementRecord.__table__.columns} == {
        "number", "id", "person_id", "authority_id", "kind", "code", "data", "seen_on", "ends_on", "by", "at",
    }  # fmt: skip
    assert {c.name for c in DisclosureStep.__table__.columns} == {
        "number", "id", "disclosure_id", "step", "decision", "status_result", "done_on", "by", "at",
    }  # fmt: skip


def test_no_table_of_checks_has_free_text_but_the_place_to_meet() -> None:
    ours = [t for t in Base.metadata.tables.values() if t.name in _tables()]
    assert len(ours) == 8
    free = {
        f"{table.name}.{column.name}"
        for table in ours
        for column in table.columns
        if isinstance(column.type, String | Text | JSON) and not isinstance(column.type, Coded | Uuid | UtcDateTime)
    }
    assert free == {
        "lms_disclosure_number.number",  # 12 digits
        "lms_disclosure_invitation.place",  # looked through: see test_unsaid
        "lms_check_waits.code",  # of a requirement
    }


def _tables() -> set[str]:
    here = (getattr(models, name) for name in dir(models))
    return {m.__tablename__ for m in here if isinstance(m, type) and m is not Base and hasattr(m, "__tablename__")}


def test_the_number_goes_after_so_many_days() -> None:
    days = timedelta(days=REFERENCE["certificate_detail_retention_days"])
    assert rules.delete_number_on(DAY, None) == DAY + days
    assert rules.delete_number_on(DAY, DAY + timedelta(days=40)) == DAY + timedelta(days=40) + days


def test_forbidden_words_are_said_nowhere() -> None:
    assert set(FORBIDDEN) == set(REFERENCE["forbidden_words_on_screen"])
    folder = Path(texts.__file__).parent
    read = [*(folder / "checks").glob("*.py"), *(folder / "templates/lms/register/checks").glob("*.html")]
    read += [folder / "check_words.py", folder / "forms.py", folder / "templates/lms/register/person.html"]
    read.append(folder.parent / "notifications" / "check_texts.py")
    assert len(read) > 20
    word = re.compile(rf"\b(?:{'|'.join(FORBIDDEN)})\b", re.IGNORECASE)
    found = {p.name: word.findall(p.read_text(encoding="utf-8")) for p in read}
    assert {name: words for name, words in found.items() if words} == {}
    assert set(check_words.CONTENTS) == set(Content)


def test_with_content_the_steps_lead_from_one_to_the_next() -> None:
    taken: list[Taken] = []
    for step in (FollowUp.INVITED, FollowUp.DISCUSSED, FollowUp.CONSIDERED):
        assert waits_for(taken) is step
        taken.append(Taken(step=step, on=DAY, by=_somebody()))
    for decision in Decision:
        decided = [*taken, Taken(step=FollowUp.DECIDED, on=DAY, by=_somebody(), decision=decision)]
        second = decision.value in CONTENT["second_person_required_for"]
        assert waits_for(decided) is (FollowUp.AGREED if second else FollowUp.TOLD)
        assert (complete(decided) is None) is second


def _somebody() -> Any:
    return uuid4()


# The update service ──────────────────────────────────────────────────────────────────────────────────────────────────

RULE = DisclosureNeeded(
    code="RM-DBS",
    kind=RequirementKind.DBS,
    level=Level.ENHANCED_ADULTS,
    workforce=Workforce.ADULT,
    validity_months=36,
    update_service_accepted=True,
    update_service_recheck_months=12,
)


def certificate(**more: Any) -> Disclosure:
    usual = {
        "level": Level.ENHANCED_ADULTS,
        "workforce": Workforce.ADULT,
        "issued_on": DAY,
        "seen_on": DAY,
        "content": Content.NONE,
    }
    return Disclosure(**{**usual, **more})


@pytest.mark.parametrize(
    ("need", "more", "consent", "stop"),
    [
        ("pa_consent", {}, False, Stop.NO_CONSENT),
        ("original_certificate_seen_once", {"content": Content.NOT_SEEN}, True, Stop.NOT_SEEN),
        ("same_workforce", {"workforce": Workforce.ADULT_AND_CHILD}, True, Stop.NOT_FOR_THIS_WORK),
        ("same_or_lower_level_and_lists", {"level": Level.ENHANCED}, True, Stop.NOT_FOR_THIS_WORK),
    ],
)
def test_what_a_status_check_needs(need: str, more: dict[str, Any], *, consent: bool, stop: Stop) -> None:
    assert need in UPDATE["needs"]
    assert len(UPDATE["needs"]) == 4
    assert rules.stops([RULE], certificate(), consent=True, on=DAY) is None
    assert rules.stops([RULE], certificate(**more), consent=consent, on=DAY) is stop


def test_a_certificate_that_reaches_further_may_be_asked_about() -> None:
    further = certificate(level=Level.ENHANCED_BOTH)
    assert rules.stops([RULE], further, consent=True, on=DAY) is None


def test_an_open_discussion_and_a_change_stop_status_checks() -> None:
    assert rules.stops([RULE], certificate(content=Content.SOME), consent=True, on=DAY) is Stop.OPEN
    changed = certificate(status_checks=(StatusCheck(on=DAY, result=StatusResult.CHANGED),))
    assert rules.stops([RULE], changed, consent=True, on=DAY) is Stop.CHANGED


def test_joining_is_for_thirty_days() -> None:
    assert rules.join_by(DAY) == DAY + timedelta(days=UPDATE["join_within_days_of_issue"])


def test_the_next_status_check_is_counted_from_the_last_answer_without_change() -> None:
    assert rules.recheck_due([RULE], certificate()) == date(2027, 10, 1)
    good = StatusCheck(on=date(2027, 9, 3), result=StatusResult.NO_CHANGE_NO_CONTENT)
    slip = StatusCheck(on=date(2028, 1, 1), result=StatusResult.DETAILS_DO_NOT_MATCH)
    assert rules.recheck_due([RULE], certificate(status_checks=(good, slip))) == date(2028, 9, 3)
    assert rules.recheck_due([], certificate()) is None


def test_where_a_child_is_the_check_is_asked_for() -> None:
    assert REFERENCE["mandatory_when"] == ["child_lives_or_visits_in_home"]
    child = DisclosureNeeded(
        code="RM-DBS-CH",
        kind=RequirementKind.DBS,
        when=Circumstance.CHILD,
        level=Level.ENHANCED_BOTH,
        workforce=Workforce.ADULT_AND_CHILD,
    )
    assert rules.applying([RULE, child], []) == [RULE]
    assert rules.applying([RULE, child], [Circumstance.CHILD]) == [RULE, child]


@given(st.lists(st.tuples(st.sampled_from(FollowUp), st.sampled_from(Decision)), max_size=30))
def test_however_people_press_the_steps_lead_on_and_no_decision_counts_too_early(
    pressed: list[tuple[FollowUp, Decision]],
) -> None:
    taken: list[Taken] = []
    for step, decision in pressed:
        awaited = waits_for(taken)
        second = step in {FollowUp.AGREED, FollowUp.NOT_AGREED}
        if awaited is not (FollowUp.AGREED if second else step):
            continue
        stands = next((t.decision for t in reversed(taken) if t.step is FollowUp.DECIDED), None)
        given = decision if step is FollowUp.DECIDED else stands if step is FollowUp.AGREED else None
        taken.append(Taken(step=step, on=DAY, by=_somebody(), decision=given))
        kinds = [t.step for t in taken]
        made = complete(taken)
        assert (made is not None) is (waits_for(taken) in {FollowUp.TOLD, None})
        if made is not None:
            assert FollowUp.CONSIDERED in kinds
            assert made.decision is not None
            assert not made.decision.needs_second_person or FollowUp.AGREED in kinds
