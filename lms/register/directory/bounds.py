"""Refuse free text that gives away where somebody lives, how to reach them, or what is private. Plain Python.

It reads what people usually write, also with spaces, dots or words in between. It is a help and not a wall: somebody of
the register team reads every profile and every vacancy as well before others do.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lms.core.words import N_, Refused


class Private(StrEnum):
    """What a text may not hold."""

    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"
    POSTCODE = "postcode"
    ADDRESS = "address"
    WAY_IN = "way_in"
    BIRTH = "birth"
    NI_NUMBER = "ni_number"
    HEALTH = "health"


@dataclass(frozen=True)
class Found:
    """What was found, and the words that look like it."""

    what: Private
    words: str


WAYS_TO_REACH = (Private.EMAIL, Private.WEB, Private.NI_NUMBER, Private.PHONE, Private.POSTCODE, Private.ADDRESS)
NEVER = (Private.NI_NUMBER, Private.BIRTH, Private.WAY_IN)
IN_A_PROFILE = (*WAYS_TO_REACH, Private.BIRTH)
IN_A_VACANCY = (*WAYS_TO_REACH, Private.WAY_IN, Private.BIRTH, Private.HEALTH)
IN_A_MESSAGE = (*WAYS_TO_REACH, Private.WAY_IN, Private.BIRTH)


def refuse_private(text: str, kinds: tuple[Private, ...]) -> None:
    """Refuse a text that holds something of these kinds, and name it, so that it can be mended."""
    found = first_private(text, kinds)
    if found is not None:
        raise Refused(SAID[found.what], words=found.words)


def first_private(text: str, kinds: tuple[Private, ...]) -> Found | None:
    """The first thing of these kinds that stands in a text; None when there is nothing."""
    plain = _plain(text)
    for kind in kinds:
        words = next(_LOOKS[kind](plain), None)
        if words is not None:
            return Found(kind, " ".join(words.split())[:60])
    return None


_LOOKS_LIKE = str.maketrans("АВЕЅІЈКМНОРСТУХаеорсухѕіј", "ABESIJKMHOPCTYXaeopcyxsij")
"""Letters of another alphabet that are drawn like Latin ones."""


def _plain(text: str) -> str:
    """One spelling for letters and digits of every width and style, without what nobody sees."""
    normal = unicodedata.normalize("NFKC", text).translate(_LOOKS_LIKE)
    return "".join(c for c in normal if unicodedata.category(c) not in {"Cf", "Cc"} or c in "\n\t")


_SAID_DIGITS = {
    **dict(zip("zero one two three four five six seven eight nine".split(), "0123456789", strict=True)),
    **dict.fromkeys(("oh", "o", "nought", "dim"), "0"),
    **dict(zip("un dau tri pedwar pump chwech saith wyth naw".split(), "123456789", strict=True)),
}
_DIGIT_WORD = rf"(?:{'|'.join(sorted(_SAID_DIGITS, key=len, reverse=True))})"
_SPELLED = re.compile(rf"\b(?:(?:double|triple)?[\s,.-]{{0,3}}(?:{_DIGIT_WORD}|\d)\b[\s,.-]{{0,3}}){{3,}}", re.I)
_TIME = re.compile(r"\b(?:[01]?\d|2[0-3])[:.][0-5][05]\b(?!\d)")
_AS_FIGURES = str.maketrans("oOlI", "0011")
_FROM_TO = re.compile(r"(?<![-–\d])(?<![-–\d]\s)(?:[01]?\d|2[0-4])\s?[-–]\s?(?:[01]?\d|2[0-4])(?!\s?[-–\d])")
_YEARS_APART = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBERS = re.compile(r"\+?\(?\d(?:[^\w\n]{0,3}\d){8,}")


def _phones(text: str) -> Iterator[str]:
    """Nine digits or more with little in between, said in figures or in words; times and years are not counted."""
    told = _SPELLED.sub(lambda m: _in_figures(m.group()), text)
    told = re.sub(r"\b[oO](?=\d{3})|(?<=\d)[oOlI]+(?=\d|\b)", lambda m: m.group().translate(_AS_FIGURES), told)
    for match in _NUMBERS.finditer(_YEARS_APART.sub("y", _FROM_TO.sub("t", _TIME.sub("t", told)))):
        yield match.group()


def _in_figures(words: str) -> str:
    figures, times = "", 1
    for word in re.findall(r"[a-z]+|\d", words.lower()):
        if word in {"double", "triple"}:
            times = 2 if word == "double" else 3
            continue
        figures, times = figures + _SAID_DIGITS.get(word, word) * times, 1
    return f" {figures} "


_ENDINGS = r"(?:com|co\s*\.?\s*uk|uk|org|net|info|io|me|eu|wales|cymru|gov|nhs|app|live|mail)"
_DOT = r"(?:\.|\s+\.\s*|\s*(?:\(dot\)|\[dot\]|\bdot\b)\s*)"
"""Not a full stop with a blank behind it, which ends a sentence."""
_EMAIL = re.compile(
    rf"[\w.+%-]+\s*(?:\(at\)|\[at\]|\bat\b)\s*[\w-]+{_DOT}{_ENDINGS}\b|\S*@\s*\w+\S*"
    r"|\bat\s+(?:gmail|googlemail|hotmail|yahoo|icloud|btinternet)\b",
    re.I,
)
_NETWORK = r"(?:whats\s?app|insta(?:gram)?|snap\s?chat|telegram|facebook|messenger|tik\s?tok)"
_SOCIAL = re.compile(
    rf"\b(?:find|add|follow|message|dm|text|reach|contact|call) me (?:on|at|via|by|through) {_NETWORK}\b"
    rf"|\bmy {_NETWORK}(?: name| handle| account| number)?(?: is\b|\s?:)|\b{_NETWORK} me\b",
    re.I,
)
_WEB = re.compile(rf"https?:\S*|\bwww\s*\.\s*\S+|\b[\w-]{{2,}}(?:\.|\s+dot\s+){_ENDINGS}\b(?!\s*=)", re.I)
_POSTCODE = re.compile(r"\b(?:GIR|[A-Z]{1,2}\d[A-Z\d]?)[\s.\-_/]{0,3}(?P<rest>\d[ABD-HJLNP-UW-Z]{2})\b", re.I)
_ORDINAL = re.compile(r"1st|2nd|3rd|\dth")
_NI = re.compile(r"\b[A-CEGHJ-PRSTW-Z][A-CEGHJ-NPRSTW-Z](?:[\s.\-]{0,3}\d\d){3}[\s.\-]{0,3}[A-D]\b", re.I)
_SMALL = r"(?:the|a|an|in|on|of|from|to|down|up|off|by|near|my|our|and|or|at|for|with|is|are)"
_UNITS = r"(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|miles?|people|steps?|nights?|mornings?)"
_WORD = r"[^\W\d_][\w'’-]*"
_STREET = r"(?:street|road|rd|avenue|ave|lane|crescent|terrace|gardens|grove|mews|boulevard|stryd|heol|ffordd)"
_MAYBE = (
    r"(?:St|Way|Hill|Park|Row|Walk|Rise|View|Place|Close|Drive|Court|Square|House|Green|Mount|Wharf|Yard|Fields?"
    r"|Cottages?|Lodge|Villas?|Parade|End|Gate|Croft|Meadows?|Vale|Bank|Quay)"
)
_ADDRESSES = (
    re.compile(rf"\b\d{{1,4}}\s?[a-z]?\b,?\s+(?!{_UNITS}\b)(?:(?!{_SMALL}\b){_WORD}\s+){{1,3}}?{_STREET}\b", re.I),
    re.compile(rf"\b\d{{1,4}}\s?[A-Za-z]?\b,?\s+(?:[A-Z][\w'’-]*\s+){{1,3}}?{_MAYBE}\b"),
    re.compile(
        r"\b\d{1,4}\s?[a-z]?\b,?\s+(?:stryd|heol|ffordd|lôn|maes|clos|rhodfa|tan[ -]?y|bryn|cwrt)\b\s+\w+", re.I
    ),
    re.compile(r"\b(?:flat|apartment|apt|fflat|plot|bungalow)\s+(?:no\.?\s*|number\s+)?\d+\w?\b", re.I),
    re.compile(r"\b(?:house|door|rhif)\s+(?:no\.?|number|t[ŷy])?\s*:?\s*\d+\w?\b", re.I),
)
_WAY_IN = re.compile(
    r"\bkey\s?-?safe\b|\b(?:door|entry|gate|alarm|keypad|security)[\s-]+(?:codes?|pins?|numbers?)\b"
    r"|\b(?:spare )?keys? (?:is|are) (?:under|in|behind)\b|\bdoor is (?:never|not) locked\b|\blive alone\b",
    re.I,
)
_BIRTH = re.compile(
    r"\bd\.?\s?o\.?\s?b\b\.?|\bdate of birth\b|\bdyddiad geni\b|\bborn\s+(?:on|in)?\s*(?:the\s+)?\d[\w\s]*"
    r"|\bmy birthday is\b[\w\s]*",
    re.I,
)
_HEALTH = re.compile(
    r"\b(?:multiple sclerosis|cerebral palsy|motor neurone?|muscular dystrophy|spina bifida|huntington['’]?s?"
    r"|parkinson['’]?s?|alzheimer['’]?s?|dementia|epilep(?:sy|tic)|seizures?|diabet(?:es|ic)|insulin|cancer|tumou?r"
    r"|hiv|hepatitis|arthritis|fibromyalgia|osteoporosis|lupus|crohn['’]?s|colitis|asthma|copd|cystic fibrosis"
    r"|heart (?:failure|disease|attack)|kidney (?:failure|disease)|dialysis|had a stroke|my stroke|stroke survivor"
    r"|brain injur(?:y|ies|ed)|spinal (?:cord )?injur(?:y|ies)|paraplegi[ac]|quadriplegi[ac]|tetraplegi[ac]"
    r"|paralys(?:ed|is)|amput(?:ee|ated|ation)|autis(?:m|tic)|asperger['’]?s?|adhd|down['’]?s syndrome"
    r"|learning (?:disabilit(?:y|ies)|difficult(?:y|ies))|schizophreni[ac]|bipolar|psychosis|psychotic|ptsd"
    r"|depress(?:ion|ed)|anorexi[ac]|bulimi[ac]|self[- ]harm|suicid(?:e|al)|alcoholi[cs]m?|addict(?:ion|ed)?"
    r"|incontinen(?:t|ce)|catheters?|stoma|colostomy|ileostomy|tracheostomy|ventilator|peg[- ]fe(?:d|eding?)"
    r"|tube[- ]fe(?:d|eding?)|medication for|diagnos(?:is|ed)|prognosis|terminal(?:ly)? ill|palliative|chemotherapy"
    r"|my condition is|my illness|my disease|sglerosis ymledol|clefyd|canser|epilepsi|clefyd siwgr|awtist\w*)\b",
    re.I,
)
_SHORT_HEALTH = re.compile(r"\b(?:have|has|got|with|living with|of)\s+(?:MS|CP|MND|MD|ME|TBI|SCI|OCD|EDS|CFS)\b")


def _postcodes(text: str) -> Iterator[str]:
    for match in _POSTCODE.finditer(text):
        if not _ORDINAL.fullmatch(match["rest"]):
            yield match.group()


def _matches(*patterns: re.Pattern[str]) -> Callable[[str], Iterator[str]]:
    return lambda text: (match.group() for pattern in patterns for match in pattern.finditer(text))


_LOOKS: Mapping[Private, Callable[[str], Iterator[str]]] = {
    Private.PHONE: _phones,
    Private.EMAIL: _matches(_EMAIL, _SOCIAL),
    Private.WEB: _matches(_WEB),
    Private.POSTCODE: _postcodes,
    Private.ADDRESS: _matches(*_ADDRESSES),
    Private.WAY_IN: _matches(_WAY_IN),
    Private.BIRTH: _matches(_BIRTH),
    Private.NI_NUMBER: _matches(_NI),
    Private.HEALTH: _matches(_HEALTH, _SHORT_HEALTH),
}

SAID: Mapping[Private, str] = {
    Private.PHONE: N_("Leave out telephone numbers: “%(words)s” looks like one."),
    Private.EMAIL: N_("Leave out e-mail addresses and names on social media: “%(words)s” looks like one."),
    Private.WEB: N_("Leave out web addresses: “%(words)s” looks like one."),
    Private.POSTCODE: N_("Leave out postcodes: “%(words)s” looks like one. Choosing the area is enough."),
    Private.ADDRESS: N_("Leave out addresses: “%(words)s” looks like one. Choosing the area is enough."),
    Private.WAY_IN: N_("Leave out how somebody gets into a home and who is there: “%(words)s”. Keep homes safe."),
    Private.BIRTH: N_("Leave out dates of birth: “%(words)s” looks like one. Nobody needs it here."),
    Private.NI_NUMBER: N_("Leave out National Insurance numbers: “%(words)s” looks like one. Never share it here."),
    Private.HEALTH: N_(
        "Leave out health: “%(words)s”. Write what you want done, not why. You can tell a PA more once you have met."
    ),
}
