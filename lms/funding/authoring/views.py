"""The pages on which an authority sees its schemes: the list, one scheme with how sure each figure is, its file."""

import io
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.funding import texts
from lms.funding.authoring import names, queries, services
from lms.funding.authoring.editing import as_yaml, data_of
from lms.funding.authoring.telling import conditions_in_words, item_notes, line, rules_in_words
from lms.funding.content import Schemes, answer, disagreeing
from lms.funding.labels import CLAIMANTS, LEARNERS
from lms.funding.scheme import Adoption, Scheme
from lms.funding.standing import standings
from lms.funding.texts import SCHEME_STATUSES
from lms.funding.vocabulary import EvidenceKind, SchemeStatus
from lms.learning.titles import titles as module_titles
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Nation, Role

pages = room("schemes", __name__)

READERS = (Role.FUNDING_OFFICER, Role.COORDINATOR, Role.ADMIN)
WRITERS = (Role.FUNDING_OFFICER, Role.ADMIN)
"""Who answers for the authority's money decides on its schemes; coordinators see them."""

ONE = "/funding/schemes/<uuid:authority_id>/<code>"
STATUS_COLOURS = {
    SchemeStatus.OPEN: "green",
    SchemeStatus.CLOSING: "yellow",
    SchemeStatus.CLOSED: "grey",
    SchemeStatus.WITHDRAWN: "grey",
}


@dataclass(frozen=True)
class Row:
    """A scheme in the list: where it stands, how many figures are sure, and what the authority counts under it."""

    scheme: Scheme
    status: SchemeStatus
    open_figures: int
    figures: int
    counted: int
    mine: bool


@pages.get("/funding/schemes")
@requires(*READERS)
def schemes() -> ResponseReturnValue:
    """Every scheme an authority has, those that take something first; and what is being written."""
    authority = authority_for(*READERS)
    found, code = queries.schemes_for(unit(), authority, on=today()), queries.authority_code(unit(), authority)
    made = queries.published_in(unit(), authority)
    drafts = queries.drafts_of(unit(), authority)
    mine = {each.scheme for each in made if not each.withdrawn_at}
    where = people.organisation(unit(), authority)
    rows = [_row(each, found, code, mine) for each in found.all if _concerns(each, code, where.nation)]
    return render_template(
        "lms/funding/schemes/schemes.html",
        authority=authority,
        where=where,
        taking=[row for row in rows if row.status in {SchemeStatus.OPEN, SchemeStatus.CLOSING}],
        over=[row for row in rows if row.status in {SchemeStatus.CLOSED, SchemeStatus.WITHDRAWN}],
        coming=[each for each in made if each.valid_from > today() and not each.withdrawn_at],
        drafts=drafts,
        names=people.persons(unit(), {*(one.changed_by for one in drafts), *(one.by for one in made)}),
        statuses=SCHEME_STATUSES,
        colours=STATUS_COLOURS,
        kinds=names.KINDS,
        writes=may_write(authority),
        form=OnceForm(),
    )


def _concerns(scheme: Scheme, code: str, nation: Nation | None) -> bool:
    """Whether a scheme can have to do with an authority: it is of its nation, and not for other areas alone."""
    return scheme.nation == nation and (not scheme.area_codes or code in scheme.area_codes)


def _row(scheme: Scheme, found: Schemes, authority: str, mine: set[str]) -> Row:
    adoption = found.adoption(authority, scheme.code)
    told = standings(scheme, adoption)
    unsure = sum(not each.is_fact for each in told)
    counted = len(adoption.covers) if adoption else 0
    return Row(scheme, scheme.status_on(today()), unsure, len(told), counted, scheme.code in mine)


