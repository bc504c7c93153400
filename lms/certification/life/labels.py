"""Words for the life of a certificate: how it stands, what happened, and what each move does. Message ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.certification.life.moves import Move
from lms.certification.life.queries import Happened
from lms.certification.rules import Standing
from lms.core.words import N_

STANDINGS: Mapping[Standing, str] = {
    Standing.VALID: N_("Counts"),
    Standing.SUSPENDED: N_("Suspended"),
    Standing.LAPSED: N_("No longer counts"),
    Standing.REPLACED: N_("Replaced"),
    Standing.WITHDRAWN: N_("Withdrawn"),
}
COLOURS: Mapping[Standing, str] = {
    Standing.VALID: "govuk-tag--green",
    Standing.SUSPENDED: "govuk-tag--yellow",
    Standing.LAPSED: "govuk-tag--grey",
    Standing.REPLACED: "govuk-tag--blue",
    Standing.WITHDRAWN: "govuk-tag--red",
}
HAPPENED: Mapping[Happened, str] = {
    Happened.ISSUED: N_("Issued"),
    Happened.IN_PLACE: N_("Issued in place of %(number)s, with the right name"),
    Happened.SUSPENDED: N_("Suspended"),
    Happened.LIFTED: N_("Counts again"),
    Happened.TOLD_OF_END: N_("The holder was told that it ends soon"),
    Happened.LAPSED: N_("Stopped counting, as it said from the beginning"),
    Happened.RENEWED: N_("Renewed by %(number)s"),
    Happened.REPLACED: N_("Replaced by %(number)s"),
    Happened.WITHDRAWN: N_("Withdrawn"),
}


@dataclass(frozen=True)
class Saying:
    """What a page says of a move: its heading, what will happen, the button, and what is said once it is done."""

    heading: str
    follows: Sequence[str]
    button: str
    done: str
    action: str
    warning: bool = True


MOVES: Mapping[Move, Saying] = {
    Move.SUSPEND: Saying(
        N_("Suspend a certificate"),
        (
            N_(
                "From today it does not count. Whoever checks its number reads “suspended”, since when, and the reason "
                "you choose."
            ),
            N_("The register and the claims are worked out without it."),
            N_("You can lift this again. Nothing on the certificate changes."),
        ),
        N_("Suspend it"),
        N_("The certificate is suspended. The holder is told."),
        N_("Suspend"),
    ),
    Move.LIFT: Saying(
        N_("Lift a suspension"),
        (
            N_("From today it counts as before. Its last day stays the one it had."),
            N_("The register and the claims are worked out with it again."),
            N_("That it was suspended stays on record here."),
        ),
        N_("Lift the suspension"),
        N_("The suspension is lifted. The holder is told."),
        N_("Lift the suspension"),
        warning=False,
    ),
    Move.WITHDRAW: Saying(
        N_("Withdraw a certificate"),
        (
            N_("This is for good: what was withdrawn never comes back. If you are not sure yet, suspend it."),
            N_("Whoever checks its number reads “withdrawn”, the day, and the reason you choose, above what it said."),
            N_("The register is worked out without it, and claims that were drafted because of it are dropped."),
            N_("If it replaced another one, that one is withdrawn too."),
        ),
        N_("Withdraw it for good"),
        N_("The certificate is withdrawn. The holder is told."),
        N_("Withdraw for good"),
    ),
    Move.REPLACE: Saying(
        N_("Replace a certificate because of its name"),
        (
            N_("A new certificate comes, with the right name and a new number. All else on it stays, its days too."),
            N_("Whoever checks the old number, or opens a link to it, reads “replaced”, and not by which one."),
            N_("The old one stays on record. The holder makes new links to the new one."),
        ),
        N_("Issue it with this name"),
        N_("The certificate is replaced. The holder is told."),
        N_("Correct the name"),
        warning=False,
    ),
}
