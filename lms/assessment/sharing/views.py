"""The pages of sharing: the learner chooses who sees what, and those who may look at it look."""

from collections.abc import Sequence
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.confidence import queries as confidence
from lms.assessment.confidence.forms import SAYS
from lms.assessment.content import Framework
from lms.assessment.crossing.pieces import code_mark
from lms.assessment.crossing.queries import awards_of
from lms.assessment.crossing.saying import held_since
from lms.assessment.knowledge.labels import HOW, MARKED_BY_PALMS
from lms.assessment.knowledge.looking import look
from lms.assessment.knowledge.pieces import tell
from lms.assessment.knowledge.places import Places
from lms.assessment.knowledge.queries import progress_of
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.sharing import queries, services
from lms.assessment.sharing.queries import Agreed, Choice
from lms.assessment.sharing.rules import OFFERED, Party, What, can_be_shared
from lms.assessment.sharing.texts import WORDS
from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role

pages = room("sharing", __name__)


@pages.get("/care-certificate/sharing")
@requires(Role.PA)
def mine() -> ResponseReturnValue:
    """Whom one lets see what, whom one could, and what has ended."""
    known = queries.choices(unit(), viewer().person_id, today())
    agreed = queries.agreements_of(unit(), viewer().person_id)
    holding = queries.holding(agreed, known, today())
    over = [each for each in agreed if each not in holding.values()]
    return render_template(
        "lms/assessment/sharing/mine.html",
        choices={what: [each for each in known if can_be_shared(what, each.party)] for what in What},
        holding=holding,
        over=over,
        names=_names(over),
    )


def _names(agreed: list[Agreed]) -> dict[UUID, str]:
    """Names of those an agreement was with, whoever they are to the learner now."""
    assessors = people.persons(unit(), {each.with_id for each in agreed if each.party is Party.ASSESSOR})
    places = people.organisations(unit(), {each.with_id for each in agreed if each.party is not Party.ASSESSOR})
    called = {place.id: place.called(language()) for place in places.values()}
    return {**{person.id: person.name for person in assessors.values()}, **called}


@pages.route("/care-certificate/sharing/<what>/<party>/<uuid:with_id>", methods=["GET", "POST"])
@requires(Role.PA)
def agree(what: str, party: str, with_id: UUID) -> ResponseReturnValue:
    """Read what is agreed to, and agree."""
    choice, kind = _asked(what, party, with_id)
    words = _(WORDS[choice.party, kind], name=choice.called(language()))
    form = OnceForm()
    if form.validate_on_submit():
        try:
            services.agree(
                unit(),
                id=form.key(),
                what=kind,
                party=choice.party,
                with_id=with_id,
                words=words,
                language=language(),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            name = choice.called(language())
            flash(_("%(name)s can see it from now on. You can stop it here.", name=name), "lms_done")
            return redirect(url_for(".mine"))
    return render_template("lms/assessment/sharing/agree.html", form=form, choice=choice, what=kind, said=words)


def _asked(what: str, party: str, with_id: UUID) -> tuple[Choice, What]:
    """Whom and what an address names. Raises NotFound for anything that is not offered to this learner."""
    if what not in set(What) or party not in set(Party) or What(what) not in OFFERED[Party(party)]:
        raise NotFound("sharing")
    return queries.choice(unit(), viewer().person_id, Party(party), with_id, today()), What(what)


@pages.post("/care-certificate/sharing/<uuid:share_id>/stop")
@requires(Role.PA)
def stop(share_id: UUID) -> ResponseReturnValue:
    """Stop letting somebody see something, at once."""
    services.withdraw(unit(), share_id=share_id, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("Stopped. They cannot see it any more."), "lms_done")
    return redirect(url_for(".mine"))


@pages.get("/learners/<uuid:person_id>/care-certificate/how-sure")
@requires(Role.COORDINATOR, Role.ASSESSOR)
def how_sure(person_id: UUID) -> ResponseReturnValue:
    """How sure a learner feels, for a coordinator or an assessor they let see it; for others there is no such page."""
    tie = look(unit(), viewer(), person_id, today())
    if not queries.confidence_shared_with(unit(), viewer(), tie, today()):
        raise NotFound("learner")
    frameworks = frameworks_for(unit(), tie.authority_id).standards()
    return render_template(
        "lms/assessment/sharing/how_sure.html",
        name=people.person(unit(), person_id).name,
        said=[(each, confidence.latest(unit(), person_id, each)) for each in frameworks],
        says=SAYS,
        back=Places(person_id).start(),
    )


@pages.get("/my-pas/<uuid:pa_id>/care-certificate")
@requires(Role.EMPLOYER, Role.REPRESENTATIVE)
def of_my_pa(pa_id: UUID) -> ResponseReturnValue:
    """What a PA lets their employer see; without an agreement there is no such page, as for a stranger."""
    homes = viewer().organisations(Role.EMPLOYER, Role.REPRESENTATIVE)
    home = people.employer_for(unit(), pa_id, homes, today())
    shared = queries.shared_with_household(unit(), viewer(), pa_id, today()) if home else frozenset()
    if home is None or not shared:
        raise NotFound("PA")
    behind = people.organisation(unit(), home).wall
    assert behind is not None  # a household lives behind a wall
    standards = frameworks_for(unit(), behind).standards()
    framework = _edition(standards)
    return render_template(
        "lms/assessment/sharing/of_my_pa.html",
        name=people.person(unit(), pa_id).name,
        pa_id=pa_id,
        framework=framework,
        others=[each for each in standards if each.code != framework.code],
        progress=progress_of(unit(), pa_id, framework) if What.RECORD in shared else None,
        awards=awards_of(unit(), pa_id) if What.RECORD in shared else (),
        said=confidence.latest(unit(), pa_id, framework) if What.CONFIDENCE in shared else None,
        says=SAYS,
        how=HOW,
        by_palms=MARKED_BY_PALMS,
        code_mark=code_mark,
        tell=tell,
        held_since=held_since,
    )


def _edition(standards: Sequence[Framework]) -> Framework:
    """The edition asked for, else the newest. Raises NotFound."""
    asked = request.args.get("edition", "")
    found = next((each for each in standards if asked in {"", each.code}), None)
    if found is None:
        raise NotFound("framework")
    return found
