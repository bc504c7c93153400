"""What free text near checks may not say: nothing about an offence, and no certificate number. Plain Python.

The DBS code of practice lets nobody keep what a certificate says, so the few places with free text look through it
before it is kept, and refuse. This finds words, not meaning: whoever wants to get round it can. It is there for the
honest officer on a busy day, and it tries to leave ordinary sentences alone ("bring the battery charger").
"""

import re
import unicodedata

from lms.core.words import N_, Refused

_LOOKS_LIKE = str.maketrans("аеорсухіјѕԁһӏкмтвнαοερτυικνχ", "aeopcyxijsdhlkmtbhaoeptuiknx")
"""Letters of other alphabets that are drawn like Latin ones."""
_DIGITS = (str.maketrans("0134578@$!|+€£", "oieastbasiilel"), str.maketrans("0134578@$!|+€£", "oleastbasllelt"))
"""Digits and signs that stand in for letters. A 1 or an ! can be an i or an l, so both are tried."""

_WORDS = r"""
offen[cs]es? offend(?:er|ers|ing) reoffend\w* convict(?:s|ed|ion|ions)? cautioned cautions reprimand\w*
assault\w* batter(?:ed|ing) murder\w* manslaughter\w* arson\w* affray gbh abh rap(?:e|es|ed|ing|ist|ists)
burglary burglaries burgled robber(?:y|ies|s)? robbed theft thefts thief thieves steal(?:s|ing)? stole stolen
shoplift\w* embezzl\w* fraud\w* forgery perjury blackmail\w* extort\w* kidnap\w* harass\w* stalk(?:ed|er|ers|ing)
indecen\w* voyeur\w* paedophil\w* pedophil\w* molest\w* groped arrest(?:ed|s)? prison\w* imprison\w* jail\w* custodial
parole magistrates? sentenced cannabis cocaine heroin amphetamin\w* mdma methadrone weapons? firearms?
criminal(?:s|ity|ly)? criminals felony misdemeano\w*
asult asault assualt conviced convinction theif theift burglery
l?ladrata\w* drinkdriv\w*
t?h?roseddau (?:t|d|nh|th)rosedd(?:au|ol|wr|wyr)? h?euogfarn(?:au)? h?ymosod(?:iad|iadau|odd)? l?ladrad(?:au)?
(?:t|d|nh|th)wyll(?:o|wr|odd)? (?:c|g|ngh|ch)yffuriau (?:c|g|ngh|ch)archar(?:wyd|iad|u)? l?lofrudd(?:iaeth|io|iodd)?
(?:t|d|nh|th)reisi(?:o|odd|wr) rh?ywiol (?:d|dd|n)edfryd\w* (?:d|dd|n)irwy(?:on|o|wyd)? arestio\w*
h?euog (?:b|f|m)yrgler\w* (?:b|f|m)wrgler\w* heddlu
""".split()
_ONLY_TOGETHER = r"""
(?:a|simple|conditional|youth|police|formal)\s+caution
assault\s+and\s+battery|(?:common|sexual)\s+assault
(?:charged|done|fined|sentenced|convicted|arrested|nicked|caught)\s+(?:with|for|by)
(?:pleaded|pleads?|found|pled)\s+(?:not\s+)?guilty|guilty\s+of
(?:crown|magistrates|youth|county)\s+court|court\s+(?:case|appearance|hearing|order)
(?:community|restraining|prevention|exclusion)\s+(?:order|service|payback)|suspended\s+sentence|bound\s+over
(?:probation|parole)\s+(?:officer|order|service)|on\s+(?:bail|probation|parole|licence)|released\s+on
(?:drink|drunk|drug)\s+driv\w+|drunk\s+and\s+disorderly|disqualified\s+from\s+driving|driving\s+ban
(?:possession|supply|supplying|dealing|intent)\s+(?:of|to|in|with)\s+\w+|class\s+[abc]\s+(?:drug|drugs|substance)
(?:illegal|hard|street)\s+drugs|drug\s+(?:deal\w+|offen\w+|possession|supply)|drugs\s+(?:charge|offen\w+)
sexual\s+(?:offen\w+|activity|abuse|touching|misconduct|images?)|sex\s+offen\w+|abuse\s+images?
police\s+(?:caution|record|information|intelligence|matter|investigation|interview|cell|custody)
child\s+(?:cruelty|abuse|neglect)|(?:grievous|actual)\s+bodily|bodily\s+harm|public\s+order\s+act
(?:knife|bladed)\s+(?:crime|article)|with\s+a\s+knife|racially\s+aggravated|handling\s+stolen
(?:theft|fraud|misuse\s+of\s+drugs|sexual\s+offences|road\s+traffic|firearms|public\s+order)\s+act
shop\s+lift\w+|domestic\s+(?:violence|abuse)|gyrru\s?n\s+feddw|trais\s+domestig|cam\s?drin\s+domestig
(?:spent|unspent)\s+(?:matter|record)|went\s+inside\s+for|did\s+time
cofnod\s+troseddol|yr\s+heddlu|dod\s+gerbron\s+llys|llys\s+(?:y\s+goron|ynadon)
""".strip().splitlines()
_INNOCENT = re.compile(
    r"criminal\s+records?\s+(?:check|checks|certificate|bureau)|cardiac\s+arrest|respiratory\s+arrest"
    r"|no\s+offen[cs]e\s+(?:meant|taken|intended)|take\s+(?:no\s+)?offen[cs]e|with\s+(?:real\s+|great\s+)conviction"
    r"|anti\s*theft|identity\s+theft\s+(?:training|course)|rights?\s+of\s+prisoners"
)
"""Said in ordinary work; taken out before anything is looked for."""

