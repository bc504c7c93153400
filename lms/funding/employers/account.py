"""The page on which an employer gives the account their money is paid to."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.core.locked import locker_of
from lms.core.web.notes import flash
from lms.core.web.state import house, now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.funding.employers import applying, bank
from lms.funding.employers.bank import Account, WrongField
from lms.funding.employers.doors import Asking, asking, pages
from lms.funding.employers.forms import AccountForm
from lms.people import second_factor, sessions
from lms.people.guards import requires, viewer
from lms.people.own_secret import look
from lms.people.rules import Role


@pages.route("/get-training-paid/account", methods=["GET", "POST"])
@requires(Role.EMPLOYER)
def bank_account() -> ResponseReturnValue:
    """Give or change the account, with one's own password again; every employer of the household is told by mail."""
    who = asking()
    if not who.may_accept:
        raise NotFound("bank details")
    form = AccountForm()
    with_code = second_factor.owed(unit(), viewer().person_id)
    has_secret = sessions.has_secret(unit(), viewer().person_id)
    if has_secret and form.validate_on_submit():
        account = _typed(form)
        if account is not None and _given(form, who, account):
            flash(_("Your bank account is saved. We have sent you a mail about it."), "lms_done")
            return redirect(url_for(".home", household=who.id))
    return render_template(
        "lms/funding/employers/account.html",
        form=form,
        who=who,
        shown=bank.shown(unit(), who.id),
        with_code=with_code,
        has_secret=has_secret,
    )


def _typed(form: AccountForm) -> Account | None:
    try:
        return bank.account_of(form.holder.data or "", form.sort_code.data or "", form.number.data or "")
    except WrongField as wrong:
        form[wrong.field].errors = [say_refusal(wrong)]
    except Refused as refusal:
        form.holder.errors = [say_refusal(refusal)]
    return None


def _given(form: AccountForm, who: Asking, account: Account) -> bool:
    person_id: UUID = viewer().person_id
    looked = look(person_id, form.password.data or "", form.code.data)  # gives this request's unit of work back
    if not looked.right:
        form.password.errors = [looked.problem]
        return False
    try:
        bank.give(
            unit(),
            locker_of(house(), bank.PURPOSE),
            once=form.key(),
            employer_id=who.id,
            account=account,
            own_account=bool(form.own.data),
            secret_fits=looked.right,
            by=person_id,
            now=now(),
        )
        applying.hold_account(unit(), employer_id=who.id, authority_ids=[who.authority_id])
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        return False
    unit().commit()
    return True
