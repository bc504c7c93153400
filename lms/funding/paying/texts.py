"""What pages say about rows of a remittance. Plain tables; pages translate."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.funding.paying.words import Choice, Column, Finding, Settled, Wrong

FINDINGS: Mapping[Finding, tuple[str, str]] = {
    Finding.AGREES: (N_("Agrees"), "green"),
    Finding.PART: (N_("Less than is waited for"), "yellow"),
    Finding.OVER: (N_("More than is waited for"), "yellow"),
    Finding.NOT_DUE: (N_("Claim not approved"), "red"),
    Finding.UNKNOWN: (N_("No such claim here"), "red"),
    Finding.ALREADY: (N_("Taken in before"), "grey"),
    Finding.ALTERED: (N_("Differs from what was taken in before"), "red"),
    Finding.DOUBLE: (N_("Stands in the file twice"), "grey"),
    Finding.WENT_BACK: (N_("Money that goes back"), "green"),
    Finding.WENT_BACK_TOO_MUCH: (N_("Takes back more than was recovered"), "red"),
    Finding.UNREADABLE: (N_("Cannot be read"), "red"),
}
"""Each finding in words, with the colour that repeats it."""

WHAT_NOW: Mapping[Finding, str] = {
    Finding.AGREES: N_("The amount is what is waited for. It is written down when you confirm the file."),
    Finding.PART: N_("The payer paid a part. Ask the payer whether the rest comes, then say what to do."),
    Finding.OVER: N_("The payer paid more than it approved. Ask the payer why before you take it."),
    Finding.NOT_DUE: N_(
        "No money is due for this claim: it is not approved. Look at the claim, then leave the row out."
    ),
    Finding.UNKNOWN: N_("Your authority has no claim or line with this reference. Ask the payer whose money it is."),
    Finding.ALREADY: N_("The same row was taken in from an earlier file. It is left out by itself."),
    Finding.ALTERED: N_(
        "A payment with this reference was taken in before, with another amount or day. Ask the payer which is right."
    ),
    Finding.DOUBLE: N_(
        "The same row stands higher up in this file. It is left out, unless you know that these are two payments."
    ),
    Finding.WENT_BACK: N_("The payer has taken back what was recovered. It is written down as gone back."),
    Finding.WENT_BACK_TOO_MUCH: N_(
        "Write down first on the claim what the payer recovers and why. Then look at this row again."
    ),
    Finding.UNREADABLE: N_(
        "Ask the payer for a corrected file, or leave the row out and write the money down by hand."
    ),
}

CHOICES: Mapping[Choice, str] = {
    Choice.TAKE: N_("Take it: write this money down"),
    Choice.TAKE_AND_CLOSE: N_("Take it, and close the rest: the payer pays no more"),
    Choice.LEAVE_OUT: N_("Leave this row out"),
}

HAPPENS: Mapping[Choice, str] = {
    Choice.TAKE: N_("Is taken"),
    Choice.TAKE_AND_CLOSE: N_("Is taken, the rest is closed"),
    Choice.LEAVE_OUT: N_("Is left out"),
}

WRONGS: Mapping[Wrong, str] = {
    Wrong.NO_REFERENCE: N_("There is no reference."),
    Wrong.NO_AMOUNT: N_("There is no amount."),
    Wrong.AMOUNT_UNREADABLE: N_("The amount cannot be read. It has to be like 75.00 or 1,540.00."),
    Wrong.AMOUNT_NOT_WHOLE_PENCE: N_("The amount has parts of a penny."),
    Wrong.AMOUNT_NOTHING: N_("The amount is nothing."),
    Wrong.AMOUNT_TOO_LARGE: N_("The amount is larger than any payment."),
    Wrong.DAY_UNREADABLE: N_("The day cannot be read. It has to be like 21/11/2026, with four figures for the year."),
    Wrong.DAY_TWO_WAYS: N_("The day can be read two ways."),
    Wrong.DAY_TO_COME: N_("The day has not come yet."),
    Wrong.NO_DAY: N_("There is no day."),
    Wrong.LINE_UNREADABLE: N_("The claim's line is not a number."),
    Wrong.FORMULA: N_("A cell has a formula. PALMS reads no formulas."),
}

COLUMNS: Mapping[Column, tuple[str, str]] = {
    Column.REFERENCE: (N_("Which column has the claim's reference?"), N_("Such as RIVERMERE-2026-0007.")),
    Column.AMOUNT: (N_("Which column has the amount?"), N_("In pounds. A minus is money that goes back to the payer.")),
    Column.DAY: (N_("Which column has the day it was paid?"), N_("None: you say below on which day all of it came.")),
    Column.PAYMENT: (
        N_("Which column has the payer's own payment reference?"),
        N_("With it PALMS sees when a payment is told again with another amount."),
    ),
    Column.LINE: (
        N_("Which column has the number of the claim's line?"),
        N_("None: the amount is for the claim as a whole, and fills its lines in their order."),
    ),
}

SETTLED: Mapping[Settled, str] = {
    Settled.REST_CLOSED: N_("Rest closed: the payer pays no more"),
    Settled.KEPT: N_("What came too much may be kept"),
}
