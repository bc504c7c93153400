"""What becomes of answers: evidence, decisions, a sign-off, and a proof."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from lms.assessment.deciding import queries as deciding
from lms.assessment.evidence.models import Evidence
from lms.assessment.evidence.rules import EvidenceKind, Part, Way
from lms.assessment.links import queries
from lms.assessment.links.models import LinkSecret
from lms.assessment.links.rules import State
from lms.assessment.queries import signed_off
from lms.core import work
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound
from lms.notifications.models import Notice
from lms.people.rules import Role
from tests.assessment.conftest import CRITERION, UNIT
from tests.assessment.links.conftest import NURSE, SEEN, Answering, Links, facts, pieces

Answers = Callable[[str], Answering]


def test_an_employers_answer_becomes_evidence_and_a_decision_with_a_proof(
    house: House, links: Links, answering: Answers
) -> None:
    link_id, secret = links.asked()
    who = answering(secret)
    who.go(SEEN)
    assert who.send("/check").status_code == 302
    with house.database.reading() as db:
        [piece] = pieces(db, links)
        assert (piece.kind, piece.part, piece.way) == (EvidenceKind.DIRECT_OBSERVATION, Part.EMPLOYER, Way.LINK)
        assert piece.by == links.world.employer_person
        assert piece.behalf == links.world.employer
        assert piece.carries
        assert piece.text == "P. asked me before moving the boxes."
        [decided] = deciding.decisions_of(db, links.course.enrolment)
        assert (decided.line, str(decided.judgement), decided.rests_on) == (CRITERION, "met", piece.id)
        proof = queries.proof(db, link_id)
        assert proof is not None
        assert proof.whole
        assert proof.evidence_id == piece.id
        assert proof.kept_out == ""
        assert proof.record["asked"]["sent_to"] == "a•••@example.com"
        assert [one["question"] for one in proof.record["answers"]][:3] == ["who", "saw-1", "day"]
        assert "Did you see Pat do this?" in proof.record["answers"][1]["shown"]
        assert "Yes, I saw it · I did not see this" in proof.record["answers"][1]["shown"]
        [fact] = facts(db, "LinkAnswered")
        assert fact.data["proof"] == proof.digest
        told = db.scalars(select(Notice.kind).where(Notice.person_id == links.world.pa)).all()
        assert "link_answered" in told


def test_sign_off_where_it_is_ready(house: House, links: Links, answering: Answers) -> None:
    with house.database.reading() as db:
        from lms.assessment.content import Frameworks
        from lms.core.shelves import shelf

        lines = [line.key for line in shelf(db, Frameworks).framework("pai-practice").unit(UNIT).practice]
    _link, secret = links.asked(lines=lines)
    who = answering(secret)
    who.go(SEEN | {"sign": {"answer": "yes"}})
    who.send("/check")
    with house.database.reading() as db:
        assert signed_off(db, links.course.enrolment)[UNIT].by == links.world.employer_person


def test_a_witness_is_evidence_and_decides_nothing(house: House, links: Links, answering: Answers) -> None:
    _link, secret = links.asked(NURSE)
    who = answering(secret)
    pages = [str(who.go(SEEN).location)]
    assert pages[0].endswith("/check")
    assert who.page("/met-1").status_code == 404
    who.send("/check")
    with house.database.reading() as db:
        [piece] = pieces(db, links)
        assert (piece.kind, piece.part, piece.by) == (EvidenceKind.WITNESS_TESTIMONY, Part.WITNESS, None)
        assert piece.by_name == "Nia Nurse (district nurse)"
        assert not piece.carries
        assert deciding.decisions_of(db, links.course.enrolment) == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"close": {"answer": "related"}},
        {"close": {"answer": "not_said"}},
        {"real": {"answer": "shown"}},
        {"real": {"answer": "unsure"}},
    ],
)
def test_an_employer_who_is_related_or_saw_no_real_work_is_a_witness(
    house: House, links: Links, answering: Answers, changed: dict[str, dict[str, str]]
) -> None:
    _link, secret = links.asked()
    who = answering(secret)
    who.go(SEEN | changed)
    who.send("/check")
    with house.database.reading() as db:
        [piece] = pieces(db, links)
        assert piece.kind is EvidenceKind.WITNESS_TESTIMONY
        assert deciding.decisions_of(db, links.course.enrolment) == ()
        if "close" in changed and changed["close"]["answer"] == "related":
            assert not piece.carries


def test_whoever_saw_nothing_leaves_a_proof_and_no_evidence(house: House, links: Links, answering: Answers) -> None:
    link_id, secret = links.asked()
    who = answering(secret)
    who.go({"saw": {"answer": "no"}})
    who.send("/check")
    with house.database.reading() as db:
        assert pieces(db, links) == ()
        proof = queries.proof(db, link_id)
        assert proof is not None
        assert (proof.evidence_id, proof.kept_out) == (None, "")


def test_not_yet_tells_what_to_work_on(house: House, links: Links, answering: Answers) -> None:
    _link, secret = links.asked()
    who = answering(secret)
    who.go(SEEN | {"met": {"answer": "not_yet"}})
    who.send("/check")
    with house.database.reading() as db:
        [decided] = deciding.decisions_of(db, links.course.enrolment)
        assert (str(decided.judgement), decided.feedback) == ("not_yet_met", "Ask before the chair as well.")


def test_a_link_works_once_and_then_shows_what_was_said(house: House, links: Links, answering: Answers) -> None:
    _link, secret = links.asked()
    who = answering(secret)
    who.go(SEEN)
    who.send("/check")
    again = who.text()
    assert "Thank you. Your answer is saved" in again
    assert "P. asked me before moving the boxes." in again
    for path in ("/check", "/what", "/saw-1", "/somebody-else"):
        assert "Thank you. Your answer is saved" in who.text(path)
    assert "Thank you" in who.browser.post(f"{who.home}/what", {"answer": "Something else."}).get_data(as_text=True)
    who.browser.post(f"{who.home}/somebody-else")
    with house.database.reading() as db:
        assert len(facts(db, "LinkAnswered")) == 1
        assert facts(db, "LinkNotTheirs") == []
        assert pieces(db, links)[0].text == "P. asked me before moving the boxes."
    links.clock.on(days=40)
    assert "P. asked me" not in who.text()
    assert "Thank you" in who.text()


def test_a_double_tap_hands_in_once(house: House, links: Links, answering: Answers) -> None:
    _link, secret = links.asked()
    who = answering(secret)
    who.go(SEEN)
    page = who.text("/check")
    read = page.split('name="read" value="')[1].split('"')[0]
    for _tap in range(2):
        assert who.browser.post(f"{who.home}/check", {"read": read}).status_code in {200, 302}
    with house.database.reading() as db:
        assert len(pieces(db, links)) == 1
        assert len(facts(db, "LinkAnswered")) == 1


def test_two_tabs_hand_in_only_what_was_read_through(house: House, links: Links, answering: Answers) -> None:
    _link, secret = links.asked()
    who = answering(secret)
    who.go(SEEN)
    read = who.text("/check").split('name="read" value="')[1].split('"')[0]
    who.send("/what", {"answer": "In the other tab I wrote this."})
    refused = who.browser.post(f"{who.home}/check", {"read": read})
    assert "changed in another window" in refused.get_data(as_text=True)
    with house.database.reading() as db:
        assert pieces(db, links) == ()
    assert who.send("/check").status_code == 302


def test_stop_and_come_back_on_another_device(links: Links, answering: Answers) -> None:
    _link, secret = links.asked()
    first = answering(secret)
    first.send()
    first.send("/saw-1", {"answer": "yes"})
    later = answering(secret)
    assert "You go on where you stopped" in later.text()
    assert str(later.send().location).endswith("/day")


def test_opening_changes_nothing(house: House, links: Links, answering: Answers) -> None:
    link_id, secret = links.asked()
    who = answering(secret)
    for path in ("", "/saw-1", "/check", "/somebody-else"):
        who.page(path)
        who.browser._client.head(who.home + path)
    with house.database.reading() as db:
        assert queries.link(db, link_id).state(links.clock()) is State.WAITING
    assert who.page("/saw-1").location == who.home


def test_somebody_else_ends_it_and_who_asked_hears(house: House, links: Links, answering: Answers) -> None:
    _link, secret = links.asked()
    who = answering(secret)
    who.send("/somebody-else")
    gone = who.page()
    assert gone.status_code == 410
    assert "Thank you for telling us" in gone.get_data(as_text=True)
    assert who.browser.post(who.home).status_code == 410
    with house.database.reading() as db:
        told = db.scalars(select(Notice.kind).where(Notice.person_id == links.world.pa)).all()
        assert "link_not_theirs" in told


def test_only_the_digest_of_a_secret_is_kept_once_the_mail_is_sent(house: House, links: Links) -> None:
    _link, secret = links.asked()
    work.do_all(house, now=links.clock())
    with house.database.reading() as db:
        assert secret not in str([vars(row) for row in db.scalars(select(LinkSecret))])
        assert secret not in str([vars(row) for row in db.scalars(select(Notice))])
        assert secret not in str([row.data for row in db.scalars(select(EventRow))])
    outbox = house.settings.outbox
    assert outbox is not None
    [mail] = [path for path in outbox.glob("*.eml") if secret.encode() in path.read_bytes()]
    assert b"To: amina.yusuf@example.com" in mail.read_bytes()


def test_answers_in_the_other_language_are_kept_as_read(house: House, links: Links, answering: Answers) -> None:
    link_id, secret = links.asked()
    who = answering(secret)
    assert 'lang="en" class="govuk-template"' in who.text()
    who.browser.submit(who.home, {"language": "cy", "back": who.home}, to=f"{who.home}/language")
    other = answering(secret)
    assert 'lang="cy" class="govuk-template"' in other.text()
    other.go(SEEN)
    other.send("/check")
    with house.database.reading() as db:
        proof = queries.proof(db, link_id)
        assert proof is not None
        assert proof.record["language"] == "cy"
        assert {one["language"] for one in proof.record["answers"]} == {"cy"}


def test_evidence_ids_follow_from_the_link(house: House, links: Links, answering: Answers) -> None:
    link_id, secret = links.asked()
    who = answering(secret)
    who.go(SEEN)
    who.send("/check")
    with house.database.reading() as db:
        [row] = db.scalars(select(Evidence)).all()
        assert row.source_id == link_id
        assert queries.from_links(db, [row.id])[row.id].id == link_id


def test_an_answer_needs_that_they_are_who_was_asked(house: House, links: Links, answering: Answers) -> None:
    _link, secret = links.asked()
    who = answering(secret)
    assert who.browser.post(f"{who.home}/saw-1", {"answer": "yes"}).location == who.home
    assert who.browser.post(f"{who.home}/unseen").location == who.home
    with house.database.reading() as db, pytest.raises(NotFound):
        queries.by_secret(db, "")


def test_a_day_that_cannot_be_is_said_beside_the_field(links: Links, answering: Answers) -> None:
    _link, secret = links.asked()
    who = answering(secret)
    who.send()
    who.send("/saw-1", {"answer": "yes"})
    day = {"answer": "other", "other": ["22", "11", "2026"]}
    assert "This day has not come yet" in who.send("/day", day).get_data(as_text=True)  # type: ignore[arg-type]
    day["other"] = ["1", "10", "2026"]
    assert "before they joined" in who.send("/day", day).get_data(as_text=True)  # type: ignore[arg-type]
    assert "Enter the day" in who.send("/day", {"answer": "other"}).get_data(as_text=True)
    assert who.send("/day", {"answer": "today"}).status_code == 302


def test_too_much_text_is_refused_and_not_lost(links: Links, answering: Answers) -> None:
    _link, secret = links.asked()
    who = answering(secret)
    who.send()
    who.send("/saw-1", {"answer": "yes"})
    who.send("/day", {"answer": "today"})
    page = who.send("/what", {"answer": "x" * 3600}).get_data(as_text=True)
    assert "x" * 3600 in page
    assert "at most 3500" in page


def test_i_did_not_see_this_after_all(house: House, links: Links, answering: Answers) -> None:
    _link, secret = links.asked()
    who = answering(secret)
    who.go(SEEN)
    who.browser.submit(f"{who.home}/what", {}, to=f"{who.home}/unseen")
    assert "I did not see this" in who.text("/check")
    assert "boxes" not in who.text("/check")
    who.send("/check")
    with house.database.reading() as db:
        assert pieces(db, links) == ()


def test_a_representative_answers_in_their_own_part(house: House, links: Links, answering: Answers) -> None:
    _link, secret = links.asked(links.amina(Role.REPRESENTATIVE))
    who = answering(secret)
    who.go(SEEN)
    who.send("/check")
    with house.database.reading() as db:
        assert pieces(db, links)[0].part is Part.REPRESENTATIVE
