"""Visits: who took which learner along, and what came from a phone"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lms_visit_taken",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("behalf", sa.Uuid(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holds_until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("person_id <> learner_id", name=op.f("ck_lms_visit_taken_somebody_else")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_visit_taken_authority_id")
        ),
        sa.ForeignKeyConstraint(["behalf"], ["lms_organisation.id"], name=op.f("fk_lms_visit_taken_behalf")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_visit_taken_learner_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_visit_taken_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_visit_taken")),
    )
    op.create_index("ix_lms_visit_taken_by", "lms_visit_taken", ["person_id", "enrolment_id", "taken_at"])
    op.create_index(op.f("ix_lms_visit_taken_learner_id"), "lms_visit_taken", ["learner_id"])
    _things()
    op.create_table(
        "lms_visit_settled",
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_visit_settled_by")),
        sa.ForeignKeyConstraint(["thing_id"], ["lms_visit_thing.id"], name=op.f("fk_lms_visit_settled_thing_id")),
        sa.PrimaryKeyConstraint("thing_id", name=op.f("pk_lms_visit_settled")),
    )


def _things() -> None:
    op.create_table(
        "lms_visit_thing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("taken_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("came", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=True),
        sa.Column("line", sa.String(length=80), nullable=True),
        sa.Column("observation_id", sa.Uuid(), nullable=True),
        sa.Column("mark", sa.String(length=16), nullable=True),
        sa.Column("clock", sa.String(length=5), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "came NOT IN ('kept', 'meets') OR content IS NOT NULL", name=op.f("ck_lms_visit_thing_nothing_is_lost")
        ),
        sa.CheckConstraint("person_id <> learner_id", name=op.f("ck_lms_visit_thing_somebody_else")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_visit_thing_authority_id")
        ),
        sa.ForeignKeyConstraint(["evidence_id"], ["lms_evidence.id"], name=op.f("fk_lms_visit_thing_evidence_id")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_visit_thing_learner_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_visit_thing_person_id")),
        sa.ForeignKeyConstraint(["taken_id"], ["lms_visit_taken.id"], name=op.f("fk_lms_visit_thing_taken_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_visit_thing")),
    )
    op.create_index("ix_lms_visit_thing_by", "lms_visit_thing", ["person_id", "received_at"])
    op.create_index("ix_lms_visit_thing_of_line", "lms_visit_thing", ["enrolment_id", "person_id", "line"])
    op.create_index("ix_lms_visit_thing_behind_wall", "lms_visit_thing", ["authority_id", "came", "received_at"])
    for column in ("evidence_id", "learner_id", "observation_id", "taken_id"):
        op.create_index(op.f(f"ix_lms_visit_thing_{column}"), "lms_visit_thing", [column])


def downgrade() -> None:
    for table in ("lms_visit_settled", "lms_visit_thing", "lms_visit_taken"):
        op.drop_table(table)
