"""What proves some of the demonstration's draft claims: a quote, a list of who attended, and what is still missing."""

import io
from collections.abc import Collection
from uuid import UUID, uuid4

from PIL import Image, ImageDraw, ImageFont

from lms.core.clock import london_day
from lms.core.uploads import JPEG
from lms.demo.people import Stage
from lms.funding.claims import queries as claims
from lms.funding.claims.proving import to_prove
from lms.funding.claims.queries import OPEN_STATES, ClaimView
from lms.funding.evidence import services
from lms.funding.evidence.queries import ToProve, files_of
from lms.funding.evidence.rules import InvoiceFacts
from lms.funding.evidence.services import About
from lms.funding.evidence.shrinking import made_ready
from lms.funding.evidence.vocabulary import PaidShown
from lms.funding.vocabulary import EvidenceKind

MOST = 2_000_000
HANDED_IN = frozenset(EvidenceKind) - {EvidenceKind.CERTIFICATE}
"""What people bring; PALMS holds the certificate itself."""


def show(stage: Stage, *, authority: str = "RIVERMERE", by: str) -> None:
    """Papers for the newest drafts of an authority: the first has all its scheme asks for, the second a part."""
    here = stage.organisation_of(authority)
    drafts = [row for row in claims.claims_in(stage.db, [here], limit=20) if row.state in OPEN_STATES]
    there = files_of(stage.db, [row.id for row in drafts])  # one that asks anew came with its papers
    drafts = [row for row in drafts if row.id not in there]
    for row, most in zip(drafts, (None, 1), strict=False):
        prove(stage, claims.claim(stage.db, row.id, within=[here]), most, by)


def prove(
    stage: Stage, claim: ClaimView, most: int | None, by: str, *, kinds: Collection[EvidenceKind] = HANDED_IN
) -> None:
    """Papers of these kinds where the scheme asks for them, at most so many for each line."""
    lines = to_prove(stage.db, claim.id)
    about = About(claim.id, claim.authority_id, open=True, lines=lines)
    for line in lines:
        wanted = [kind for kind in line.needs.kinds if kind in kinds]
        for kind in wanted[:most]:
            file_id = uuid4()
            title = kind.value.replace("_", " ").capitalize()
            services.add_file(
                stage.db,
                stage.files,
                file_id=file_id,
                about=about,
                line_id=line.line_id,
                kind=kind,
                ready=made_ready(_paper(title, line.learner_name, claim.reference), most=MOST, media_types=(JPEG,)),
                name=f"{kind.value}.jpg",
                by=stage.persons[by],
                now=stage.ago(2),
            )
            if kind is EvidenceKind.PAYMENT_PROOF:
                _read(stage, about, file_id, line, by)


def _read(stage: Stage, about: About, file_id: UUID, line: ToProve, by: str) -> None:
    on = london_day(stage.ago(20))
    services.read_off(
        stage.db,
        read_id=uuid4(),
        file_id=file_id,
        about=about,
        facts=InvoiceFacts(
            payer=line.claimant_name,
            payee="Rivermere College",
            course="PA induction",
            amount=line.cost_pence or 7_500,
            invoiced_on=on,
            paid_on=on,
            learners=1,
            paid_shown=PaidShown.MARKED_PAID,
        ),
        by=stage.persons[by],
        now=stage.ago(2),
    )


def _paper(title: str, learner: str, reference: str) -> bytes:
    """A picture of an invented paper, which says that it is invented."""
    picture = Image.new("RGB", (900, 640), "#fbf8f0")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((30, 30, 870, 610), outline="#444444", width=3)
    for place, (text, size) in enumerate(
        ((title, 42), (learner, 32), (reference, 28), ("Invented for a demonstration", 24))
    ):
        pen.text((450, 140 + 110 * place), text, fill="#222222", font=ImageFont.load_default(size), anchor="mm")
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=80)
    return kept.getvalue()
