"""Who the people of a list are: new, here already, to be asked first, or somebody has to say. Plain Python.

Nothing is said of who lives behind another authority's wall: an address that belongs to somebody there is only known
as one that has to be asked.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from lms.core.words import N_
from lms.programme.intake.rules import Line, folded, share_a_name
from lms.programme.intake.words import NEW_ANSWER, OUT_ANSWER, Fate

TAKEN = N_("Somebody else has this username. Choose another.")
SAME_EMAIL = N_("Row %(other)s has this e-mail address with another name. Mend one of them.")
SAME_USERNAME = N_("Row %(other)s has this username with another name. Mend one of them.")


@dataclass(frozen=True, slots=True)
class Known:
    """A PA of the authority, as far as matching needs it."""

    id: UUID
    name: str
    email: str | None
    username: str | None


@dataclass(frozen=True)
class There:
    """What is there already. `elsewhere` are e-mail addresses and usernames of accounts that are no PAs of ours.

    `works_for` gives the employers' names, folded, by PA.
    """

    known: Collection[Known]
    elsewhere: Collection[str] = frozenset()
    works_for: Mapping[UUID, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matched:
    """What becomes of a line. `same_as`: the row in which the same new person stands first."""

    line: Line
    fate: Fate
    person_id: UUID | None = None
    same_as: int | None = None


@dataclass(frozen=True)
class Unclear:
    """A line whose person may be one of these."""

    line: Line
    maybe: tuple[UUID, ...]


@dataclass(frozen=True)
class Clash:
    """A line that cannot be: `which` names the column, `sentence` is a message id."""

    line: Line
    which: str
    sentence: str
    values: Mapping[str, object]


@dataclass
class Outcome:
    """Everything that was found, in the order of rows."""

    matched: list[Matched] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)


def match(lines: Iterable[Line], there: There, answers: Mapping[int, str]) -> Outcome:
    """Find out who each line is about, with what somebody said to those that were unclear, by row."""
    return _Matcher(there, answers).all(lines)


class _Matcher:
    def __init__(self, there: There, answers: Mapping[int, str]) -> None:
        self._there, self._answers, self._out = there, answers, Outcome()
        self._by_email = {each.email: each for each in there.known if each.email}
        self._by_username = {each.username: each for each in there.known if each.username}
        self._by_name: defaultdict[str, list[Known]] = defaultdict(list)
        for each in there.known:
            self._by_name[folded(each.name)].append(each)
        self._ids = {str(each.id): each.id for each in there.known}
        self._first: dict[str, Line] = {}
        self._of: dict[int, Matched] = {}

    def all(self, lines: Iterable[Line]) -> Outcome:
        for line in lines:
            self._one(line)
        return self._out

    def _one(self, line: Line) -> None:
        if line.name is None:
            self._put(Matched(line, Fate.EMPLOYER_ONLY))
            return
        earlier = self._earlier(line)
        if earlier is None:
            return
        if earlier is not line:
            self._same_as(line, earlier)
            return
        answer = self._answers.get(line.row)
        if answer in {NEW_ANSWER, OUT_ANSWER} or answer in self._ids:
            self._answered(line, str(answer))
            return
        self._look(line)

    def _earlier(self, line: Line) -> Line | None:
        """The first line about the same person, this one when it is the first; None when two lines clash."""
        for which, word, sentence in (
            ("email", line.email, SAME_EMAIL),
            ("username", line.username, SAME_USERNAME),
        ):
            first = self._first.get(f"{which}:{word}") if word else None
            if first is not None and folded(first.name or "") != folded(line.name or ""):
                self._clash(line, which, sentence, other=first.row)
                return None
            if first is not None:
                return first
        for which, word in (("email", line.email), ("username", line.username)):
            if word:
                self._first[f"{which}:{word}"] = line
        if not line.email and not line.username:
            return self._first.setdefault(f"name:{folded(line.name or '')}:{folded(line.employer or '')}", line)
        return line

    def _same_as(self, line: Line, earlier: Line) -> None:
        if found := self._of.get(earlier.row):
            self._put(Matched(line, found.fate, found.person_id, earlier.row))
        # Otherwise the first of them is unclear or clashes: this one waits for it.

    def _put(self, matched: Matched) -> None:
        self._out.matched.append(matched)
        self._of.setdefault(matched.line.row, matched)

    def _answered(self, line: Line, answer: str) -> None:
        fate = {NEW_ANSWER: Fate.NEW, OUT_ANSWER: Fate.OUT}.get(answer, Fate.HERE)
        if fate is Fate.NEW and line.email in self._there.elsewhere:
            fate = Fate.ASK
        self._put(Matched(line, fate, self._ids.get(answer)))

    def _look(self, line: Line) -> None:
        known = self._by_email.get(line.email) if line.email else None
        if known is not None:
            self._here_or_ask(line, known)
        elif line.email in self._there.elsewhere:
            self._put(Matched(line, Fate.ASK))
        elif line.username and (line.username in self._by_username or line.username in self._there.elsewhere):
            same = self._by_username.get(line.username)
            if same is not None and share_a_name(same.name, line.name or ""):
                self._put(Matched(line, Fate.HERE, same.id))
            else:
                self._clash(line, "username", TAKEN)
        else:
            self._by_what_they_are_called(line)

    def _here_or_ask(self, line: Line, known: Known) -> None:
        """The same address is the same person, unless the names have nothing in common: a household may share one."""
        if share_a_name(known.name, line.name or ""):
            self._put(Matched(line, Fate.HERE, known.id))
        else:
            self._out.unclear.append(Unclear(line, (known.id,)))

    def _by_what_they_are_called(self, line: Line) -> None:
        namesakes = [
            each
            for each in self._by_name.get(folded(line.name or ""), ())
            if not (each.email and line.email)  # two people of one name, each with an address of their own
        ]
        same_home = [
            each for each in namesakes if folded(line.employer or "-") in self._there.works_for.get(each.id, ())
        ]
        if len(same_home) == 1 and len(namesakes) == 1:
            self._put(Matched(line, Fate.HERE, same_home[0].id))
        elif namesakes:
            self._out.unclear.append(Unclear(line, tuple(each.id for each in namesakes)))
        else:
            self._put(Matched(line, Fate.NEW))

    def _clash(self, line: Line, which: str, sentence: str, **values: object) -> None:
        self._out.clashes.append(Clash(line, which, sentence, values))
