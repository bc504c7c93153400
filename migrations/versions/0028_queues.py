"""Who has a thing open, and what people were reminded of"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_COHORT = "ix_lms_learner_unit_cohort"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "lms_lease",
        sa.Column("thing", sa.String(length=120), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until > since", name=op.f("ck_lms_lease_until_after_since")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_lease_person_id")),
        sa.PrimaryKeyConstraint("thing", name=op.f("pk_lms_lease")),
    )
    op.create_index(op.f("ix_lms_lease_person_id"), "lms_lease", ["person_id"])
    op.create_table(
        "lms_long_wait",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("thing", sa.String(length=120), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=True),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("still_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_long_wait_person_id")),
        sa.ForeignKeyConstraint(["about"], ["lms_person.id"], name=op.f("fk_lms_long_wait_about")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_long_wait_authority_id")),
        sa.PrimaryKeyConstraint("person_id", "thing", "since", name=op.f("pk_lms_long_wait")),
    )
    op.create_index("ix_lms_long_wait_behind_wall", "lms_long_wait", ["authority_id", "stage", "since"])
    op.create_index(op.f("ix_lms_long_wait_still_on"), "lms_long_wait", ["still_on"])
    op.create_table(
        "lms_reminder_round",
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("after", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("on_day", name=op.f("pk_lms_reminder_round")),
    )
    cohort = ["authority_id", "framework", "edition", "unit", "state", "learner_id", "enrolment_id"]
    op.add_column("lms_learner_unit", sa.Column("undecided", sa.Integer(), server_default="0", nullable=False))
    op.add_column("lms_learner_unit", sa.Column("undecided_since", sa.DateTime(timezone=True), nullable=True))
    op.create_index(_COHORT, "lms_learner_unit", cohort)


def downgrade() -> None:
    """Remove the tables."""
    op.drop_index(_COHORT, "lms_learner_unit")
    with op.batch_alter_table("lms_learner_unit") as units:
        units.drop_column("undecided_since")
        units.drop_column("undecided")
    for table in ("lms_reminder_round", "lms_long_wait", "lms_lease"):
        op.drop_table(table)
