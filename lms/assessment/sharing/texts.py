"""The words a learner agrees to, by with whom and what. They are kept with the agreement as they were read."""

from collections.abc import Mapping

from lms.assessment.sharing.rules import Party, What
from lms.core.words import N_

WORDS: Mapping[tuple[Party, What], str] = {
    (Party.EMPLOYER, What.RECORD): N_(
        "%(name)s, and whoever acts for them, can see which knowledge of the Care Certificate standards I have shown: "
        "each point, how I showed it, when, and who judged it. That includes what I showed before I worked for them, "
        "and an award that I say I hold. They do not see my answers, what I wrote, or notes of conversations. I can "
        "stop this at any time. It stops by itself when I no longer work for them."
    ),
    (Party.EMPLOYER, What.CONFIDENCE): N_(
        "%(name)s, and whoever acts for them, can see how sure I feel of each standard, as I said it last. They do not "
        "see what I said before that. I can stop this at any time. It stops by itself when I no longer work for them."
    ),
    (Party.ASSESSOR, What.CONFIDENCE): N_(
        "%(name)s, my assessor, can see how sure I feel of each standard, as I said it last. They do not see what I "
        "said before that. I can stop this at any time. It stops by itself when they are no longer my assessor."
    ),
    (Party.COORDINATOR, What.CONFIDENCE): N_(
        "The training coordinators of %(name)s can see how sure I feel of each standard, as I said it last. They do "
        "not see what I said before that. I can stop this at any time. It stops by itself when I leave."
    ),
}
