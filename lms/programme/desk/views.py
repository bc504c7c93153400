"""The desk: what needs the coordinator today, the programme at a glance, and what the authority set for it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from lms.assessment.queues import queries as queues
from lms.assessment.queues.lines import lines as queue_lines
from lms.certification.life.ending import count_ending
from lms.core.cards import Card, cards_for
from lms.core.web.forms import LmsForm
from lms.core.web.notes import flash
from lms.core.web.saying import say
from lms.core.web.state import house, now, today, unit
from lms.core.web.texts import _, _l, say_refusal
from lms.core.words import Refused
from lms.funding.board import queries as board
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.programme.desk import charts, lists, setting, texts
from lms.programme.desk.doors import pages
from lms.programme.desk.list_views import address_of
from lms.programme.desk.rules import LAPSES_WITHIN, LEAST_DAYS, MOST_DAYS, Who

TODAY = 5
"""Things of the queue that stand on the desk; the queue has all of them."""

SOON = 40
"""Cards below this weight are something to do; others are to know, and stand on the home page alone."""

OWN = "lms.programme_desk."


@dataclass(frozen=True)
class MonthLine:
    """A month of the table beside the charts."""

    first: date
    began: int
    completed: int


@pages.get("/desk")
@requires(Role.COORDINATOR)
def desk() -> ResponseReturnValue:
    """What needs me today, and how the programme stands."""
    here, on = authority_for(Role.COORDINATOR), today()
    said = setting.setting_of(unit(), here)
    waiting = queues.queue(unit(), viewer(), on, now=now(), waits=house().waits, limit=TODAY)
    months = charts.months_until(on)
    counted = lists.counted_by_month(unit(), here, months)
    table = [MonthLine(first, *each) for (first, _last), each in zip(months, counted, strict=True)]
    risks = board.at_risk(unit(), [here])
    return render_template(
        "lms/programme/desk/desk.html",
        authority=here,
        authorities=_authorities(),
        waiting=queue_lines(waiting.rows, on),
        waiting_total=waiting.total,
        cards=_cards(),
        say=say,
        glance=lists.glance(unit(), here, said.limits, on),
        who=texts.WHO,
        lapsing=count_ending(unit(), here, on, on + LAPSES_WITHIN),
        at_risk=sum(each.number.count for each in risks),
        setting=said,
        months=table,
        began=charts.series([(each.first, each.began) for each in table], said.target_started),
        completed=charts.series([(each.first, each.completed) for each in table], said.target_completed),
        views=[(each, address_of(here, each.asked)) for each in _views(here)],
    )


def _cards() -> list[Card]:
    """What the rooms put on a home page as something to do; the ways to this desk itself are left out."""
    every = cards_for(unit(), viewer(), now(), house().card_makers)
    found = [card for card in every if card.weight < SOON and not card.endpoint.startswith(OWN)]
    return sorted(found, key=lambda card: card.weight)


def _views(authority_id: UUID) -> list[setting.ViewSaved]:
    return setting.views_of(unit(), viewer().person_id, authority_id)


def _authorities() -> list[tuple[str, str]]:
    ids = viewer().authorities(Role.COORDINATOR)
    if len(ids) == 1:
        return []
    return sorted((each.name, str(id)) for id, each in people.organisations(unit(), ids).items())


def _days(label: str) -> IntegerField:
    limits = NumberRange(LEAST_DAYS, MOST_DAYS, _l("Give a number of days from 1 to 365"))
    return IntegerField(label, widget=GovTextInput(), validators=[limits])


def _target(label: str) -> IntegerField:
    limits = NumberRange(0, setting.MOST_A_MONTH, _l("Give a whole number, or leave it empty"))
    return IntegerField(label, widget=GovTextInput(), validators=[Optional(), limits])


class SettingForm(LmsForm):
    """From how many days on each wait is stuck, and the targets."""

    self = _days(_l("The PA"))
    employer = _days(_l("The employer"))
    assessor = _days(_l("The assessor"))
    reader = _days(_l("Somebody to read"))
    coordinator = _days(_l("You, the coordinators"))
    register_team = _days(_l("The register team"))
    target_started = _target(_l("People who begin a course each month"))
    target_completed = _target(_l("People who complete a course each month"))


@pages.route("/desk/settings", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def settings() -> ResponseReturnValue:
    """From how many days on somebody is stuck here, and how many people a month are the target."""
    here = authority_for(Role.COORDINATOR)
    said = setting.setting_of(unit(), here)
    days = {who.value: said.limits.days[who] for who in Who}
    form = SettingForm(data={**days, "target_started": said.target_started, "target_completed": said.target_completed})
    if form.validate_on_submit():
        try:
            setting.set_desk(
                unit(),
                authority_id=here,
                days={who: form[who.value].data for who in Who},
                target_started=form.target_started.data,
                target_completed=form.target_completed.data,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The desk counts with these numbers from now on."), "lms_done")
            return redirect(url_for(".desk", authority=here))
    return render_template("lms/programme/desk/settings.html", form=form, authority=here, who=Who)
