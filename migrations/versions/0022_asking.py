"""Asking"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lms_assessor_profile",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("days", sa.String(length=80), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("away_from", sa.Date(), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "away_until IS NULL OR away_from IS NOT NULL", name=op.f("ck_lms_assessor_profile_away_from_a_day")
        ),
        sa.CheckConstraint("most IS NULL OR most >= 0", name=op.f("ck_lms_assessor_profile_no_fewer_than_none")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_assessor_profile_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_lms_assessor_profile")),
    )
    op.create_table(
        "lms_assessor_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("days", sa.String(length=80), nullable=False),
        sa.Column("suits", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=60), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("behalf", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["lms_person.id"], name=op.f("fk_lms_assessor_request_asked_by")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_assessor_request_authority_id")
        ),
        sa.ForeignKeyConstraint(["behalf"], ["lms_organisation.id"], name=op.f("fk_lms_assessor_request_behalf")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_assessor_request_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_assessor_request")),
        sa.UniqueConstraint("learner_id", "turn", name=op.f("uq_lms_assessor_request_learner_id_turn")),
    )
    op.create_index("ix_lms_assessor_request_behind_wall", "lms_assessor_request", ["authority_id", "asked_at"])
    op.create_table(
        "lms_allocation_unit",
        sa.Column("allocation_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["allocation_id"], ["lms_allocation.id"], name=op.f("fk_lms_allocation_unit_allocation_id")
        ),
        sa.PrimaryKeyConstraint("allocation_id", "unit", name=op.f("pk_lms_allocation_unit")),
    )
    op.create_table(
        "lms_assessor_request_end",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome <> 'closed' OR words <> ''", name=op.f("ck_lms_assessor_request_end_closed_says_why")
        ),
        sa.ForeignKeyConstraint(["ended_by"], ["lms_person.id"], name=op.f("fk_lms_assessor_request_end_ended_by")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["lms_assessor_request.id"], name=op.f("fk_lms_assessor_request_end_request_id")
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_lms_assessor_request_end")),
    )
    op.create_table(
        "lms_assessor_request_unit",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["lms_assessor_request.id"], name=op.f("fk_lms_assessor_request_unit_request_id")
        ),
        sa.PrimaryKeyConstraint("request_id", "unit", name=op.f("pk_lms_assessor_request_unit")),
    )
    op.create_table(
        "lms_outside_assessor",
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_outside_assessor_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["lms_invitation.id"], name=op.f("fk_lms_outside_assessor_invitation_id")
        ),
        sa.ForeignKeyConstraint(["invited_by"], ["lms_person.id"], name=op.f("fk_lms_outside_assessor_invited_by")),
        sa.PrimaryKeyConstraint("invitation_id", name=op.f("pk_lms_outside_assessor")),
    )
    op.create_index(op.f("ix_lms_outside_assessor_authority_id"), "lms_outside_assessor", ["authority_id"])
    op.create_table(
        "lms_outside_assessor_learner",
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["lms_outside_assessor.invitation_id"],
            name=op.f("fk_lms_outside_assessor_learner_invitation_id"),
        ),
        sa.PrimaryKeyConstraint("invitation_id", "enrolment_id", name=op.f("pk_lms_outside_assessor_learner")),
    )


def downgrade() -> None:
    for table in (
        "lms_outside_assessor_learner",
        "lms_outside_assessor",
        "lms_assessor_request_unit",
        "lms_assessor_request_end",
        "lms_allocation_unit",
        "lms_assessor_request",
        "lms_assessor_profile",
    ):
        op.drop_table(table)
