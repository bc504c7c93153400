"""Assessor and learner on one phone"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _together()
    _together_step()


def _together() -> None:
    op.create_table(
        "lms_together",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("setting", sa.String(length=40), nullable=True),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("behalf", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_lms_together_something_was_written")),
        sa.CheckConstraint('"by" <> learner_id', name=op.f("ck_lms_together_two_people")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_together_authority_id")),
        sa.ForeignKeyConstraint(["behalf"], ["lms_organisation.id"], name=op.f("fk_lms_together_behalf")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_together_by")),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "unit", "learner_id"],
            ["lms_learner_unit.enrolment_id", "lms_learner_unit.unit", "lms_learner_unit.learner_id"],
            name=op.f("fk_lms_together_enrolment_id_unit_learner_id"),
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_together_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_together")),
    )
    op.create_index(op.f("ix_lms_together_enrolment_id"), "lms_together", ["enrolment_id"], unique=False)
    op.create_index(op.f("ix_lms_together_learner_id"), "lms_together", ["learner_id"], unique=False)
    op.create_index("ix_lms_together_of", "lms_together", ["by", "started_at"], unique=False)


def _together_step() -> None:
    op.create_table(
        "lms_together_step",
        sa.Column("together_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(step = 'handed_over') = (key_digest IS NOT NULL)",
            name=op.f("ck_lms_together_step_handed_over_with_a_key"),
        ),
        sa.CheckConstraint("step <> 'declined' OR text <> ''", name=op.f("ck_lms_together_step_declined_says_why")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_together_step_by")),
        sa.ForeignKeyConstraint(["together_id"], ["lms_together.id"], name=op.f("fk_lms_together_step_together_id")),
        sa.PrimaryKeyConstraint("together_id", "number", name=op.f("pk_lms_together_step")),
        sa.UniqueConstraint("key_digest", name=op.f("uq_lms_together_step_key_digest")),
    )
