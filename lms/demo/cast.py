"""Who plays in the demonstration. Every person, place and address is invented."""

from dataclasses import dataclass, field

from lms.people.rules import Nation, OrganisationKind, Role

PASSWORD = "learning together"  # noqa: S105  the demonstration's own, told to everybody in its accounts file


@dataclass(frozen=True)
class Member:
    """Somebody with a role: name, role, the code of the organisation, and the language they prefer."""

    name: str
    role: Role
    at: str
    language: str = "en"


@dataclass(frozen=True)
class Place:
    """An organisation that is not a household."""

    code: str
    name: str
    kind: OrganisationKind
    authority: str
    user_led: bool = False


@dataclass(frozen=True)
class Household:
    """An individual employer, with somebody who acts for them where they want that."""

    name: str
    authority: str
    representative: str | None = None
    language: str = "en"


@dataclass(frozen=True)
class Pa:
    """A PA: whom they work for, how far they have come, and what the register team has seen of them.

    `stage` is one of lms.demo.stories.STAGES; `seen` names what was recorded for the register.
    """

    name: str
    authority: str
    employers: tuple[str, ...]
    stage: str
    seen: tuple[str, ...] = ()
    language: str = "en"
    username: str | None = None
    access_needs: str = ""
    days_ago: int = 40


@dataclass(frozen=True)
class Authority:
    """An authority of the reference rules."""

    code: str
    name: str
    nation: Nation
    name_cy: str | None = None
    languages: tuple[str, ...] = field(default=("en",))


_KIND = OrganisationKind
_STAFF = (
    Role.COORDINATOR,
    Role.REGISTER_OFFICER,
    Role.REGISTER_MANAGER,
    Role.FUNDING_OFFICER,
    Role.QUALITY_ASSURER,
    Role.ADMIN,
    Role.VERIFIER,
)

AUTHORITIES = (
    Authority("RIVERMERE", "Rivermere Council", Nation.ENGLAND),
    Authority("HARBOURGATE", "Harbourgate City Council", Nation.ENGLAND),
    Authority("DYFFRYN", "Dyffryn County Council", Nation.WALES, "Cyngor Sir Dyffryn", ("cy", "en")),
)

PLACES = (
    Place("RIVERMERE-COLLEGE", "Rivermere College", _KIND.COLLEGE, "RIVERMERE"),
    Place("RIVERMERE-IL", "Rivermere Independent Living", _KIND.SUPPORT_ORGANISATION, "RIVERMERE", user_led=True),
    Place("HARBOUR-SKILLS", "Harbour Skills", _KIND.TRAINING_PROVIDER, "HARBOURGATE"),
    Place("HARBOUR-CIL", "Harbourgate Inclusive Living", _KIND.SUPPORT_ORGANISATION, "HARBOURGATE", user_led=True),
    Place("COLEG-DYFFRYN", "Coleg Dyffryn", _KIND.COLLEGE, "DYFFRYN"),
)

_NAMES: dict[str, tuple[str, ...]] = {
    "RIVERMERE": (
        "Carol Bennett",
        "Idris Khan",
        "Maureen Doyle",
        "Peter Ashworth",
        "Sunita Rao",
        "Graham Pike",
        "Lorna Swift",
    ),
    "HARBOURGATE": (
        "Tess Marlow",
        "Ola Adeyemi",
        "Judith Stone",
        "Neil Farrow",
        "Anya Kowalska",
        "Brian Lowe",
        "Bilal Rashid",
    ),
    "DYFFRYN": (
        "Nia Rhys",
        "Gethin Pugh",
        "Catrin Vaughan",
        "Aled Morris",
        "Sioned Parry",
        "Huw Bevan",
        "Delyth Howells",
    ),
}

STAFF = tuple(
    Member(name, role, code, "cy" if code == "DYFFRYN" and role is Role.COORDINATOR else "en")
    for code, names in _NAMES.items()
    for name, role in zip(names, _STAFF, strict=True)
)

ASSESSORS = (
    Member("Hannah Cole", Role.ASSESSOR, "RIVERMERE-COLLEGE"),
    Member("Marcus Webb", Role.ASSESSOR, "RIVERMERE-COLLEGE"),
    Member("Leila Haddad", Role.ASSESSOR, "HARBOUR-SKILLS"),
    Member("Rhodri Llewelyn", Role.ASSESSOR, "COLEG-DYFFRYN", "cy"),
)

