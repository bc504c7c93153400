"""What is told of a PA, in words."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.register.feed.rules import Told, Way

TOLD: Mapping[Told, str] = {
    Told.NAME: N_("Your name"),
    Told.TRAINING: N_("The training the register asks for that you have, and when you did it"),
    Told.REQUIREMENTS: N_("Other things the register asks for that you meet, and since when"),
    Told.ABOUT: N_("What you wrote about yourself in your profile"),
    Told.AREA: N_("The areas you work in"),
    Told.AVAILABILITY: N_("When you can work"),
    Told.LANGUAGES: N_("The languages you speak or sign"),
    Told.VERDICT: N_("Where you stand with everything the register asks for, also what is missing"),
}

PARTS: Mapping[str, str] = {
    "state": N_("that you are listed"),
    "label": N_("that you are listed for the time being"),
    "display_name": N_("your name"),
    "requirements": N_("what you meet"),
    "profile": N_("what you wrote about yourself"),
    "area": N_("your areas"),
    "availability": N_("when you can work"),
    "languages": N_("your languages"),
    "verdict": N_("where you stand with everything"),
}
"""The parts of what was told, as the list of who received what says them. What says nothing alone is not here."""

WAYS: Mapping[Way, str] = {
    Way.LISTINGS: N_("The list"),
    Way.CHANGES: N_("Changes"),
    Way.VERDICT: N_("One PA’s verdict"),
}
