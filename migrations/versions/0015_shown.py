"""What learners have shown of each outcome, and lessons carried between courses"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lms_outcome_shown",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("judged_by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("judged_by <> learner_id", name=op.f("ck_lms_outcome_shown_somebody_else_judged")),
        sa.CheckConstraint("(how = 'check') = (judged_by IS NULL)", name=op.f("ck_lms_outcome_shown_says_who_judged")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["lms_enrolment.id"], name=op.f("fk_lms_outcome_shown_enrolment_id")),
        sa.ForeignKeyConstraint(["judged_by"], ["lms_person.id"], name=op.f("fk_lms_outcome_shown_judged_by")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_outcome_shown_learner_id")),
        sa.PrimaryKeyConstraint("enrolment_id", "outcome", name=op.f("pk_lms_outcome_shown")),
    )
    op.create_table(
        "lms_step_shown",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["lms_enrolment.id"], name=op.f("fk_lms_step_shown_enrolment_id")),
        sa.PrimaryKeyConstraint("enrolment_id", "step", name=op.f("pk_lms_step_shown")),
    )
    with op.batch_alter_table("lms_lesson_studied") as batch_op:
        batch_op.add_column(sa.Column("carried_from", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_lms_lesson_studied_carried_from"), "lms_enrolment", ["carried_from"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("lms_lesson_studied") as batch_op:
        batch_op.drop_constraint(op.f("fk_lms_lesson_studied_carried_from"), type_="foreignkey")
        batch_op.drop_column("carried_from")
    op.drop_table("lms_step_shown")
    op.drop_table("lms_outcome_shown")