HOUSEHOLDS = (
    Household("Amina Yusuf", "RIVERMERE"),
    Household("George Hill", "RIVERMERE", representative="Ellen Hill"),
    Household("Precious Dube", "RIVERMERE"),
    Household("Stephen Lacey", "RIVERMERE"),
    Household("Margaret Oakes", "HARBOURGATE"),
    Household("Tomasz Nowak", "HARBOURGATE", representative="Ewa Nowak"),
    Household("Mair Pritchard", "DYFFRYN", language="cy"),
    Household("Owain Lloyd", "DYFFRYN"),
)

_FIRST = ("RM-ID", "RM-RTW", "RM-REF", "RM-REF/2", "RM-DBS", "RM-CODE", "RM-DECL")
PAS = (
    Pa("Jo Fletcher", "RIVERMERE", ("Amina Yusuf",), "joined", days_ago=2),
    Pa("Chidi Obi", "RIVERMERE", ("Amina Yusuf", "George Hill"), "reading", ("RM-ID",), days_ago=12),
    Pa("Beth Warren", "RIVERMERE", ("George Hill",), "in_check", ("RM-ID", "RM-RTW"), days_ago=20),
    Pa("Ravi Patel", "RIVERMERE", ("Precious Dube",), "check_not_passed", days_ago=22),
    Pa("Aled Price", "RIVERMERE", ("Amina Yusuf",), "waiting_to_be_seen", ("RM-ID", "RM-RTW", "RM-CODE")),
    Pa("Kelly Marsh", "RIVERMERE", ("Stephen Lacey",), "not_yet_met", ("RM-ID",)),
    Pa("Grace Adomako", "RIVERMERE", ("Precious Dube", "Stephen Lacey"), "certified_by_assessor", _FIRST, days_ago=55),
    Pa("Dean Foster", "RIVERMERE", ("George Hill",), "certified_by_employer", ("RM-ID", "RM-RTW", "RM-CODE")),
    Pa("Rosa Delgado", "RIVERMERE", ("Stephen Lacey",), "all_seven_certified", _FIRST, days_ago=46),
    Pa("Femi Ogun", "RIVERMERE", ("Precious Dube",), "in_the_middle", ("RM-ID", "RM-RTW", "RM-CODE"), days_ago=34),
    Pa("Irena Horvat", "RIVERMERE", (), "joined", username="irena.horvat", access_needs="Large print, please."),
    Pa("Tamsin Clarke", "RIVERMERE", (), "before_a_job", ("RM-ID",), days_ago=60),
    Pa("Marta Silva", "RIVERMERE", (), "years_ago", days_ago=1250),
    Pa("Sade Williams", "HARBOURGATE", ("Margaret Oakes",), "certified_by_assessor", ("HG-ID", "HG-RTW", "HG-CODE")),
    Pa("Liam Byrne", "HARBOURGATE", ("Tomasz Nowak",), "reading", ("HG-ID",)),
    Pa("Hari Shah", "HARBOURGATE", ("Tomasz Nowak",), "text_sent_back", ("HG-ID", "HG-RTW"), days_ago=24),
    Pa("Nadia Rahman", "HARBOURGATE", ("Margaret Oakes",), "being_read"),
    Pa("Zofia Lewandowska", "HARBOURGATE", ("Tomasz Nowak",), "knows_it_all", ("HG-ID",), days_ago=50),
    Pa("Joy Mbeki", "HARBOURGATE", ("Margaret Oakes",), "knows_it_all", ("HG-ID", "HG-RTW", "HG-CODE"), days_ago=70),
    Pa("Mared Evans", "DYFFRYN", ("Mair Pritchard",), "waiting_to_be_seen", ("DY-ID", "DY-RTW"), language="cy"),
    Pa("Callum Reid", "DYFFRYN", ("Owain Lloyd",), "certified_by_employer", ("DY-ID", "DY-RTW", "DY-REF", "DY-AREA")),
    Pa("Lowri Thomas", "DYFFRYN", ("Mair Pritchard",), "all_seven", ("DY-ID", "DY-RTW"), language="cy", days_ago=42),
    Pa("Dewi Bowen", "DYFFRYN", ("Owain Lloyd",), "with_prior_learning", ("DY-ID",), days_ago=31),
    Pa("Ffion Jones", "DYFFRYN", ("Mair Pritchard",), "joined", language="cy", days_ago=5),
)

INVITED = (("Tariq Aziz", "RIVERMERE", "Amina Yusuf"), ("Molly Shaw", "RIVERMERE", None))


def email_of(name: str, place: str) -> str:
    """An invented address under example.com, which belongs to nobody."""
    return f"{name.lower().replace(' ', '.')}@{place.lower()}.example.com"
