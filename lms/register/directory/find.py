"""Employers' pages: search profiles, look at one, open contact details, write, report."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.pages import Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.people.guards import requires, viewer
from lms.people.rules import Role
from lms.register import queries as register
from lms.register.directory import contact_queries, contacts, labels, queries, reports, searching
from lms.register.directory.contacts import BROWSED
from lms.register.directory.doors import (
    Household,
    beside_profile,
    household,
    pages,
    training_choices,
)
from lms.register.directory.forms import ButtonForm, FirstMessageForm, ReportForm, refuse_where
from lms.register.directory.profile import DAYS, PARTS
from lms.register.directory.searching import ProfileView, Wanted
from lms.register.directory.tags import area_code
from lms.register.directory.words import Reported, Side
from lms.register.kinds import ContactModel, ListingState

PAGE_SIZE = 20


@pages.get("/find-a-pa")
@requires(Role.EMPLOYER, Role.REPRESENTATIVE)
def find() -> ResponseReturnValue:
    """Search the profiles of one's own authority; where PAs cannot be browsed, say what to do instead."""
    home = household()
    if home.setting.contact_model not in BROWSED:
        return render_template("lms/register/directory/not_browsed.html", home=home, labels=labels)
    number, wanted = page_number(), asked(home.setting.areas)
    found, total = searching.search(
        unit(),
        home.authority.id,
        wanted,
        today(),
        employer_id=home.id,
        offset=(number - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )
    return render_template(
        "lms/register/directory/find.html",
        home=home,
        page=Page(found, number, total, size=PAGE_SIZE),
        pagination=pagination,
        statement=statement(home.authority.id),
        label=provisional_label(home.authority.id),
        **filters(home.setting.areas, wanted),
    )


@pages.get("/find-a-pa/<uuid:pa_id>")
@requires(Role.EMPLOYER, Role.REPRESENTATIVE)
def one(pa_id: UUID) -> ResponseReturnValue:
    """One profile, as its authority lets employers see it."""
    home = household()
    found = seen(home, pa_id)
    known = contact_queries.contact_between(unit(), pa_id, home.id, home.authority.id)
    return render_template(
        "lms/register/directory/one.html",
        home=home,
        found=found,
        beside=beside_profile(pa_id, home.authority.id, provisional=found.state is ListingState.PROVISIONAL),
        contact=known if known and known.open_to_household else None,
        opened=queries.has_opened(unit(), pa_id, home.id),
        open_directory=home.setting.contact_model is ContactModel.OPEN_DIRECTORY,
        may_write=home.setting.contact_model in BROWSED,
        statement=statement(home.authority.id),
        labels=labels,
        form=ButtonForm(),
    )


@pages.post("/find-a-pa/<uuid:pa_id>/details")
@requires(Role.EMPLOYER, Role.REPRESENTATIVE)
def open_details(pa_id: UUID) -> ResponseReturnValue:
    """Open a PA's contact details, where the directory is an open one. It is written down who did."""
    home = household()
    try:
        contacts.open_details(
            unit(),
            pa_id=pa_id,
            employer_id=home.id,
            authority_id=home.authority.id,
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
    return redirect(url_for(".one", pa_id=pa_id, household=home.id))


@pages.route("/find-a-pa/<uuid:pa_id>/write", methods=["GET", "POST"])
@requires(Role.EMPLOYER, Role.REPRESENTATIVE)
def write_first(pa_id: UUID) -> ResponseReturnValue:
    """Write to a PA for the first time."""
    home = household()
    found = seen(home, pa_id)
    if home.setting.contact_model not in BROWSED:
        raise NotFound("profile")
    form = FirstMessageForm(data={"called": viewer().name.split()[0]} if request.method == "GET" else None)
    if form.validate_on_submit():
        try:
            contact_id = contacts.begin(
                unit(),
                once=form.key(),
                pa_id=pa_id,
                employer_id=home.id,
                authority_id=home.authority.id,
                called=form.called.data or "",
                text=form.text.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            refuse_where(form, refusal)
        else:
            unit().commit()
            flash(_("Your message is sent."), "lms_done")
            return redirect(url_for(".talk", contact_id=contact_id))
    return render_template("lms/register/directory/write.html", form=form, home=home, found=found)


@pages.route("/find-a-pa/<uuid:pa_id>/report", methods=["GET", "POST"])
@requires(Role.EMPLOYER, Role.REPRESENTATIVE)
def report_profile(pa_id: UUID) -> ResponseReturnValue:
    """Tell the register team that something about a profile is wrong."""
    home = household()
    found = seen(home, pa_id)
    form = ReportForm()
    if form.validate_on_submit():
        try:
            reports.report(
                unit(),
                once=form.key(),
                authority_id=home.authority.id,
                kind=Reported.PROFILE,
                target_id=found.version_id,
                reason=form.chosen(),
                word=form.word.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Thank you. Somebody of the register team looks at it."), "lms_done")
            return redirect(url_for(".find", household=home.id))
    back = url_for(".one", pa_id=pa_id, household=home.id)
    return render_template("lms/register/directory/report.html", form=form, back=back, back_text=found.profile.called)


@pages.post("/find-a-pa/<uuid:pa_id>/block")
@requires(Role.EMPLOYER, Role.REPRESENTATIVE)
def block_pa(pa_id: UUID) -> ResponseReturnValue:
    """The household does not want to see or hear from a PA any more."""
    home, form = household(), ButtonForm()
    seen(home, pa_id)
    contacts.block(
        unit(),
        once=form.key(),
        authority_id=home.authority.id,
        pa_id=pa_id,
        employer_id=home.id,
        side=Side.EMPLOYER,
        blocked=True,
        by=viewer().person_id,
        now=now(),
    )
    unit().commit()
    flash(_("You do not see each other here any more."), "lms_done")
    return redirect(url_for(".find", household=home.id))


def seen(home: Household, pa_id: UUID) -> ProfileView:
    """A profile this household may see today. NotFound for every other.

    Where PAs cannot be browsed, it has to have come to the household: by an answer to its vacancy, or by the team.
    """
    found = searching.visible_profile(unit(), pa_id, home.authority.id, today(), employer_id=home.id)
    if found is not None and home.setting.contact_model not in BROWSED:
        known = contact_queries.contact_between(unit(), pa_id, home.id, home.authority.id)
        found = found if known is not None and known.open_to_household else None
    if found is None:
        raise NotFound("profile")
    return found


def asked(areas: tuple[str, ...]) -> Wanted:
    """What the address asks for; whatever is not on our lists asks for nothing."""
    day, part = request.args.get("day", ""), request.args.get("part", "")
    days, parts = [d for d in DAYS if d == day] or DAYS, [p for p in PARTS if p == part] or PARTS
    timed = day in DAYS or part in PARTS
    area, spoken = request.args.get("area", ""), request.args.get("language", "")
    learned = request.args.get("training", "")
    return Wanted(
        areas=(area,) if area in {area_code(name) for name in areas} else (),
        languages=(spoken,) if spoken in labels.LANGUAGES else (),
        times=tuple(f"{d}_{p}" for d in days for p in parts) if timed else (),
        training=(learned,) if learned in {code for code, _title in training_choices()} else (),
    )


def filters(areas: tuple[str, ...], wanted: Wanted) -> dict[str, object]:
    """What the form above a list of profiles is filled with."""
    return {
        "areas": [(area_code(name), name) for name in areas],
        "training": training_choices(),
        "wanted": wanted,
        "day_asked": request.args.get("day", ""),
        "part_asked": request.args.get("part", ""),
        "labels": labels,
    }


def provisional_label(authority_id: UUID) -> str:
    """The label beside PAs who are shown while something is still missing."""
    edition = register.edition_for(unit(), authority_id, today())
    return edition.file.provisional.label.text(language()) if edition else ""


def statement(authority_id: UUID) -> str:
    """What the authority says to everybody who looks at its register, such as that it recommends nobody."""
    edition = register.edition_for(unit(), authority_id, today())
    said = edition.file.statement_to_users if edition else None
    return said.text(language()) if said else ""
