"""One-time links: what somebody was asked, and what they said"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _link()
    _link_answer()
    _link_days()
    _link_end()
    _link_note()
    _link_proof()
    _link_reminded()
    _link_secret()


def _link() -> None:
    op.create_table(
        "lms_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("relation", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_as", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_lms_link_asks_somebody")),
        sa.CheckConstraint("(email IS NULL) <> (phone IS NULL)", name=op.f("ck_lms_link_sent_one_way")),
        sa.CheckConstraint("expires_at > asked_at", name=op.f("ck_lms_link_lasts")),
        sa.CheckConstraint("person_id IS NULL OR person_id <> learner_id", name=op.f("ck_lms_link_asks_somebody_else")),
        sa.ForeignKeyConstraint(["asked_by"], ["lms_person.id"], name=op.f("fk_lms_link_asked_by")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_link_authority_id")),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "unit", "learner_id"],
            ["lms_learner_unit.enrolment_id", "lms_learner_unit.unit", "lms_learner_unit.learner_id"],
            name=op.f("fk_lms_link_enrolment_id_unit_learner_id"),
        ),
        sa.ForeignKeyConstraint(["household_id"], ["lms_organisation.id"], name=op.f("fk_lms_link_household_id")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_link_learner_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_link_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_link")),
    )
    op.create_index("ix_lms_link_asked_by", "lms_link", ["asked_by", "asked_at"], unique=False)
    op.create_index(op.f("ix_lms_link_learner_id"), "lms_link", ["learner_id"], unique=False)
    op.create_index("ix_lms_link_of", "lms_link", ["enrolment_id", "asked_at"], unique=False)
    op.create_index(op.f("ix_lms_link_person_id"), "lms_link", ["person_id"], unique=False)
    op.create_index("ix_lms_link_to_remind", "lms_link", ["remind_at"], unique=False)


def _link_answer() -> None:
    op.create_table(
        "lms_link_answer",
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["lms_link.id"], name=op.f("fk_lms_link_answer_link_id")),
        sa.PrimaryKeyConstraint("link_id", "question", name=op.f("pk_lms_link_answer")),
    )


def _link_days() -> None:
    op.create_table(
        "lms_link_days",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("days BETWEEN 2 AND 60", name=op.f("ck_lms_link_days_can_be_answered_in_time")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_link_days_authority_id")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_link_days_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_link_days")),
    )
    op.create_index(op.f("ix_lms_link_days_authority_id"), "lms_link_days", ["authority_id"], unique=False)


def _link_end() -> None:
    op.create_table(
        "lms_link_end",
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_link_end_by")),
        sa.ForeignKeyConstraint(["link_id"], ["lms_link.id"], name=op.f("fk_lms_link_end_link_id")),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_lms_link_end")),
    )


def _link_note() -> None:
    op.create_table(
        "lms_link_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_lms_link_note_says_something")),
        sa.ForeignKeyConstraint(["link_id"], ["lms_link.id"], name=op.f("fk_lms_link_note_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_link_note")),
    )
    op.create_index(op.f("ix_lms_link_note_link_id"), "lms_link_note", ["link_id"], unique=False)


def _link_proof() -> None:
    op.create_table(
        "lms_link_proof",
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=True),
        sa.Column("kept_out", sa.String(length=300), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("digest <> ''", name=op.f("ck_lms_link_proof_is_sealed")),
        sa.ForeignKeyConstraint(["link_id"], ["lms_link.id"], name=op.f("fk_lms_link_proof_link_id")),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_lms_link_proof")),
    )


def _link_reminded() -> None:
    op.create_table(
        "lms_link_reminded",
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["lms_link.id"], name=op.f("fk_lms_link_reminded_link_id")),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_lms_link_reminded")),
    )


def _link_secret() -> None:
    op.create_table(
        "lms_link_secret",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminder", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["lms_link.id"], name=op.f("fk_lms_link_secret_link_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_lms_link_secret")),
    )
    op.create_index(op.f("ix_lms_link_secret_link_id"), "lms_link_secret", ["link_id"], unique=False)
