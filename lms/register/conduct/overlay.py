"""A code of conduct published in the browser laid over the one a rule file brings. Plain Python.

Of the two, the later day counts; on the same day what was published in the browser does.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from lms.register.conduct.queries import ConductView, holding_on
from lms.register.content import Edition
from lms.register.kinds import CodeNeeded
from lms.register.lines import CodeLine, Line
from lms.register.spans import earliest


def over(edition: Edition, published: Sequence[ConductView], on: date) -> Edition:
    """The edition with the version that holds on a day, as its line and its rule say it.

    The rules then hold no longer than until the next version comes, so that a verdict says when it changes.
    """
    if not published:
        return edition
    lines = {code: _with(line, published, on) for code, line in edition.lines.items()}
    if lines == edition.lines and not any(one.from_day > on for one in published):
        return edition
    asked = any(isinstance(line, CodeLine) for line in lines.values())
    following = [one.from_day for one in published if one.from_day > on] if asked else []
    rules = replace(
        edition.rules,
        requirements=tuple(
            lines[each.code].rule() if isinstance(each, CodeNeeded) else each for each in edition.rules.requirements
        ),
        replaced_on=earliest([edition.rules.replaced_on, *following]),
    )
    return replace(edition, lines=lines, rules=rules)


def _with(line: Line, published: Sequence[ConductView], on: date) -> Line:
    here = holding_on(published, on)
    if not isinstance(line, CodeLine) or here is None or here.from_day < line.version_from:
        return line
    told = {
        "version": here.version,
        "version_from": here.from_day,
        "reaccept_on_new_version_days": here.reaccept_days,
        "commitments": here.commitments,
    }
    return line.model_copy(update=told)
