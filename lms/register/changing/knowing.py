"""Which two sets of rules a look compares: of a draft, or of an edition that is published and still to come."""

from datetime import date, timedelta
from uuid import UUID

from lms.core.db import Db
from lms.register.authoring import queries as authoring
from lms.register.changing.comparing import Change
from lms.register.changing.models import RuleLook
from lms.register.conduct import overlay
from lms.register.conduct.queries import versions
from lms.register.content import Edition
from lms.register.queries import edition_for

_DAY = timedelta(days=1)


def change_of(db: Db, look: RuleLook) -> Change | None:
    """The two sets of rules of a look; None when what it looked at is not there any more as it was."""
    if look.draft_id is None:
        return published_change(db, look.authority_id, look.edition, look.valid_from)
    drafts = {one.id: one for one in authoring.drafts_of(db, look.authority_id)}
    if look.draft_id not in drafts or drafts[look.draft_id].version != look.version:
        return None
    edition = authoring.draft_edition(db, look.draft_id, look.authority_id)
    return None if edition is None else with_edition(db, look.authority_id, edition, look.judged_on)


def with_edition(db: Db, authority_id: UUID, edition: Edition, on: date) -> Change | None:
    """What an edition that is not published would change on a day; None when there are no rules to compare with."""
    here = edition_for(db, authority_id, on)
    if here is None:
        return None
    will = overlay.over(edition, versions(db, authority_id), on)
    return Change(authority_id, here.rules, will.rules, on)


def published_change(db: Db, authority_id: UUID, edition: str, valid_from: date) -> Change | None:
    """What a published edition changes on its first day; None when it was taken back, or there was nothing before."""
    if (edition, valid_from) not in upcoming(db, authority_id, valid_from - _DAY):
        return None
    was, will = (edition_for(db, authority_id, day) for day in (valid_from - _DAY, valid_from))
    return Change(authority_id, was.rules, will.rules, valid_from) if was and will else None


def upcoming(db: Db, authority_id: UUID, today: date) -> dict[tuple[str, date], Edition]:
    """The editions of an authority whose day is still to come, by number and first day."""
    every = authoring.editions(db, authority_id)
    return {(e.file.edition, e.rules.valid_from): e for e in every if e.rules.valid_from > today}
