"""What pages say for the codes of competence; message ids. No Flask here, so that services say the same."""

from collections.abc import Mapping

from lms.assessment.competence.rules import Basis, Employers, Mark, Relation, Risk, Training, WhyNot
from lms.core.words import N_

WHY: Mapping[WhyNot, str] = {
    WhyNot.OWN_WORK: N_("This is your own work, so somebody else has to decide on it."),
    WhyNot.TOO_CLOSE: N_(
        "You are close to this person: a partner, a relative, or you share a home. You can write down what you saw, "
        "as a witness. Somebody else decides."
    ),
    WhyNot.HOUSEHOLD_NEVER: N_(
        "Only an assessor decides on this standard. You can write down what you saw, and the assessor reads it."
    ),
    WhyNot.HOUSEHOLD_NOT_HERE: N_(
        "In your authority an assessor decides on the standards, not the employer. You can write down what you saw, "
        "and the assessor reads it."
    ),
    WhyNot.NO_RECORD: N_(
        "Nobody has recorded yet that you may decide on this standard. What you write is kept as a record. Ask your "
        "training coordinator if you should be able to decide."
    ),
    WhyNot.NOT_THAT_DAY: N_(
        "By our records you could not decide on this standard yet on that day. What you write is kept as a record."
    ),
    WhyNot.ENDED: N_(
        "What you may decide on has ended for this standard. What you write is kept as a record, and your decisions "
        "from before stay. Ask your training coordinator to renew it."
    ),
    WhyNot.NO_TRAINING: N_(
        "There is no training as an assessor on record for you that counts today, and your authority asks for one. "
        "What you write is kept as a record."
    ),
}
"""Said to somebody who may not decide."""

BASES: Mapping[Basis, str] = {
    Basis.QUALIFICATION: N_("A qualification"),
    Basis.EXPERIENCE: N_("Experience in the work"),
    Basis.STANDARDISATION: N_("A standardisation meeting attended"),
    Basis.OTHER: N_("Something else"),
}
TRAININGS: Mapping[Training, str] = {
    Training.AWARD: N_("An award or certificate in assessing"),
    Training.IN_HOUSE: N_("Training by the authority or an organisation"),
    Training.OTHER: N_("Something else"),
}
MARKS: Mapping[Mark, str] = {
    Mark.WATCHED: N_("Every decision is countersigned"),
    Mark.EXPERIENCED: N_("Experienced: nothing has to be countersigned"),
    Mark.COUNTERSIGNS: N_("Countersigns the decisions of others"),
}
RELATIONS: Mapping[Relation, str] = {
    Relation.PARTNER: N_("Husband, wife or partner"),
    Relation.RELATIVE: N_("Relative"),
    Relation.SAME_HOME: N_("Lives in the same home"),
    Relation.FRIEND: N_("Friend"),
    Relation.BUSINESS: N_("In business together, or one owes the other money"),
    Relation.NONE: N_("No tie"),
}
RISKS: Mapping[Risk, str] = {
    Risk.NEW_ASSESSOR: N_("new assessor"),
    Risk.EMPLOYER_AS_ASSESSOR: N_("the employer decided"),
    Risk.RELATIVE_DECLARED: N_("a tie was declared"),
}
EMPLOYERS: Mapping[Employers, str] = {
    Employers.NO: N_("No. They write down what they see, and an assessor decides"),
    Employers.COMPETENT: N_("Yes, in standards for which you recorded what they may assess"),
    Employers.COUNTERSIGNED: N_("Yes. A competent assessor countersigns each decision of one without such a record"),
}
