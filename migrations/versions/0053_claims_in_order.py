"""Lists of claims are read in the order in which they stand in an index, and lines without their terms."""

from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

_NEW = (
    ("ix_lms_claim_newest", "lms_claim", ["authority_id", "drafted_at", "id"]),
    ("ix_lms_claim_scheme", "lms_claim", ["authority_id", "scheme", "drafted_at"]),
    ("ix_lms_claim_asking", "lms_claim", ["authority_id", "claimant_id", "drafted_at"]),
    ("ix_lms_claim_in_short_listed", "lms_claim_in_short", ["authority_id", "deadline_on", "since", "claim_id"]),
)


def upgrade() -> None:
    """Add the indexes; the lines of a claim are found by whether they are still in it."""
    for name, table, names in _NEW:
        op.create_index(name, table, names)
    op.drop_index("ix_lms_claim_line_claim", table_name="lms_claim_line")
    op.create_index("ix_lms_claim_line_claim", "lms_claim_line", ["claim_id", "taken_out_at", "added_at"])


def downgrade() -> None:
    """Go back to what was."""
    op.drop_index("ix_lms_claim_line_claim", table_name="lms_claim_line")
    op.create_index("ix_lms_claim_line_claim", "lms_claim_line", ["claim_id", "added_at"])
    for name, table, _names in reversed(_NEW):
        op.drop_index(name, table_name=table)
