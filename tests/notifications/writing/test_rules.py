"""What a message may hold: fields from a closed list, filled in once, and links to PALMS alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.words import Refused
from lms.notifications.preferences.rules import Topic
from lms.notifications.writing.rules import Field, Text, check, cleaned, fields_in, filled, missing

SITE = "https://palms.example"
VALUES = {each.value: f"<{each.value}>" for each in Field}


def ask(body: str, topic: Topic = Topic.LEARNING, **more: str) -> None:
    check(cleaned(Text(more.get("subject", "News"), body, more.get("short", ""))), topic, site=SITE)


@pytest.mark.parametrize(
    "body",
    [
        "Hello ((first name)), (really) ((name))!",
        "Go to https://palms.example/messages.",
        "Write to cora@rivermere.gov.uk or ring 01234 567890.",
        "((FIRST  NAME)) and ((next_step))",
        "Half past nine, i.e. 9.30, e.g. on Monday. It is 3.5 miles.",
    ],
)
def test_everyday_messages_go_out(body: str) -> None:
    ask(body)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("((salary))", "There is no field"),
        ("((name of somebody else))", "There is no field"),
        ("(())", "There is no field"),
        ("https://palms.example.evil.org/", "Take out"),
        ("https://palms.example@evil.org/", "Take out"),
        ("http://palms.example/", "Take out"),
        ("https://palms.example:444/", "Take out"),
        ("HTTPS://EVIL.ORG", "Take out"),
        ("www.evil.org", "Take out"),
        ("see evil.co.uk now", "Take out"),
        ("", "Write a subject"),
        ("x" * 4001, "Shorten"),
    ],
)
def test_what_cannot_go_out_is_refused_with_a_way_to_mend_it(body: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        ask(body)


def test_a_text_message_has_few_parts() -> None:
    ask("Hello", short="a" * 600)
    with pytest.raises(Refused, match="9 parts"):
        ask("Hello", short="ŵ" * 600)


@pytest.mark.parametrize("field", ["course", "next step"])
def test_a_message_about_work_says_nothing_of_learning(field: str) -> None:
    ask(f"(({field}))")
    with pytest.raises(Refused, match="employer"):
        ask(f"(({field}))", Topic.WORK)


def test_a_subject_stays_on_one_line() -> None:
    text = cleaned(Text("Hello\r\nBcc: all@example.com\x00", "a\r\nb  \r\n", "x\ny"))
    assert text == Text("Hello Bcc: all@example.com", "a\nb", "x y")


@given(st.lists(st.sampled_from([*VALUES, "salary", "", "x"]), max_size=6), st.text(max_size=60))
def test_fields_are_filled_in_once_and_nothing_else_changes(names: list[str], between: str) -> None:
    between = between.replace("(", "").replace(")", "")
    body = between.join(f"(({name}))" for name in names)
    text = Text("s", body)
    known = {**VALUES, Field.NAME.value: "((course)) ((name)) {{ x }} %(name)s"}
    if missing(text, known):
        with pytest.raises(Refused):
            filled(text, known)
        return
    assert filled(text, known).body == between.join(known[name] for name in names)
    assert fields_in(text) == names


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_is_typed_a_subject_holds_no_line_break(subject: str, body: str) -> None:
    text = cleaned(Text(subject, body))
    assert not re.search(r"[\r\n\x00-\x1f\x85\u2028\u2029]", text.subject)
    assert cleaned(text) == text
