"""The simple register of the demonstration: on in all three authorities, each with the contact model of its rules.

Profiles that are published, read, sent back and hidden; messages; vacancies that are open, wait and ended; a report.
"""

from contextlib import suppress
from dataclasses import replace
from uuid import UUID, uuid4

from lms.core.words import NotFound, Refused
from lms.demo.listings import MANAGERS, OFFICERS
from lms.demo.people import Stage
from lms.register.directory import contacts, reports, services
from lms.register.directory.profile import DAYS, Profile
from lms.register.directory.words import AbuseReason, BackReason, Outcome, Reported, Side
from lms.register.kinds import ContactModel
from lms.register.vacancies import services as vacancies
from lms.register.vacancies.text import VacancyWords
from lms.register.vacancies.words import EndReason

MODELS = {
    "RIVERMERE": ContactModel.MASKED,
    "HARBOURGATE": ContactModel.ADVERT_REPLY,
    "DYFFRYN": ContactModel.OPEN_DIRECTORY,
}
AREAS = {
    "RIVERMERE": ("Rivermere town", "Northside", "Weir Bank", "Marsh villages"),
    "HARBOURGATE": ("Old Harbour", "Castle Hill", "Eastcliff", "Dockside"),
    "DYFFRYN": ("Upper Dyffryn", "Lower Dyffryn", "Aber Dulas"),
}
_MORNINGS = tuple(f"{day}_morning" for day in DAYS[:5])
_EVENINGS = tuple(f"{day}_evening" for day in DAYS)
_WEEKENDS = ("sat_morning", "sat_afternoon", "sat_evening", "sun_morning", "sun_afternoon")

PROFILES: tuple[tuple[str, str, Profile], ...] = (
    (
        "Olu Adebayo",
        "RIVERMERE",
        Profile(
            called="Olu",
            areas=("Rivermere town", "Northside"),
            times=(*_MORNINGS, "sat_morning"),
            hours="to_30",
            languages=("en", "yo"),
        ),
    ),
    (
        "Hazel Brook",
        "RIVERMERE",
        Profile(
            called="Hazel B",
            areas=("Weir Bank", "Marsh villages"),
            times=_WEEKENDS,
            hours="to_10",
            languages=("en", "bsl"),
        ),
    ),
    (
        "Grace Adomako",
        "RIVERMERE",
        Profile(called="Grace", areas=("Northside",), times=_EVENINGS, hours="to_20", languages=("en",)),
    ),
    (
        "Karen Whitlock",
        "RIVERMERE",
        Profile(
            called="Karen W",
            areas=("Rivermere town",),
            times=("mon_night", "tue_night"),
            hours="varies",
            languages=("en",),
        ),
    ),
    (
        "Owen Marsh",
        "HARBOURGATE",
        Profile(
            called="Owen",
            about="I was a bus driver for eleven years and came to this work through my uncle. I like early mornings, "
            "cooking from scratch and bad jokes. I ask before I do, and I keep quiet when that is what you want.",
            areas=("Old Harbour", "Castle Hill"),
            times=(*_MORNINGS, "sat_morning"),
            hours="to_30",
            languages=("en",),
        ),
    ),
    (
        "Carlos Mendes",
        "HARBOURGATE",
        Profile(
            called="Carlos M",
            about="Tall, calm, and good with hoists. I studied music and would love to work with somebody who goes to "
            "concerts. I do not drive, but I know every bus.",
            areas=("Dockside", "Eastcliff"),
            times=_EVENINGS,
            hours="to_20",
            languages=("en", "pt", "es"),
        ),
    ),
    (
        "Sade Williams",
        "HARBOURGATE",
        Profile(
            called="Sade",
            about="New to this and serious about it. I looked after my nan’s garden and her cat, and I learn fast.",
            areas=("Castle Hill",),
            times=_WEEKENDS,
            hours="to_10",
            languages=("en",),
        ),
    ),
    (
        "Glyn Parry",
        "DYFFRYN",
        Profile(
            called="Glyn Parry",
            areas=("Upper Dyffryn", "Aber Dulas"),
            times=(*_MORNINGS, *_WEEKENDS),
            hours="over_30",
            languages=("cy", "en"),
            phone="01632 960 114",
            email="glyn.parry@dyffryn.example.com",
        ),
    ),
    (
        "Eirlys Hughes",
        "DYFFRYN",
        Profile(
            called="Eirlys",
            areas=("Lower Dyffryn",),
            times=_EVENINGS,
            hours="to_20",
            languages=("cy", "en"),
            email="eirlys.hughes@dyffryn.example.com",
        ),
    ),
)

FILM = VacancyWords(
    title="Saturday evenings with somebody who likes films",
    text="I go to the cinema most Saturdays and to my sister’s for dinner after it. I want somebody who arrives on "
    "time, pushes a wheelchair without being told how brave I am, and has opinions about films. Lifting with a hoist "
    "at the end of the evening; I show you how.",
    called="Margaret",
    area="Castle Hill",
    times=("sat_evening", "sat_night"),
    hours="to_10",
    languages=("en",),
    pay=1310,
)
MORNING = VacancyWords(
    title="Weekday mornings, one hour before work",
    text="I get up at half past six and leave for the office before eight. You help me wash, dress and have coffee, in "
    "that order and without hurry. Polish is welcome, a good mood is not needed.",
    called="Tomasz",
    area="Dockside",
    times=_MORNINGS,
    hours="to_10",
    languages=("en", "pl"),
    pay=1275,
)


