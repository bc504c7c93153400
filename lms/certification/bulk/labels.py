"""What pages say for the codes of batches; message ids."""

from collections.abc import Mapping
from dataclasses import dataclass

from lms.certification.bulk.rules import Line, State
from lms.core.words import N_


@dataclass(frozen=True)
class Tag:
    """A state in words, with the colour of its tag."""

    text: str
    colour: str


STATES: Mapping[State, Tag] = {
    State.LOOKING: Tag(N_("Finding out who gets one"), "light-blue"),
    State.READY: Tag(N_("Ready: nothing is issued yet"), "yellow"),
    State.RUNNING: Tag(N_("Being issued"), "light-blue"),
    State.STOPPED: Tag(N_("Stopped"), "orange"),
    State.DONE: Tag(N_("Done"), "green"),
    State.CLOSED: Tag(N_("Put away"), "grey"),
}

LINES: Mapping[Line, Tag] = {
    Line.NEW: Tag(N_("Not looked at yet"), "grey"),
    Line.WILL: Tag(N_("Will get one"), "light-blue"),
    Line.ISSUED: Tag(N_("Issued"), "green"),
    Line.HELD: Tag(N_("Has one already"), "turquoise"),
    Line.MISSING: Tag(N_("Something is missing"), "yellow"),
    Line.WAITS: Tag(N_("Waits for a quality check"), "purple"),
    Line.FAILED: Tag(N_("Went wrong"), "red"),
}

SHOWN = (Line.WILL, Line.ISSUED, Line.HELD, Line.MISSING, Line.WAITS, Line.FAILED)
"""In the order in which a list can be narrowed to them."""
