"""The page on which a funding officer sees where an approved application is paid to."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from lms.core.locked import locker_of
from lms.core.web.state import house, now, unit
from lms.core.web.texts import say_refusal
from lms.core.words import Refused
from lms.funding.employers import bank, paying_out
from lms.funding.employers.doors import pages
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role


@pages.get("/funding/claims/<uuid:claim_id>/account")
@requires(Role.FUNDING_OFFICER)
def pay_out(claim_id: UUID) -> ResponseReturnValue:
    """Say what happens when the account is shown; show it once that was pressed."""
    within = viewer().authorities(Role.FUNDING_OFFICER)
    found = paying_out.to_pay(unit(), claim_id, within=within)
    employer = people.organisation(unit(), found.claimant_id) if found.claimant_id else None
    return render_template(
        "lms/funding/employers/pay_out.html",
        claim=found,
        employer=employer,
        kept=bank.shown(unit(), employer.id) if employer else None,
    )


@pages.post("/funding/claims/<uuid:claim_id>/account/show")
@requires(Role.FUNDING_OFFICER)
def show_account(claim_id: UUID) -> ResponseReturnValue:
    """Show the account; the employer hears of it."""
    within = viewer().authorities(Role.FUNDING_OFFICER)
    found, account, refused = paying_out.to_pay(unit(), claim_id, within=within), None, ""
    try:
        found, account = paying_out.read(
            unit(),
            locker_of(house(), bank.PURPOSE),
            claim_id=claim_id,
            within=within,
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        unit().rollback()
        refused = say_refusal(refusal)
    else:
        unit().commit()
    page = render_template(
        "lms/funding/employers/pay_out.html",
        claim=found,
        employer=people.organisation(unit(), found.claimant_id) if found.claimant_id else None,
        account=account,
        refused=refused,
    )
    return page, 409 if refused else 200
