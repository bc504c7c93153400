"""Lists of what is open in practice, and of what waits to be countersigned, are read from indexes of just that"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_OPEN, _TO_COUNTERSIGN = "ix_lms_learner_unit_open", "ix_lms_decision_to_countersign"


def upgrade() -> None:
    """Make the indexes: the units nobody has signed off yet, and the decisions that a second person looks at."""
    still_open = sa.text("state <> 'signed_off'")
    op.create_index(
        _OPEN,
        "lms_learner_unit",
        ["authority_id", "enrolment_id", "learner_id", "opened_at", "framework"],
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.create_index(
        _TO_COUNTERSIGN,
        "lms_decision",
        ["enrolment_id"],
        sqlite_where=sa.text("needs_countersign = 1"),
        postgresql_where=sa.text("needs_countersign"),
    )


def downgrade() -> None:
    """Remove the indexes."""
    op.drop_index(_TO_COUNTERSIGN, "lms_decision")
    op.drop_index(_OPEN, "lms_learner_unit")
