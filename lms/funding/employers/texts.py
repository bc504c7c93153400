"""What the six questions, their answers and what comes of them are called; message ids."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.funding.employers.answers import Booked, ForWhom, Lives, Step, Wages
from lms.funding.employers.rules import Cost, First, Never, Stop
from lms.funding.vocabulary import ClaimantKind, ClaimState

QUESTIONS: Mapping[Step, str] = {
    Step.COURSE: N_("Which PA, and which course?"),
    Step.WAGES: N_("What do you pay your PA's wages from?"),
    Step.HOME: N_("Where do you live?"),
    Step.FOR_WHOM: N_("Whom does your PA support?"),
    Step.BOOKED: N_("Is the course booked already?"),
    Step.COSTS: N_("What will it cost?"),
}
WAGES: Mapping[Wages, str] = {
    Wages.DIRECT_PAYMENT: N_("A direct payment from my council"),
    Wages.PERSONAL_HEALTH_BUDGET: N_("A personal health budget from the NHS"),
    Wages.OWN_MONEY: N_("My own money"),
    Wages.SOMEBODY_ELSE: N_("Somebody else employs the PA, such as an agency"),
}
LIVES: Mapping[Lives, str] = {
    Lives.ENGLAND: N_("England"),
    Lives.WALES: N_("Wales"),
    Lives.ELSEWHERE: N_("Somewhere else"),
}
FOR_WHOM: Mapping[ForWhom, str] = {
    ForWhom.MYSELF: N_("Me"),
    ForWhom.ADULT: N_("Another adult, for whom I employ the PA"),
    ForWhom.CHILD: N_("A child under 18"),
}
BOOKED: Mapping[Booked, str] = {
    Booked.NO: N_("No, not yet"),
    Booked.BOOKED: N_("Yes, it is booked but not paid"),
    Booked.PAID: N_("Yes, it is booked and paid"),
}
COSTS: Mapping[Cost, str] = {
    Cost.COURSE: N_("The course"),
    Cost.TRAVEL: N_("Travel to the course and back"),
    Cost.COVER: N_("Another PA while mine is away"),
}
STOPS: Mapping[Stop, str] = {
    Stop.BOOKED_ALREADY: N_(
        "The course is booked already. This money has to be asked for, and decided on, before anything is booked."
    ),
    Stop.NOT_THE_EMPLOYER: N_("This money is for whoever employs the PA. Ask the agency to apply."),
    Stop.WAGES_FROM_ELSEWHERE: N_("This money is not for PAs who are paid from there."),
    Stop.LIVES_ELSEWHERE: N_("This money is for people who live in England or Wales."),
    Stop.OTHERS_ASK: N_("A user-led organisation has to ask for this money, and none works with your council yet."),
}
FIRST: Mapping[First, str] = {
    First.ASK_ORGANISATION: N_("Ask %(organisation)s. They ask for this money for you; you do not apply yourself."),
    First.ASK_FOR_PLACE: N_("Ask your council for a place. The price is lowered, so you do not claim anything back."),
    First.GET_QUOTE: N_("Ask whoever gives the course for its price in writing. Do the same for travel and cover."),
    First.SHOW_EMPLOYMENT: N_("Have something ready that shows you employ your PA, such as a payslip or a contract."),
    First.GIVE_ACCOUNT: N_("Give the bank account, in your own name, that the money should be paid to."),
    First.APPLY_BY: N_("Apply by %(day)s. You read and accept the terms yourself."),
    First.APPLY: N_("Apply. You read and accept the terms yourself."),
    First.WAIT_FOR_DECISION: N_("Wait for the decision%(within)s."),
    First.THEN_BOOK: N_("Book the course once you are told yes."),
    First.PAY_AND_KEEP: N_("Pay for the course, and keep the invoice and the receipt."),
    First.CLAIM_BY: N_("Claim the money back by %(day)s."),
    First.CLAIM: N_("Claim the money back."),
}
WITHIN = N_(": usually within %(days)s days")
NEVER: Mapping[Never, str] = {
    Never.DO_NOT_BOOK: N_("Do not book or pay for the course before you are told yes."),
    Never.DO_NOT_ASK_TWICE: N_("Do not ask for the same cost from two places."),
}
WHO_ASKS: Mapping[ClaimantKind, str] = {
    ClaimantKind.USER_LED_ORGANISATION: N_("a user-led organisation near you"),
    ClaimantKind.LOCAL_AUTHORITY_PARTNERSHIP: N_("your council"),
    ClaimantKind.PERSONAL_ASSISTANT: N_("your PA"),
    ClaimantKind.INDIVIDUAL_EMPLOYER: N_("you"),
}
STATES: Mapping[ClaimState, tuple[str, str]] = {
    ClaimState.DRAFT: (N_("Being prepared"), "govuk-tag--grey"),
    ClaimState.SUBMITTED: (N_("Sent in"), "govuk-tag--blue"),
    ClaimState.NEEDS_ACTION: (N_("Something is asked of you"), "govuk-tag--yellow"),
    ClaimState.APPROVED: (N_("Yes"), "govuk-tag--green"),
    ClaimState.REJECTED: (N_("No"), "govuk-tag--red"),
    ClaimState.PAID: (N_("Paid"), "govuk-tag--green"),
    ClaimState.WITHDRAWN: (N_("Withdrawn"), "govuk-tag--grey"),
    ClaimState.RECOVERED: (N_("Paid back"), "govuk-tag--grey"),
}
AFTERWARDS: Mapping[ClaimState, tuple[str, ...]] = {
    ClaimState.SUBMITTED: (
        N_("Somebody reads it and decides%(within)s. You are told by mail and here."),
        NEVER[Never.DO_NOT_BOOK],
    ),
    ClaimState.APPROVED: (
        N_("You can book the course now."),
        N_("Keep the invoice, the receipt and the certificate. Somebody may ask for them."),
        N_("If the course does not take place, tell your council."),
    ),
    ClaimState.REJECTED: (
        N_("Ask your council why, and whether you can ask again."),
        N_("The six questions show whether other money fits."),
    ),
    ClaimState.PAID: (N_("Keep the invoice, the receipt and the certificate. Somebody may ask for them."),),
    ClaimState.WITHDRAWN: (N_("Nothing more happens with it. You can answer the six questions again at any time."),),
    ClaimState.RECOVERED: (N_("Nothing more happens with it. Ask your council when something is not clear."),),
}
"""What happens with an application that nobody here has to do anything about any more."""
YOU: Mapping[str, str] = {
    "lives_in_england": N_("You live in England."),
    "lives_in_wales": N_("You live in Wales."),
    "employs_a_pa": N_("You employ a PA."),
    "terms_accepted_by_employer": N_("You have accepted the terms of this money."),
    "employed_by_claimant": N_("Your PA is employed by you."),
    "pa_works_in_area": N_("Your PA works in the area of your council."),
    "cost_records_kept": N_("You keep papers that show what it cost."),
    "not_a_regulated_professional": N_("Your PA is not a regulated professional, such as a nurse."),
}
"""Conditions of schemes as they are said to the employer; the others stand as everybody reads them."""
PROMISES = (
    N_("What stands here is true as far as I know."),
    N_("I have not been given money for these costs from anywhere else, and I will not ask for it twice."),
    N_("I use the money only for what stands here, and I keep the papers."),
    N_("I say so when something changes, for instance when the course does not take place."),
    N_("Money that was paid for something that did not happen can be asked back."),
)
"""What somebody promises with every application; the scheme's own conditions stand beside them."""
