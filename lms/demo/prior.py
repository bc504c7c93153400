"""What the demonstration's PAs learned before, the papers they show for it, and what an assessor decided."""

import io
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID, uuid4

from PIL import Image, ImageDraw, ImageFont

from lms.core import files
from lms.core.clock import london_day
from lms.core.uploads import accepted
from lms.demo.people import Stage
from lms.demo.study import Learner
from lms.learning.prior import services

REASON = (
    "I looked at the course’s own outline. Kinds and signs of abuse are taught there as we teach them, and it was less "
    "than two years ago. Whom to ring here is not in it, so please study that part with us."
)


def offered(
    stage: Stage, learner: Learner, code: str, outcomes: Collection[str], *, title: str, says: str, months_ago: int
) -> UUID:
    """The learner offered a photo of an earlier certificate for outcomes of a module; returns the offer."""
    offer_id, moment = uuid4(), learner.later(hours=5)
    earned_on = london_day(moment - timedelta(days=30 * months_ago))
    photo = accepted(_photo(title, f"{earned_on:%d/%m/%Y}"))
    paper = files.keep(stage.db, stage.files, photo.data, photo.media_type, now=moment)
    services.offer_prior(
        stage.db,
        id=offer_id,
        enrolment_id=learner.enrolment_id,
        module=code,
        outcomes=outcomes,
        title=title,
        earned_on=earned_on,
        says=says,
        paper=paper,
        certificate=None,
        by=learner.person_id,
        now=moment,
    )
    return offer_id


def decided(
    stage: Stage, learner: Learner, offer_id: UUID, accepted_: Collection[str], *, by: UUID, behalf: UUID
) -> None:
    """An assessor accepted some of what was offered, with a reason."""
    services.decide(
        stage.db,
        id=uuid4(),
        offer_id=offer_id,
        accepted=accepted_,
        reason=REASON,
        by=by,
        behalf=behalf,
        now=learner.later(days=3),
    )


def _photo(title: str, day: str) -> bytes:
    """A picture of an invented certificate, which says that it is invented."""
    picture = Image.new("RGB", (900, 600), "#f7f3ea")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((30, 30, 870, 570), outline="#0b5c63", width=6)
    lines = (("Certificate of attendance", 40), (title, 46), (day, 32), ("Invented for a demonstration", 26))
    for number, (line, size) in enumerate(lines):
        pen.text((450, 140 + 110 * number), line, fill="#222222", font=ImageFont.load_default(size), anchor="mm")
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=80)
    return kept.getvalue()
