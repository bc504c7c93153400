"""A PA's own page beside the whole record: two ways to the same."""

from uuid import UUID

from lms.assessment.deciding.own import PieceNow, own_standards, whole_standards
from lms.core.db import Db
from lms.learning import queries as learning


def says_what_the_whole_record_says(db: Db, learner_id: UUID, enrolment_id: UUID) -> None:
    """Fails when what the page reads of an enrolment is not what the whole record of it says."""
    enrolment = learning.enrolment(db, enrolment_id)
    (lean,) = own_standards(db, learner_id, [enrolment])
    whole = whole_standards(db, enrolment)
    assert list(lean.standards) == list(whole.standards)
    assert list(lean.said) == list(whole.said)
    assert [_unordered(each) for each in lean.pieces] == [_unordered(each) for each in whole.pieces]


def _unordered(piece: PieceNow) -> PieceNow:
    """A piece with its lines in one order: nobody reads which it speaks to first."""
    return piece._replace(lines=tuple(sorted(piece.lines)))
