"""What a link asks, in words. They are read aloud and by tired people: short, one thing each. Message ids."""

from collections.abc import Mapping
from dataclasses import dataclass

from lms.assessment.links.rules import Asks, BadDay, Close, Kind, Met, Real, Saw, Sign, State
from lms.core.words import N_


@dataclass(frozen=True)
class QuestionText:
    """A question, a hint under it, and its choices by code; none where somebody writes or gives a day."""

    asks: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    change: str = ""


QUESTIONS: Mapping[Kind, QuestionText] = {
    Kind.SAW: QuestionText(
        N_("Did you see %(name)s do this?"),
        N_("“I did not see this” is as good an answer."),
        ((Saw.YES, N_("Yes, I saw it")), (Saw.NO, N_("I did not see this"))),
    ),
    Kind.DAY: QuestionText(N_("Which day did you see it?"), N_("If you saw it more than once, choose the last day.")),
    Kind.WHAT: QuestionText(
        N_("What did you see %(name)s do?"),
        N_("A few words are enough. Use initials, not names. You can speak: press the microphone on your keyboard."),
    ),
    Kind.REAL: QuestionText(
        N_("Was it %(name)s's real work?"),
        "",
        (
            (Real.REAL, N_("Yes, it was real work")),
            (Real.SHOWN, N_("No, it was practised or shown")),
            (Real.UNSURE, N_("I am not sure")),
        ),
    ),
    Kind.CLOSE: QuestionText(
        N_("Are you related to %(name)s, or do you live together?"),
        N_("You can tell what you saw either way. It only changes who decides about it."),
        (
            (Close.NO, N_("No")),
            (Close.RELATED, N_("Yes, we are related")),
            (Close.SAME_HOME, N_("Yes, we live in the same home")),
            (Close.NOT_SAID, N_("I would rather not say")),
        ),
    ),
    Kind.MET: QuestionText(
        N_("Can %(name)s do this?"),
        N_(
            "Say yes if you saw it yourself, it was %(name)s's own work, and you have seen enough to be sure. “Not "
            "yet” is no failure."
        ),
        ((Met.YES, N_("Yes")), (Met.NOT_YET, N_("Not yet")), (Met.UNSURE, N_("I cannot say"))),
    ),
    Kind.NEXT: QuestionText(
        N_("What should %(name)s do differently next time?"), N_("%(name)s reads this. One sentence is enough.")
    ),
    Kind.SIGN: QuestionText(
        N_("Do you want to sign this part off?"),
        N_("With what you said, everything in it is met. Your name and today's date will stand beside it."),
        ((Sign.YES, N_("Yes, I sign it off")), (Sign.NO, N_("No, not now"))),
    ),
}

TODAY, YESTERDAY, OTHER = N_("Today, %(day)s"), N_("Yesterday, %(day)s"), N_("Another day")

WRONG_DAYS = {
    BadDay.FUTURE: N_("This day has not come yet. Choose the day on which you saw it."),
    BadDay.TOO_EARLY: N_("This day is before they joined the course. Choose a day since then."),
}

ASKED_AS = {
    Asks.LEARNER: N_("the learner"),
    Asks.ASSESSOR: N_("assessor"),
    Asks.COORDINATOR: N_("training coordinator"),
}
"""In which part somebody asked, as staff read it."""

STATES = {
    State.WAITING: N_("Sent, not opened yet"),
    State.STARTED: N_("Started, not sent yet"),
    State.ANSWERED: N_("Answered"),
    State.CANCELLED: N_("Cancelled"),
    State.SOMEBODY_ELSE: N_("Opened by somebody else"),
    State.OVER: N_("Time is over"),
}
COLOURS = {
    State.WAITING: "blue",
    State.STARTED: "blue",
    State.ANSWERED: "green",
    State.CANCELLED: "grey",
    State.SOMEBODY_ELSE: "yellow",
    State.OVER: "grey",
}
