"""Self-assessment, awards held, and sharing"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lms_self_assessment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("sure", sa.String(length=40), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_self_assessment_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_self_assessment")),
    )
    op.create_index(
        "ix_lms_self_assessment_latest",
        "lms_self_assessment",
        ["learner_id", "framework", "edition", "said_at"],
    )
    _awards()
    _shares()


def _awards() -> None:
    op.create_table(
        "lms_held_award",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("awarded_on", sa.Date(), nullable=False),
        sa.Column("day_known", sa.Boolean(), nullable=False),
        sa.Column("signed_by", sa.String(length=160), nullable=False),
        sa.Column("proof", sa.String(length=300), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("signed_by <> ''", name=op.f("ck_lms_held_award_says_who_signed")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_held_award_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_held_award")),
        sa.UniqueConstraint("id", "learner_id", name=op.f("uq_lms_held_award_id_learner_id")),
    )
    op.create_index(op.f("ix_lms_held_award_learner_id"), "lms_held_award", ["learner_id"])
    op.create_table(
        "lms_held_award_taken_back",
        sa.Column("award_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["award_id"], ["lms_held_award.id"], name=op.f("fk_lms_held_award_taken_back_award_id")
        ),
        sa.PrimaryKeyConstraint("award_id", name=op.f("pk_lms_held_award_taken_back")),
    )
    op.create_table(
        "lms_held_award_seen",
        sa.Column("award_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("seen_by", sa.Uuid(), nullable=False),
        sa.Column("behalf", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("seen_by <> learner_id", name=op.f("ck_lms_held_award_seen_somebody_else_saw")),
        sa.ForeignKeyConstraint(
            ["award_id", "learner_id"],
            ["lms_held_award.id", "lms_held_award.learner_id"],
            name=op.f("fk_lms_held_award_seen_award_id_learner_id"),
        ),
        sa.ForeignKeyConstraint(["behalf"], ["lms_organisation.id"], name=op.f("fk_lms_held_award_seen_behalf")),
        sa.ForeignKeyConstraint(["seen_by"], ["lms_person.id"], name=op.f("fk_lms_held_award_seen_seen_by")),
        sa.PrimaryKeyConstraint("award_id", name=op.f("pk_lms_held_award_seen")),
    )


def _shares() -> None:
    op.create_table(
        "lms_knowledge_share",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("party", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(organisation_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_lms_knowledge_share_with_one")
        ),
        sa.CheckConstraint(
            "(party = 'assessor') = (person_id IS NOT NULL)", name=op.f("ck_lms_knowledge_share_assessor_is_a_person")
        ),
        sa.CheckConstraint("person_id <> learner_id", name=op.f("ck_lms_knowledge_share_with_somebody_else")),
        sa.CheckConstraint("words <> ''", name=op.f("ck_lms_knowledge_share_words_were_agreed_to")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_knowledge_share_learner_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["lms_organisation.id"], name=op.f("fk_lms_knowledge_share_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_knowledge_share_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_knowledge_share")),
        sa.UniqueConstraint("id", "learner_id", name=op.f("uq_lms_knowledge_share_id_learner_id")),
    )
    for column in ("learner_id", "organisation_id", "person_id"):
        op.create_index(op.f(f"ix_lms_knowledge_share_{column}"), "lms_knowledge_share", [column])
    op.create_table(
        "lms_knowledge_share_end",
        sa.Column("share_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(why = 'withdrawn') = (withdrawn_by IS NOT NULL)",
            name=op.f("ck_lms_knowledge_share_end_withdrawn_by_the_learner"),
        ),
        sa.CheckConstraint(
            "(why = 'withdrawn') = (last_day IS NULL)", name=op.f("ck_lms_knowledge_share_end_withdrawn_at_once")
        ),
        sa.ForeignKeyConstraint(
            ["share_id"], ["lms_knowledge_share.id"], name=op.f("fk_lms_knowledge_share_end_share_id")
        ),
        sa.ForeignKeyConstraint(
            ["share_id", "withdrawn_by"],
            ["lms_knowledge_share.id", "lms_knowledge_share.learner_id"],
            name=op.f("fk_lms_knowledge_share_end_share_id_withdrawn_by"),
        ),
        sa.PrimaryKeyConstraint("share_id", "why", name=op.f("pk_lms_knowledge_share_end")),
    )


def downgrade() -> None:
    for table in (
        "lms_knowledge_share_end",
        "lms_knowledge_share",
        "lms_held_award_seen",
        "lms_held_award_taken_back",
        "lms_held_award",
        "lms_self_assessment",
    ):
        op.drop_table(table)
