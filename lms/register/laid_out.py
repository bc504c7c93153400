"""A verdict's requirements laid out for a page: in groups, each row as texts, so that a template only puts them in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from lms.core.web.texts import _, language
from lms.register.kinds import RequirementState
from lms.register.texts import Row, Told

State = RequirementState

COLOURS: Mapping[RequirementState, str] = {
    State.NOT_STARTED: "govuk-tag--grey",
    State.PENDING: "govuk-tag--light-blue",
    State.MET: "govuk-tag--green",
    State.EXPIRING: "govuk-tag--yellow",
    State.EXPIRED: "govuk-tag--orange",
    State.WAIVED: "govuk-tag--grey",
    State.NOT_MET: "govuk-tag--orange",
    State.NOT_APPLICABLE: "govuk-tag--grey",
}
MARKS: Mapping[RequirementState, str] = {
    State.NOT_STARTED: "missing",
    State.PENDING: "waiting",
    State.MET: "met",
    State.EXPIRING: "lapsing",
    State.EXPIRED: "missing",
    State.WAIVED: "waiting",
    State.NOT_MET: "missing",
    State.NOT_APPLICABLE: "aside",
}
"""What a state looks like; a test sees that there is one for each."""


class Shown(NamedTuple):
    """One requirement on a page. `lang` and `about_lang` are empty where the text is in the page's language."""

    title: str
    lang: str
    state: str
    colour: str
    mark: str
    why: str
    about: str
    about_lang: str
    link: str | None


class Group(NamedTuple):
    """Requirements under one heading. `folded` is what opens them; empty: they stand open."""

    title: str
    rows: Sequence[Shown]
    action: str = ""
    folded: str = ""


def groups_of(told: Told, links: Mapping[str, str], action: str, *, done: bool = False) -> list[Group]:
    """What is to do, what is good to have, what is done and what is for others, as far as there is any.

    `links` lead to where something can be done about a requirement, by its code; with `done` also of what is done.
    """
    every = (
        Group(_("Still to do"), rows_of(told.to_do, links), action),
        Group(_("Good to have"), rows_of(told.recommended, links), action),
        Group(_("Done"), rows_of(told.done, links if done else {}), action),
        Group(_("Only for some PAs"), rows_of(told.not_applicable, {}), "", _("Show what only some PAs need")),
    )
    return [each for each in every if each.rows]


def rows_of(rows: Iterable[Row], links: Mapping[str, str]) -> list[Shown]:
    """Requirements as the page shows them."""
    tongue = language()
    return [
        Shown(
            title=row.title,
            lang=row.title_language if row.title_language != tongue else "",
            state=row.state,
            colour=COLOURS[row.finding.state],
            mark=MARKS[row.finding.state],
            why=f"{row.why} {row.next_step}" if row.next_step else row.why,
            about="" if row.finding.satisfied else row.about,
            about_lang=row.about_language if row.about_language != tongue else "",
            link=links.get(row.code),
        )
        for row in rows
    ]
