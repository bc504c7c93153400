"""Finds sentences that call knowledge alone the Care Certificate.

What is looked for is a claim: that somebody has, earned or finished the Care Certificate; that it is complete, passed,
or so many percent; or that it is theirs. A claim is let through when the words before it in its own clause deny it,
make it a condition, or speak of people who hold the real award; and when what is claimed is its knowledge.
"""

import re
from collections.abc import Iterator

NAME = r"Care\s+Certificates?"
_OF_KNOWLEDGE = (
    r"(?!(?:['’]s)?\s*(?:knowledge|standards?|course|editions?|framework|units?|units|lessons?|page|questions?|part|PDF"
    r"|progress|criteri(?:on|a)|tracking|learning|logs?|in\b[^.]{0,20}\bknowledge))"
    r"(?!['’]s\s+\w+)"
)
_GOT = (
    r"(?:complet|achiev|earn|gain|pass|finish|award|receiv|obtain|attain|secur|grant|issu)(?:e|ed|es|ing|s)?"
    r"|finished|won|got|get|gets|holds?|held|have|has|had|done|fulfill?(?:ed|s)?|qualif\w+\s+for|congratulations\s+on"
)
_WHOSE = (
    r"(?:(?:the|a|your|their|his|her|my|our|this|whole|full|entire|all\s+of|part\s+of|new|for|you|them|with)\s+){0,4}"
)
_STATE = (
    r"complete|completed|achieved|earned|gained|passed|awarded|finished|done|obtained|granted|issued|valid|held|yours"
)

GOT_IT = re.compile(rf"\b(?:{_GOT})\s+{_WHOSE}(?:20\d\d\s+)?{NAME}\b{_OF_KNOWLEDGE}", re.IGNORECASE)
IT_IS = re.compile(
    rf"\b{NAME}\b\s*[:,–—(-]?\s*(?:20\d\d\b\s*)?(?:edition\b\s*)?\)?\s*[:,–—-]?\s*"
    rf"(?:(?:is|are|was|has\s+been|have\s+been|now|fully|all|already|successfully|100|\d+)\s*){{0,4}}"
    rf"(?:(?:{_STATE})\b(?!\s+(?:only\s+)?(?:when|once|if|by|in|with|at|until)\b)|100\s*%|\d+\s*%|\d+\s+(?:of|out\s+of)\s+\d+)",
    re.IGNORECASE,
)
THEIRS = re.compile(
    rf"\b(?:your|their|his|her|my|’s|'s)\s+(?:own\s+|new\s+|20\d\d\s+)?{NAME}\b{_OF_KNOWLEDGE}", re.IGNORECASE
)
ADORNED = re.compile(rf"\b{NAME}[- ](?:trained|qualified|certified|holder|graduate)\b", re.IGNORECASE)
HOLDER = re.compile(
    rf"\b(?:certif(?:y|ies|ied)\b[^.]{{0,60}}\b{NAME}\b{_OF_KNOWLEDGE}|holders?\s+of\s+{_WHOSE}{NAME}\b)", re.IGNORECASE
)
WELSH = re.compile(
    r"\b(?:wedi\s+(?:cwblhau|ennill|pasio|cael)|mae\s+gennych|eich)\b[^.]{0,30}\b[TDN]h?ystysgrif\s+(?:G|Ng)?ofal\b",
    re.IGNORECASE,
)
CLAIMS = (GOT_IT, IT_IS, THEIRS, ADORNED, HOLDER, WELSH)

_SOFTENED = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|cannot|without|isn['’]t|don['’]t|doesn['’]t|nid|ddim)\b"
    r"[^.]{0,60}$"
    r"|\b(?:if|whether|when|once|until|before|unless|who|whoever)\s+(?:\w+\s+){0,2}$"
    r"|^To\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
"""What turns a claim into something else: a denial before it; a condition that is about holding it, not about studying;
or what it would take."""

_CLAUSE = re.compile(r"[;:!?]|,\s+(?:and|but|so)\s|\.\s")


def claims_in(text: str) -> Iterator[str]:
    """Each sentence of a text that makes the claim."""
    for sentence in sentences(text):
        for claim in CLAIMS:
            for found in claim.finditer(sentence):
                before = _CLAUSE.split(sentence[: found.start()])[-1]
                if not _SOFTENED.search(before) and not _SOFTENED.match(found.group()):
                    yield sentence
                    break
            else:
                continue
            break


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, each on one line."""
    for block in re.split(r"\n\s*\n|\n(?=\s*[-*#|])", text):
        joined = " ".join(block.split())
        yield from (
            one for one in re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-Ž“\"'‘(])", joined) if "ertif" in one or "stysgrif" in one
        )


_BLOCKS = re.compile(
    r"</?(?:p|li|ul|ol|h[1-6]|td|th|tr|div|section|nav|header|footer|main|dt|dd|button|label|option|title|caption|summary)\b[^>]*>"
)


def words_of(page: str) -> str:
    """What a page says, each block a paragraph of its own."""
    without = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", page)
    blocks = _BLOCKS.sub("\n\n", without)
    return re.sub(r"<[^>]+>", "", blocks).replace("&#39;", "'").replace("&amp;", "&")
