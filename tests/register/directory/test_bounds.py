"""What free text may not hold: every spelling we know of is found, and everyday sentences are left alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.register.directory.bounds import IN_A_MESSAGE, IN_A_PROFILE, IN_A_VACANCY, Private, first_private

EVERYTHING = tuple(Private)

NUMBERS = st.from_regex(r"0[1-9][0-9]{8,9}", fullmatch=True)
GAPS = st.sampled_from(["", " ", ".", "-", " - ", "/", "\u2009", "\u200b", ") (", "*"])
WORDS = "zero one two three four five six seven eight nine".split()
AROUND = st.sampled_from(["", "ring me on ", "My number is: ", "Call!! ", "(", "text\n"])
POSTCODES = st.from_regex(r"[A-PR-UWYZ][0-9]{1,2} ?[0-9][ABD-HJLNP-UW-Z]{2}", fullmatch=True)
STREETS = st.sampled_from(["Mill Lane", "High Street", "Upper Station Road", "Rose Avenue", "Park Crescent"])


@given(NUMBERS, GAPS, AROUND)
def test_a_telephone_number_is_found_however_it_is_spaced(number: str, gap: str, before: str) -> None:
    text = before + gap.join(number) + " thank you"
    found = first_private(text, (Private.PHONE,))
    assert found is not None, text


@given(NUMBERS)
def test_a_telephone_number_is_found_in_words_and_in_other_figures(number: str) -> None:
    in_words = " ".join(WORDS[int(figure)] for figure in number)
    wide = "".join(chr(ord(figure) + 0xFEE0) for figure in number)
    for text in (f"ring {in_words} after six", f"ring {wide}", f"ring {in_words.upper()}"):
        assert first_private(text, (Private.PHONE,)) is not None, text


@given(POSTCODES, st.booleans())
def test_a_postcode_is_found(postcode: str, small: bool) -> None:
    if postcode[-3:].lower() in {"1st", "2nd", "3rd"} or postcode.lower().endswith("th"):
        return  # those are ordinals as well
    assert first_private(f"near {postcode.lower() if small else postcode}, ok", (Private.POSTCODE,)) is not None


@given(st.integers(1, 9999), STREETS, st.sampled_from(["", "a", "B"]))
def test_a_street_with_a_number_is_found(number: int, street: str, letter: str) -> None:
    assert first_private(f"I live at {number}{letter} {street} with a cat", (Private.ADDRESS,)) is not None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("jo@example.com", Private.EMAIL),
        ("jo at example dot com", Private.EMAIL),
        ("jo (at) gmail.com", Private.EMAIL),
        ("find me @jo_pa on insta", Private.EMAIL),
        ("see www.jo-cares.co.uk", Private.WEB),
        ("https://x.example", Private.WEB),
        ("3 Heol y Dŵr", Private.ADDRESS),
        ("Flat 4, the big house", Private.ADDRESS),
        ("fflat 12", Private.ADDRESS),
        ("house number 7", Private.ADDRESS),
        ("14 Mill Hill", Private.ADDRESS),
        ("the key safe is by the door", Private.WAY_IN),
        ("I give you the door code", Private.WAY_IN),
        ("I live alone", Private.WAY_IN),
        ("born on 12 May 1980", Private.BIRTH),
        ("D.O.B. 1 2 80", Private.BIRTH),
        ("AB 12 34 56 C", Private.NI_NUMBER),
        ("ab123456c", Private.NI_NUMBER),
        ("I have MS and like chess", Private.HEALTH),
        ("because of my epilepsy", Private.HEALTH),
        ("my son is autistic", Private.HEALTH),
        ("help with my catheter", Private.HEALTH),
    ],
)
def test_private_things_are_found_by_their_kind(text: str, what: Private) -> None:
    found = first_private(text, (what,))
    assert found is not None
    assert found.what is what


EVERYDAY = [
    "I work 9 to 5, 3 days a week, 10 hours at most, for £12.60 an hour.",
    "24/7 is too much for me. I finished on 21 November 2026.",
    "I have done PAI-1, PAI-4 and CC3, the 1st time with help.",
    "Mornings 7:00-9:00, 9:30-11:30, evenings 17:00-19:30, also at 20:15.",
    "From 2019 to 2024, 2025, 2026 I worked in a school.",
    "2 dogs in the park, 3 cats on the street, 10 minutes walk from the sea.",
    "I have worked 12 years on the road. 5 miles down the road is fine.",
    "My place is at home. Come and see the garden. I drive a car. me too!",
    "One, two or three days. I like a cup of tea with Ms Jones, and I stroke the cat.",
    "Born and bred here; I use a hoist at work and love wheelchair rugby.",
    "I want to go swimming on Saturdays, cook Jamaican food, and get to lectures on time.",
    "4 evenings a week, 2 weekends in 4. I need someone strong who does not smoke.",
    "Rwy’n siarad Cymraeg, a dw i’n hoffi canu. Dau fore’r wythnos.",
]


@pytest.mark.parametrize("text", EVERYDAY)
@pytest.mark.parametrize("kinds", [IN_A_PROFILE, IN_A_VACANCY, IN_A_MESSAGE])
def test_everyday_sentences_are_left_alone(text: str, kinds: tuple[Private, ...]) -> None:
    assert first_private(text, kinds) is None


def test_experience_is_no_secret_in_a_profile_but_health_has_no_place_in_a_vacancy() -> None:
    text = "I have supported people with dementia."
    assert first_private(text, IN_A_PROFILE) is None
    assert first_private(text, IN_A_VACANCY) is not None


@given(st.text(max_size=400))
def test_any_text_at_all_gets_an_answer(text: str) -> None:
    found = first_private(text, EVERYTHING)
    assert found is None or found.what in Private


@pytest.mark.parametrize(
    "text",
    [
        "1" + (" " * 300 + "1") * 4 + "a",
        "1 , " * 300 + "x",
        "a.b-" * 300,
        "12 " + "Ab " * 400,
        "oh " * 400 + "x",
        "born " + "1" * 800,
        "a@" * 600,
    ],
)
def test_no_text_makes_it_think_for_long(text: str) -> None:
    begun = time.process_time()
    first_private(text[:1200], EVERYTHING)
    assert time.process_time() - begun < 0.5