def show(stage: Stage) -> None:
    """Switch it on everywhere and let people use it."""
    for code, model in MODELS.items():
        services.choose(
            stage.db,
            once=uuid4(),
            authority_id=stage.places[code],
            is_on=True,
            contact_model=model,
            areas=AREAS[code],
            by=stage.persons[MANAGERS[code]],
            now=stage.ago(30),
        )
    for name, code, profile in PROFILES:
        with suppress(Refused, NotFound):
            _profile(stage, name, code, profile)
    with suppress(Refused, NotFound):
        _waiting_and_sent_back(stage)
    with suppress(Refused, NotFound):
        _messages(stage)
    with suppress(Refused, NotFound):
        _vacancies(stage)


def _profile(
    stage: Stage, name: str, code: str, profile: Profile, *, back: BackReason | None = None, read: bool = True
) -> None:
    who, place = stage.persons[name], stage.places[code]
    services.keep_draft(stage.db, person_id=who, authority_id=place, profile=profile, saves=0, now=stage.ago(3))
    version = uuid4()
    services.send(stage.db, once=version, person_id=who, authority_id=place, now=stage.ago(2.9))
    if not read:
        return
    services.look(
        stage.db,
        once=uuid4(),
        version_id=version,
        authority_id=place,
        outcome=Outcome.SENT_BACK if back else Outcome.PUBLISHED,
        reason=back,
        word="You name the school where you worked before. Leave it out, please; the rest is lovely." if back else "",
        by=stage.persons[OFFICERS[code]],
        now=stage.ago(2.5),
    )


def _waiting_and_sent_back(stage: Stage) -> None:
    """One that waits to be read, one that came back, and a change to one that is published."""
    waits = Profile(called="Beth", areas=("Northside",), times=_MORNINGS, hours="to_20", languages=("en",))
    _profile(stage, "Beth Warren", "RIVERMERE", waits, read=False)
    came_back = Profile(
        called="Liam",
        about="I worked at a school in Eastcliff before this. I like football, and I am patient.",
        areas=("Eastcliff",),
        languages=("en",),
    )
    _profile(stage, "Liam Byrne", "HARBOURGATE", came_back, back=BackReason.ABOUT_SOMEBODY_ELSE)
    changed = replace(PROFILES[0][2], areas=("Rivermere town", "Northside", "Weir Bank"))
    _profile(stage, "Olu Adebayo", "RIVERMERE", changed, read=False)


def _messages(stage: Stage) -> None:
    """Amina and Olu write to each other, and Olu lets her have his number; Precious asks Hazel and waits."""
    place = stage.places["RIVERMERE"]

    def begin(pa: str, household: str, text: str, days: float) -> UUID:
        return contacts.begin(
            stage.db,
            once=uuid4(),
            pa_id=stage.persons[pa],
            employer_id=stage.places[household],
            authority_id=place,
            called=household.split(maxsplit=1)[0],
            text=text,
            by=stage.persons[household],
            now=stage.ago(days),
        )

    first = begin(
        "Olu Adebayo",
        "Amina Yusuf",
        "Hello Olu. I look for somebody on two mornings a week, Tuesdays and Thursdays. I am up early and like music "
        "while I get ready. Would that suit you?",
        2,
    )
    olu = stage.persons["Olu Adebayo"]
    contacts.write(
        stage.db,
        once=uuid4(),
        contact_id=first,
        side=Side.PA,
        text="Good morning Amina. Both days are free from the first of the month. What sort of music?",
        by=olu,
        now=stage.ago(1.6),
    )
    contacts.pass_details(
        stage.db,
        once=uuid4(),
        contact_id=first,
        pa_id=olu,
        phone="01632 960 117",
        email="",
        passed=True,
        now=stage.ago(1.5),
    )
    second = begin("Hazel Brook", "Precious Dube", "Hello, do you have time on Sunday mornings?", 1)
    reports.report(
        stage.db,
        once=uuid4(),
        authority_id=place,
        kind=Reported.MESSAGES,
        target_id=second,
        reason=AbuseReason.OTHER,
        word="This may be a mistake: I think she means another Hazel, who worked for her before.",
        by=stage.persons["Hazel Brook"],
        now=stage.ago(0.6),
    )


def _vacancies(stage: Stage) -> None:
    """One with an answer, one that waits to be read, one that is over."""
    place = stage.places["HARBOURGATE"]
    officer = stage.persons[OFFICERS["HARBOURGATE"]]

    def send(household: str, words: VacancyWords, days: float) -> UUID:
        text = uuid4()
        vacancies.send(
            stage.db,
            once=text,
            vacancy_id=text,
            employer_id=stage.places[household],
            authority_id=place,
            words=words,
            by=stage.persons[household],
            now=stage.ago(days),
        )
        return text

    def publish(text: UUID, days: float) -> UUID:
        vacancies.look(
            stage.db,
            once=uuid4(),
            text_id=text,
            authority_id=place,
            outcome=Outcome.PUBLISHED,
            reason=None,
            word="",
            by=officer,
            now=stage.ago(days),
        )
        return text

    over = publish(send("Margaret Oakes", replace(FILM, title="A gardener for the spring"), 25), 24)
    vacancies.end_by_household(
        stage.db, vacancy_id=over, why=EndReason.FILLED, by=stage.persons["Margaret Oakes"], now=stage.ago(9)
    )
    send("Tomasz Nowak", MORNING, 0.4)
    film = publish(send("Margaret Oakes", FILM, 6), 5)
    vacancies.answer(
        stage.db,
        once=uuid4(),
        vacancy_id=film,
        pa_id=stage.persons["Owen Marsh"],
        text="I see most things that come to the Regal. Saturdays suit me, and I have used hoists for four years.",
        now=stage.ago(1),
    )
