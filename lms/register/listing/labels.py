"""Words for listings: where one stands, what happened, and what each move does. Message ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.core.words import N_
from lms.register.kinds import ListingState
from lms.register.listing.history import Also
from lms.register.listing.moves import Act

State = ListingState

STATES: Mapping[ListingState, str] = {
    State.DRAFT: N_("Not sent yet"),
    State.SUBMITTED: N_("Applied"),
    State.CHECKING: N_("Being checked"),
    State.PROVISIONAL: N_("Shown with a label"),
    State.LISTED: N_("On the register"),
    State.PAUSED: N_("Paused"),
    State.LAPSED: N_("Hidden: ran out"),
    State.SUSPENDED: N_("Suspended"),
    State.REMOVED: N_("Off the register"),
    State.REFUSED: N_("Turned down"),
}
"""Where a listing stands, in a word or two for lists and tags."""

COLOURS: Mapping[ListingState, str] = {
    State.DRAFT: "govuk-tag--grey",
    State.SUBMITTED: "govuk-tag--light-blue",
    State.CHECKING: "govuk-tag--light-blue",
    State.PROVISIONAL: "govuk-tag--turquoise",
    State.LISTED: "govuk-tag--green",
    State.PAUSED: "govuk-tag--grey",
    State.LAPSED: "govuk-tag--orange",
    State.SUSPENDED: "govuk-tag--yellow",
    State.REMOVED: "govuk-tag--grey",
    State.REFUSED: "govuk-tag--grey",
}

NOT_APPLIED = (
    N_("You have not applied yet"),
    N_("You need not have everything before you apply. The register team tells you what is missing."),
)
TO_THE_PA: Mapping[ListingState, tuple[str, str]] = {
    State.DRAFT: (
        N_("You have begun an application"),
        N_("Nobody else sees it before you send it."),
    ),
    State.SUBMITTED: (
        N_("Your application is sent"),
        N_("The register team of %(authority)s usually looks at it within %(days)s working days."),
    ),
    State.CHECKING: (
        N_("The register team is checking your application"),
        N_("Go on with what is still missing. You are not shown to employers yet."),
    ),
    State.PROVISIONAL: (
        N_("You are on the register, with a label"),
        N_("Employers see the label “%(label)s” with your name."),
    ),
    State.LISTED: (
        N_("You are on the register"),
        N_("%(authority)s shows you as a PA who has everything it asks for."),
    ),
    State.PAUSED: (
        N_("You have paused"),
        N_("Nobody sees you on the register. You can be shown again when you want."),
    ),
    State.LAPSED: (
        N_("You are not shown at the moment"),
        N_("As soon as everything is there again, you come back by yourself."),
    ),
    State.SUSPENDED: (
        N_("The register team has hidden you for now"),
        N_("They are looking into something. Nothing is decided. They will talk with you."),
    ),
    State.REMOVED: (
        N_("You are not on the register any more"),
        N_("What you learned, and your certificates, stay yours."),
    ),
    State.REFUSED: (
        N_("Your application was turned down"),
        N_("What you learned, and your certificates, stay yours."),
    ),
}
"""What the PA reads of their own listing: a heading, and a sentence."""

HAPPENED: Mapping[Act | Also, str] = {
    Act.START: N_("Application begun"),
    Act.SEND: N_("Application sent"),
    Act.TAKE_UP: N_("Taken up by the register team"),
    Act.SHOW: N_("Shown on the register with a label"),
    Act.LIST: N_("Put on the register"),
    Act.REFUSE: N_("Application turned down"),
    Act.PAUSE: N_("Paused by the PA"),
    Act.GO_ON: N_("Shown again after the pause"),
    Act.LEAVE: N_("Left the register"),
    Act.SUSPEND: N_("Suspended: hidden while something is looked into"),
    Act.LIFT: N_("The suspension was lifted"),
    Act.REMOVE: N_("Taken off the register"),
    Act.LAPSE: N_("Hidden because something ran out"),
    Act.COME_BACK: N_("Back on the register"),
    Act.TALK_FIRST: N_("Hidden until a DBS certificate is talked about"),
    Act.OPEN_AGAIN: N_("Opened again"),
    Act.LINK: N_("Goes on under another record of the same PA"),
    Act.UNLINK: N_("Two records are two people again"),
    Also.WARNED: N_("Warned that something runs out on %(day)s"),
    Also.NOTICE: N_("Notice given that the listing ends on %(day)s"),
    Also.NOTICE_TAKEN_BACK: N_("The notice was taken back"),
    Also.REVIEW_ASKED: N_("The PA asked for a review"),
    Also.REVIEW_STANDS: N_("Reviewed: the decision stands"),
    Also.REVIEW_CHANGED: N_("Reviewed: the decision was changed"),
    Also.WAIVED: N_("Waiver until %(day)s"),
    Also.WAIVER_ENDED: N_("Waiver ended early"),
}


@dataclass(frozen=True)
class Saying:
    """What a page says of a move: its heading, what follows, the button, and what is said once it is done."""

    action: str
    heading: str
    follows: Sequence[str]
    button: str
    done: str
    warning: bool = False


_TOLD = N_("The PA is told by e-mail and on their own page.")
_TOLD_WHY = N_("The PA is told, with the reason you choose.")
_COMES_BACK = N_("Once everything is there again, the PA comes back on the register by themselves.")

TEAM: Mapping[Act, Saying] = {
    Act.TAKE_UP: Saying(
        N_("Take up the application"),
        N_("Take up an application"),
        (N_("It is marked as being checked, so that nobody else begins with it."), _TOLD),
        N_("Take it up"),
        N_("The application is being checked. The PA is told."),
    ),
    Act.SHOW: Saying(
        N_("Show with a label"),
        N_("Show a PA with a label"),
        (
            N_("Employers see the PA with a label that says what is still missing."),
            N_("When everything is there, the PA is put on the register without anybody’s doing."),
            N_("When the time for the label is over, or something they began with runs out, they are hidden."),
            _TOLD,
        ),
        N_("Show with the label"),
        N_("The PA is shown with the label. They are told."),
    ),
    Act.LIST: Saying(
        N_("Put on the register"),
        N_("Put a PA on the register"),
        (
            N_("The PA stands on the register from now on."),
            N_("They are warned before something runs out, and hidden when it is not renewed in time."),
            _TOLD,
        ),
        N_("Put on the register"),
        N_("The PA is on the register. They are told."),
    ),
    Act.COME_BACK: Saying(
        N_("Put on the register again"),
        N_("Put a PA on the register again"),
        (N_("Everything is there again, so the PA can be shown."), _TOLD),
        N_("Put on the register"),
        N_("The PA is on the register. They are told."),
    ),
    Act.REFUSE: Saying(
        N_("Turn down the application"),
        N_("Turn down an application"),
        (
            N_("The application ends. The PA can ask for a review, and can apply again."),
            N_("The choice “The law does not allow…” is for a barred PA only. They cannot apply again."),
            _TOLD_WHY,
        ),
        N_("Turn it down"),
        N_("The application is turned down. The PA is told."),
        warning=True,
    ),
    Act.SUSPEND: Saying(
        N_("Suspend"),
        N_("Suspend a listing"),
        (
            N_("The PA is hidden at once, while a concern is looked into. It is not a decision against them."),
            N_("They cannot pause, go on or leave meanwhile. They can ask for a review."),
            N_("A register manager lifts it or takes the PA off the register."),
            _TOLD_WHY,
        ),
        N_("Suspend the listing"),
        N_("The listing is suspended. The PA is told."),
        warning=True,
    ),
    Act.LIFT: Saying(
        N_("Lift the suspension"),
        N_("Lift a suspension"),
        (
            N_("The PA is shown again as before, as far as the rules still allow it."),
            N_("Where something ran out meanwhile, the PA stays hidden until it is renewed."),
            _TOLD_WHY,
        ),
        N_("Lift the suspension"),
        N_("The suspension is lifted. The PA is told."),
    ),
    Act.REMOVE: Saying(
        N_("Take off the register"),
        N_("Take a PA off the register"),
        (
            N_("Reasons marked “at once” hide the PA today. Any other reason gives them days of notice first."),
            N_("The PA can ask for a review, which somebody other than you answers."),
            _TOLD_WHY,
        ),
        N_("Take off the register"),
        N_("That is decided and recorded. The PA is told."),
        warning=True,
    ),
}
"""What the team can do."""

KEEP = Saying(
    N_("Take the notice back"),
    N_("Take a notice back"),
    (N_("The listing does not end. It goes on as it is."), _TOLD),
    N_("Take the notice back"),
    N_("The notice is taken back. The PA is told."),
)

OWN: Mapping[Act, Saying] = {
    Act.PAUSE: Saying(
        N_("Pause"),
        N_("Pause your listing"),
        (
            N_("You are hidden from employers at once."),
            N_("You can be shown again when you want, as long as everything is still there."),
            N_("Dates go on running: see what runs out meanwhile."),
        ),
        N_("Pause now"),
        N_("You have paused. Nobody sees you on the register."),
    ),
    Act.GO_ON: Saying(
        N_("Be shown again"),
        N_("Be shown on the register again"),
        (N_("Employers can see you again as before."),),
        N_("Show me again"),
        N_("You are shown on the register again."),
    ),
    Act.LEAVE: Saying(
        N_("Leave the register"),
        N_("Leave the register"),
        (
            N_("You are off the register at once. Your certificates and what you learned stay yours."),
            N_("The register team keeps the record of what was decided, for as long as its rules say."),
            N_("If you only need a break, pause instead."),
            N_("You can apply again later."),
        ),
        N_("Leave the register"),
        N_("You have left. You can apply again at any time."),
        warning=True,
    ),
}
"""What the PA can do."""
