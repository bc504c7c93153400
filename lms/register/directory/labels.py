"""What codes of a simple register are called on pages; message ids."""

from collections.abc import Mapping

from lms.core.words import N_, Say
from lms.register.directory.words import AbuseAnswer, AbuseReason, BackReason, Reported, Way
from lms.register.kinds import ContactModel

DAYS: Mapping[str, str] = {
    "mon": N_("Monday"),
    "tue": N_("Tuesday"),
    "wed": N_("Wednesday"),
    "thu": N_("Thursday"),
    "fri": N_("Friday"),
    "sat": N_("Saturday"),
    "sun": N_("Sunday"),
}
PARTS: Mapping[str, str] = {
    "morning": N_("Morning"),
    "afternoon": N_("Afternoon"),
    "evening": N_("Evening"),
    "night": N_("Night"),
}
HOURS: Mapping[str, str] = {
    "to_10": N_("Up to 10 hours a week"),
    "to_20": N_("10 to 20 hours a week"),
    "to_30": N_("20 to 30 hours a week"),
    "over_30": N_("More than 30 hours a week"),
    "varies": N_("It changes from week to week"),
}
LANGUAGES: Mapping[str, str] = {
    "en": N_("English"),
    "cy": N_("Welsh"),
    "bsl": N_("British Sign Language"),
    "ar": N_("Arabic"),
    "bn": N_("Bengali"),
    "ca": N_("Catalan"),
    "cs": N_("Czech"),
    "de": N_("German"),
    "el": N_("Greek"),
    "es": N_("Spanish"),
    "fa": N_("Persian"),
    "fr": N_("French"),
    "gd": N_("Scottish Gaelic"),
    "gu": N_("Gujarati"),
    "hi": N_("Hindi"),
    "hu": N_("Hungarian"),
    "it": N_("Italian"),
    "ku": N_("Kurdish"),
    "lt": N_("Lithuanian"),
    "lv": N_("Latvian"),
    "ml": N_("Malayalam"),
    "ne": N_("Nepali"),
    "nl": N_("Dutch"),
    "pa": N_("Punjabi"),
    "pl": N_("Polish"),
    "ps": N_("Pashto"),
    "pt": N_("Portuguese"),
    "ro": N_("Romanian"),
    "ru": N_("Russian"),
    "sk": N_("Slovak"),
    "so": N_("Somali"),
    "sq": N_("Albanian"),
    "sw": N_("Swahili"),
    "ta": N_("Tamil"),
    "te": N_("Telugu"),
    "th": N_("Thai"),
    "tl": N_("Tagalog"),
    "tr": N_("Turkish"),
    "uk": N_("Ukrainian"),
    "ur": N_("Urdu"),
    "vi": N_("Vietnamese"),
    "yo": N_("Yoruba"),
    "zh": N_("Chinese"),
}


def by_name(say: Say) -> list[tuple[str, str]]:
    """Every language as name and code, in the order of their names in the reader's language."""
    return sorted((say(called), code) for code, called in LANGUAGES.items())


OFTEN = ("en", "cy", "bsl", "pl", "ur", "pa", "bn", "ro")
"""The languages asked first; the others stand behind “More languages”."""

MODELS: Mapping[ContactModel, str] = {
    ContactModel.OPEN_DIRECTORY: N_("Open directory"),
    ContactModel.MASKED: N_("Messages through this site"),
    ContactModel.ADVERT_REPLY: N_("Vacancies that PAs answer"),
    ContactModel.TEAM_MATCH: N_("The register team introduces people"),
}
MODELS_SAID: Mapping[ContactModel, str] = {
    ContactModel.OPEN_DIRECTORY: N_(
        "Employers search profiles. They see the telephone number and e-mail address of a PA who wants that."
    ),
    ContactModel.MASKED: N_(
        "Employers search profiles and write through this site. Contact details pass only when the PA agrees."
    ),
    ContactModel.ADVERT_REPLY: N_(
        "Employers post vacancies, and PAs who may answer do. Nobody can browse PAs, and nobody sees an address."
    ),
    ContactModel.TEAM_MATCH: N_("Only the register team searches. It asks a PA first, and then tells the employer."),
}
MODELS_TO_PA: Mapping[ContactModel, str] = {
    ContactModel.OPEN_DIRECTORY: N_(
        "Employers who are registered with %(authority)s can find your profile here. They see the telephone number and "
        "e-mail address you write below, and nothing else to reach you by."
    ),
    ContactModel.MASKED: N_(
        "Employers who are registered with %(authority)s can find your profile here and write to you through this "
        "site. They get your telephone number or e-mail address only when you pass it to them."
    ),
    ContactModel.ADVERT_REPLY: N_(
        "Nobody can browse profiles here. An employer sees yours when you answer their vacancy, and not before."
    ),
    ContactModel.TEAM_MATCH: N_(
        "Only the register team of %(authority)s searches profiles. They ask you before an employer learns of you."
    ),
}
BACK_REASONS: Mapping[BackReason, str] = {
    BackReason.CONTACT_DETAILS: N_("It has contact details or an address in it"),
    BackReason.ABOUT_SOMEBODY_ELSE: N_("It says something about somebody else"),
    BackReason.TOO_PRIVATE: N_("It says more about health or home than others need to know"),
    BackReason.NOT_TRUE: N_("Something in it does not agree with what we know"),
    BackReason.UNFAIR: N_("It leaves people out unfairly, or could hurt somebody"),
    BackReason.UNCLEAR: N_("We do not understand it well enough"),
    BackReason.NOT_FOR_HERE: N_("It is about something this register is not for"),
}
ABUSE_REASONS: Mapping[AbuseReason, str] = {
    AbuseReason.RUDE: N_("It is rude or hurtful"),
    AbuseReason.FRIGHTENING: N_("It frightens me, or threatens somebody"),
    AbuseReason.SEXUAL: N_("It is sexual"),
    AbuseReason.MONEY: N_("Somebody wants money, or bank details"),
    AbuseReason.PRETENDING: N_("Somebody is not who they say they are"),
    AbuseReason.DISCRIMINATION: N_("It treats people unfairly for who they are"),
    AbuseReason.PRIVATE_DETAILS: N_("It gives away somebody’s private details"),
    AbuseReason.OTHER: N_("Something else"),
}
ABUSE_ANSWERS: Mapping[AbuseAnswer, str] = {
    AbuseAnswer.NOTHING_WRONG: N_("Looked at: nothing has to be done"),
    AbuseAnswer.TALKED: N_("Talked with whoever wrote it"),
    AbuseAnswer.TAKEN_OFF: N_("Taken off the register"),
    AbuseAnswer.PASSED_ON: N_("Passed on to safeguarding or the police"),
}
REPORTED: Mapping[Reported, str] = {
    Reported.PROFILE: N_("A profile"),
    Reported.MESSAGES: N_("Messages"),
    Reported.VACANCY: N_("A vacancy"),
}
WAYS: Mapping[Way, str] = {
    Way.PROFILE: N_("Found by profile"),
    Way.VACANCY: N_("Answer to a vacancy"),
    Way.TEAM: N_("Introduced by the register team"),
}