_FOUND = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b|\b(?:{'|'.join(_ONLY_TOGETHER)})\b")
_ANYWHERE = re.compile(r"assault|convict(?:ed|ion)|manslaughter|shoplift|paedophil|burglary|euogfarn|cocaine|cannabis")
"""Long enough to be told even where words are run together."""
_STEMS = ("assault", "convicted", "conviction", "offence", "offender", "theft", "murder", "cocaine", "robbery", "fraud")
_NUMBER = re.compile(r"(?<![\d+])(?<!\d[ .,/-])\d(?:[ .,/-]?\d){11}(?![ .,/-]?\d)")
_NO_NUMBER = re.compile(
    r"\b(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:20)?\d\d\b"
    r"|\b(?:meeting|teams|zoom)\b(?:\W{1,3}(?:meeting|id|link|number|code|is))*"
    r"\W{1,3}[1-9]\d\d \d{3} \d{3} \d{3}(?!\d| \d)",
    re.I,
)
"""Days, and the numbers by which one joins a talk by video: as long as a certificate's, but none of those begins so."""


def offence_in(text: str) -> str | None:
    """The first words that look as if they speak of an offence, or a certificate's number; None: none do.

    Case, accents, look-alike letters, digits for letters, signs between letters, spelled-out and doubled letters, and
    words run together are seen through. In English, and Welsh with its mutations.
    """
    number = _NUMBER.search(_NO_NUMBER.sub(" ~ ", unicodedata.normalize("NFKC", text)))
    if number:
        return number.group()
    plain = _plain(text)
    for digits in _DIGITS:
        spelled = _INNOCENT.sub(" ", _letters(plain, digits))
        if found := _in(spelled):
            return found
    return _masked(plain)


def refuse_offences(text: str) -> str:
    """The same text, when nothing in it looks like that. Refused otherwise, with what was found."""
    found = offence_in(text)
    if found is not None:
        raise Refused(OFFENCE, found=found)
    return text


OFFENCE = N_(
    "This looks as if it says what may not be written down (“%(found)s”). Nothing about an offence, the police or a "
    "certificate’s number may stand here. Take it out, and talk about it instead."
)


def _in(spelled: str) -> str | None:
    """What is found in a text as it stands, with its spelled-out words joined, or with doubled letters made single."""
    found = _FOUND.search(spelled) or _ANYWHERE.search(spelled)
    if found:
        return " ".join(found.group().split())
    joined = re.sub(r"\b(?:[a-z] ){2,}[a-z]\b", lambda m: m.group().replace(" ", ""), spelled)
    for other in (joined, *_single(joined)):
        found = _FOUND.search(_INNOCENT.sub(" ", other)) or _ANYWHERE.search(other)
        if found:
            return " ".join(found.group().split())
    return None


def _single(text: str) -> tuple[str, str]:
    """Three and more of a letter as two, and as one."""
    return re.sub(r"([a-z])\1{2,}", r"\1\1", text), re.sub(r"([a-z])\1{2,}", r"\1", text)


def _plain(text: str) -> str:
    """Small letters without accents, invisible signs or other alphabets."""
    apart = unicodedata.normalize("NFKD", text).casefold().translate(_LOOKS_LIKE)
    return "".join(c for c in apart if unicodedata.category(c) not in {"Mn", "Cf"})


def _letters(plain: str, digits: dict[int, int]) -> str:
    """Words of letters between single blanks; what stands inside a word or for a letter is seen through."""
    words = []
    for word in plain.split():
        bare = word.strip(".,;:?()[]\"'“”‘’!")
        if any(c.isalpha() for c in bare):
            bare = bare.translate(digits)
        inside = re.sub(r"(?<=[a-z])[.\-_*'’·~/\\](?=[a-z])", "" if _cut(bare) else " ", bare)
        words.append(re.sub(r"[^a-z]+", " ", inside).strip() or ("-" if bare else ""))
    return " ".join(word for word in words if word)


def _cut(word: str) -> bool:
    """Whether signs cut one word into pieces, rather than join two: as-sault, but not tea-time."""
    pieces = re.split(r"[.\-_*'’·~/\\]", word)
    joined = "".join(pieces)
    whole = _FOUND.fullmatch(joined) or _ANYWHERE.search(joined)
    return all(len(piece) <= 1 for piece in pieces) or (whole is not None and not _FOUND.fullmatch(pieces[-1]))


def _masked(plain: str) -> str | None:
    """Words with stars or dots in the place of letters, such as th*ft."""
    for word in re.findall(r"[a-z]+[*#.]+[a-z]+", plain):
        known = re.sub(r"[*#.]", "", word)
        pattern = re.compile("".join("[a-z]" if c in "*#." else c for c in word))
        if len(known) >= 4 and any(pattern.fullmatch(stem) for stem in _STEMS):
            return str(word)
    return None
