"""Free text near checks: what looks like an offence is found through evasions, and ordinary sentences are let be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.words import Refused
from lms.register.unsaid import offence_in, refuse_offences

PLAIN = [
    "He was convicted in 1998.",
    "conviction for theft",
    "A police caution, a long time ago",
    "got a caution as a teenager",
    "Common assault. Nothing since.",
    "drink driving, 2011",
    "charged with something at nineteen",
    "He pleaded guilty",
    "12 months suspended sentence",
    "possession of a controlled drug",
    "shoplifting",
    "benefit fraud, repaid",
    "GBH",
    "He did time in his twenties",
    "Crown Court, May 2004",
    "Two thefts from work",
    "class B drugs",
    "Offences Against the Person Act",
    "Certificate 001234567890",
    "number 0012 3456 7890",
]
EVASIONS = [
    "ASSAULT",
    "a$$ault",
    "th3ft",
    "c0nvict1on",
    "con victed? c o n v i c t e d",
    "t.h.e.f.t",
    "as-sault",
    "assaaaault",
    "aѕѕault",  # Cyrillic letters
    "thе\u200bft",
    "ＴＨＥＦＴ",
    "frâud",
    "th*ft",
    "commonassault",
    "asault",
    "b\u00adurglary",
    "conv!cted",
    "mur_der",
    "m u r d e r",
    "co\ncaine? c-o-c-a-i-n-e",
]
WELSH = [
    "Cafodd euogfarn yn 1998",
    "hen drosedd",
    "troseddau gyrru",
    "Ymosodiad",
    "lladrad o siop",
    "cyffuriau",
    "Bu yng ngharchar",
    "twyll",
    "dirwy am oryrru",
    "cofnod troseddol",
    "rhybudd gan yr heddlu",
]
INNOCENT = [
    "Tuesday 24 November at 10.30, Town Hall, room 3. Bring somebody if you like.",
    "Ring the bell at 4 Mill Court, next to the tennis court.",
    "Please bring your battery charger, the phone may not be charged.",
    "Opposite the police station, second floor.",
    "You finished your probation period well.",
    "The meeting is fine for me, no offence meant.",
    "She did a cardiac arrest course and a first aid course.",
    "We look at the criminal record check together.",
    "Draw the drapes, pick the grapes, and use the rapeseed oil.",
    "Take caution on the stairs; drive with caution.",
    "One sentence is enough. Please write in short sentences.",
    "Knife and fork, and the convection oven.",
    "Call 01632 960123 or +44 1632 960 123.",
    "The burglar alarm is set at 6 in the evening.",
    "Tea-time suits me; it is a one-off, half-hour visit.",
    "We can meet by video. The link comes by e-mail at 9:00.",
    "The wheelchair battery is on the left. Feel free to call.",
    "St. Paul’s Court, No. 5, 3rd floor, A.M. only",
    "Bank card limits, shopping and stealth are not what we talk about.",
    "Bring the certificate with you. We do not keep it.",
    "Reference 2026-11-24 10:30, room 12",
]
WELSH_INNOCENT = [
    "Dewch â rhywun gyda chi os hoffech chi.",
    "Dydd Mawrth am hanner awr wedi deg, Neuadd y Dref, ystafell 3.",
    "Rydym yn edrych ar y dystysgrif gyda’n gilydd.",
    "Llys y Coed, Stryd y Farchnad",
    "Mae’r ffordd yn dirwyn i ben wrth yr afon.",
    "Diolch yn fawr am ddod.",
]


@pytest.mark.parametrize("text", PLAIN + EVASIONS + WELSH)
def test_what_looks_like_an_offence_is_found_and_refused(text: str) -> None:
    assert offence_in(text) is not None
    with pytest.raises(Refused, match="may not be written down"):
        refuse_offences(text)


@pytest.mark.parametrize("text", INNOCENT + WELSH_INNOCENT + [""])
def test_ordinary_sentences_are_let_be(text: str) -> None:
    assert offence_in(text) is None
    assert refuse_offences(text) == text


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text: str) -> None:
    found = offence_in(text)
    assert found is None or found


@given(st.sampled_from(["assault", "theft", "conviction", "burglary"]), st.text(" .,\n", max_size=5))
def test_it_is_found_wherever_it_stands(word: str, around: str) -> None:
    assert offence_in(f"Come at ten. {around} {word.upper()}{around}. Thank you.") is not None