@pages.get(ONE)
@requires(*READERS)
def scheme(authority_id: UUID, code: str) -> ResponseReturnValue:
    """One scheme in words: what it pays, how sure each figure is, what the authority counts, its worked cases."""
    found, adoption = own_scheme(authority_id, code)
    given = queries.confirmations(unit(), authority_id, code)
    decided = queries.adopted(unit(), authority_id, code)
    lines = [line(each, found, _, language()) for each in standings(found, adoption)]
    return render_template(
        "lms/funding/schemes/scheme.html",
        authority=authority_id,
        where=people.organisation(unit(), authority_id),
        scheme=found,
        status=found.status_on(today()),
        statuses=SCHEME_STATUSES,
        colours=STATUS_COLOURS,
        kinds=names.KINDS,
        lines=lines,
        items=[(item, ", ".join(item_notes(item, _)), _evidence(item.evidence)) for item in found.items],
        claimants=[_(CLAIMANTS[kind]) for kind in found.claimants],
        beneficiaries=[_(LEARNERS[kind]) for kind in found.beneficiaries],
        excluded=[_(LEARNERS[kind]) for kind in found.excluded_learners],
        conditions=list(conditions_in_words(found, _, language())),
        rules=list(rules_in_words(found, _, language())),
        covers=adoption.covers if adoption else (),
        titles=module_titles(unit(), language()),
        decided=decided[0] if decided else None,
        confirmations=given,
        about={each.key: each.about for each in lines},
        cases=_cases(found),
        people=people.persons(unit(), {*(each.by for each in given), *(each.by for each in decided)}),
        writes=may_write(authority_id),
        form=OnceForm(),
        today=today(),
    )


def _evidence(kinds: tuple[EvidenceKind, ...]) -> str:
    return ", ".join(_(names.EVIDENCE[kind]) for kind in kinds) or _("nothing")


def _cases(found: Scheme) -> list[Mapping[str, object]]:
    """The worked cases with what comes out of each, in words."""
    wrong = Counter(said.split(":")[0] for said in disagreeing(found))
    told: list[Mapping[str, object]] = []
    for case in found.cases:
        verdict = texts.tell(answer(found, case), _, language())
        told.append({"id": case.id, "items": ", ".join(case.items), "told": verdict, "agrees": not wrong[case.id]})
    return told


@pages.get(f"{ONE}/file")
@requires(*READERS)
def scheme_file(authority_id: UUID, code: str) -> Response:
    """A scheme as a file, which `lms check` reads; or in the folder a pack has it in, as one archive."""
    if authority_id not in viewer().authorities(*READERS):
        raise NotFound("authority")
    found = queries.schemes_for(unit(), authority_id, on=today(), as_written=True).by_code.get(code)
    if found is None:
        raise NotFound("scheme")
    return as_download(as_yaml(data_of(found)), f"{found.code}-{found.edition}")


@pages.post(f"{ONE}/draft")
@requires(*WRITERS)
def start(authority_id: UUID, code: str) -> ResponseReturnValue:
    """Begin a draft: a change of this scheme, or next year's."""
    mine(authority_id)
    form = OnceForm()
    try:
        draft_id = services.start_draft(
            unit(),
            once=form.key(),
            authority_id=authority_id,
            based_on=code,
            year_later=request.form.get("year") == "next",
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
        return redirect(url_for(".scheme", authority_id=authority_id, code=code))
    unit().commit()
    return redirect(url_for(".draft", draft_id=draft_id))


@pages.post("/funding/schemes/<uuid:authority_id>/editions/<uuid:edition_id>/take-back")
@requires(*WRITERS)
def take_back(authority_id: UUID, edition_id: UUID) -> ResponseReturnValue:
    """Take a published edition back before its first day."""
    mine(authority_id)
    try:
        services.take_back(unit(), edition_id=edition_id, authority_id=authority_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("Taken back. What held before goes on."), "lms_done")
    return redirect(url_for(".schemes", authority=authority_id))


def as_download(document: str, name: str) -> Response:
    """A scheme file to keep, or a pack with it when `?as=pack` asks for one."""
    if request.args.get("as") != "pack":
        answer = Response(document, mimetype="application/yaml")
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
        return answer
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(f"{name}/funding/{name}.yaml"), document)
    answer = Response(packed.getvalue(), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return answer


def own_scheme(authority_id: UUID, code: str) -> tuple[Scheme, Adoption | None]:
    """A scheme of an authority the viewer works for, and what that counts under it. NotFound for any other."""
    if authority_id not in viewer().authorities(*READERS):
        raise NotFound("authority")
    found = queries.schemes_for(unit(), authority_id, on=today())
    if code not in found.by_code:
        raise NotFound("scheme")
    return found.by_code[code], found.adoption(queries.authority_code(unit(), authority_id), code)


def mine(authority_id: UUID) -> None:
    """Raise NotFound unless the viewer decides on this authority's schemes."""
    if not may_write(authority_id):
        raise NotFound("authority")


def may_write(authority_id: UUID) -> bool:
    """Whether the viewer decides on this authority's schemes."""
    return authority_id in viewer().authorities(*WRITERS)
