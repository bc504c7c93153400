"""What is said on pages of mentoring, and the words people agree to."""

from lms.core.words import N_
from lms.programme.mentors.words import Kind, Obstacle, Way

KINDS = {Kind.PA: N_("PA"), Kind.EMPLOYER: N_("Employer, or acting for one")}
WAYS = {Way.EMAIL: N_("E-mail"), Way.PHONE: N_("Telephone")}
LANGUAGES = {"en": N_("English"), "cy": N_("Welsh")}
WHY_NOT = {
    Obstacle.APART: N_("Kept apart"),
    Obstacle.FULL: N_("Has no room at the moment"),
}

AGREE_TO_MENTOR = (
    N_("Coordinators of my council see what I write here, and may choose me for somebody new."),
    N_("The newcomer’s name and how to reach them come to me. I get in touch; they are told nothing about me."),
    N_("I use these details for nothing else, give them to nobody, and do not keep them when it ends."),
    N_("PALMS counts how often I got in touch. It never asks what we spoke about."),
    N_("I can stop at any time, and need not say why."),
)
"""What a mentor agrees to; the edition is WORDING in the rules. Change both together."""

AGREE_TO_ASK = (
    N_("My name, my language and how to reach me, as I write them here, are passed to one mentor."),
    N_("My coordinator chooses the mentor. The mentor gets in touch with me."),
    N_("Coordinators of my council see that I asked, and the place I write down. The mentor is not told the place."),
    N_("PALMS counts how often the mentor got in touch. It never asks what we spoke about."),
    N_("I can end this at any time, and need not say why. The mentor then no longer sees my details here."),
    N_("90 days after the end, what was passed on is deleted."),
)
"""What a newcomer agrees to; the same edition."""
