"""What kinds, states and endings are called on pages."""

from lms.core.words import N_
from lms.programme.contacts.words import AlertStep, CallEnd, Referral, Standing, Way, Whom, WithWhom

WAYS = {
    Way.TELEPHONE: N_("Telephone"),
    Way.VISIT: N_("Visit"),
    Way.EMAIL: N_("E-mail"),
    Way.LETTER: N_("Letter"),
}
WITH = {
    WithWhom.PA: N_("The PA"),
    WithWhom.EMPLOYER: N_("The employer"),
    WithWhom.REPRESENTATIVE: N_("Somebody who acts for the employer"),
    WithWhom.SOMEBODY_ELSE: N_("Somebody else"),
}
CALLED = {Whom.PA: N_("Call the PA"), Whom.EMPLOYER: N_("Call the employer")}
STANDINGS = {
    Standing.OVERDUE: N_("Overdue"),
    Standing.DUE: N_("Due"),
    Standing.COMING: N_("To come"),
    Standing.DONE: N_("Done"),
}
ENDS = {
    CallEnd.ANSWERED: N_("Answered"),
    CallEnd.NOT_WANTED: N_("Did not want to answer"),
    CallEnd.NOT_REACHED: N_("Could not be reached"),
    CallEnd.EMPLOYMENT_ENDED: N_("The employment ended"),
}
STEPS = {
    AlertStep.TOLD: N_("%(name)s was told"),
    AlertStep.REMINDED: N_("%(name)s was reminded"),
    AlertStep.ACKNOWLEDGED: N_("%(name)s has it"),
    AlertStep.TAKEN_OVER: N_("%(name)s has taken it over"),
    AlertStep.CLOSED: N_("%(name)s closed it"),
}
REFERRALS = {
    Referral.ADULT_SAFEGUARDING: N_("Referred to the adult safeguarding team"),
    Referral.CHILDRENS_SAFEGUARDING: N_("Referred to the children’s safeguarding team"),
    Referral.POLICE: N_("Told the police"),
    Referral.NO_FURTHER_ACTION: N_("No further action"),
}
