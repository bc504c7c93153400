"""Codes of conduct, two records of one person, and reminders to many PAs at once"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Add the tables."""
    _conduct()
    _doubles()
    _reminders()


def _conduct() -> None:
    op.create_table(
        "lms_conduct_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("commitments", sa.JSON(), nullable=False),
        sa.Column("news", sa.JSON(), nullable=False),
        sa.Column("reaccept_days", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(published_at IS NULL) = (published_by IS NULL)", name=op.f("ck_lms_conduct_version_published_by_somebody")
        ),
        sa.CheckConstraint(
            "(published_at IS NULL) = (valid_from IS NULL)", name=op.f("ck_lms_conduct_version_published_for_a_day")
        ),
        sa.CheckConstraint("reaccept_days >= 0", name=op.f("ck_lms_conduct_version_days_not_negative")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_conduct_version_authority_id")
        ),
        sa.ForeignKeyConstraint(["published_by"], ["lms_person.id"], name=op.f("fk_lms_conduct_version_published_by")),
        sa.ForeignKeyConstraint(["written_by"], ["lms_person.id"], name=op.f("fk_lms_conduct_version_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_conduct_version")),
        sa.UniqueConstraint("authority_id", "valid_from", name=op.f("uq_lms_conduct_version_authority_id_valid_from")),
        sa.UniqueConstraint("authority_id", "version", name=op.f("uq_lms_conduct_version_authority_id_version")),
    )
    op.create_table(
        "lms_conduct_note",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_conduct_note_authority_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_conduct_note_person_id")),
        sa.PrimaryKeyConstraint("person_id", "authority_id", "version", "step", name=op.f("pk_lms_conduct_note")),
    )


def _doubles() -> None:
    op.create_table(
        "lms_same_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("linked_by", sa.Uuid(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end_reason", sa.String(length=40), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (end_reason IS NULL)", name=op.f("ck_lms_same_person_ended_with_reason")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_lms_same_person_ended_by_somebody")
        ),
        sa.CheckConstraint("kept_id <> other_id", name=op.f("ck_lms_same_person_two_records")),
        sa.CheckConstraint(
            "linked_by <> kept_id AND linked_by <> other_id", name=op.f("ck_lms_same_person_linked_by_somebody_else")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_same_person_authority_id")
        ),
        sa.ForeignKeyConstraint(["ended_by"], ["lms_person.id"], name=op.f("fk_lms_same_person_ended_by")),
        sa.ForeignKeyConstraint(["kept_id"], ["lms_person.id"], name=op.f("fk_lms_same_person_kept_id")),
        sa.ForeignKeyConstraint(["linked_by"], ["lms_person.id"], name=op.f("fk_lms_same_person_linked_by")),
        sa.ForeignKeyConstraint(["other_id"], ["lms_person.id"], name=op.f("fk_lms_same_person_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_same_person")),
    )
    op.create_index("ix_lms_same_person_kept", "lms_same_person", ["kept_id", "authority_id"])
    op.create_index("ix_lms_same_person_other", "lms_same_person", ["other_id", "authority_id"])
    op.create_index(
        "uq_lms_same_person_open",
        "lms_same_person",
        ["authority_id", "other_id"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_table(
        "lms_likely_double",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("likeness", sa.String(length=40), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_lms_likely_double_in_order")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_likely_double_authority_id")
        ),
        sa.ForeignKeyConstraint(["first_id"], ["lms_person.id"], name=op.f("fk_lms_likely_double_first_id")),
        sa.ForeignKeyConstraint(["second_id"], ["lms_person.id"], name=op.f("fk_lms_likely_double_second_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["lms_person.id"], name=op.f("fk_lms_likely_double_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_likely_double")),
        sa.UniqueConstraint(
            "authority_id", "first_id", "second_id", name=op.f("uq_lms_likely_double_authority_id_first_id_second_id")
        ),
    )
    op.create_index(op.f("ix_lms_likely_double_first_id"), "lms_likely_double", ["first_id"])
    op.create_index("ix_lms_likely_double_open", "lms_likely_double", ["authority_id", "settled_at", "found_at"])
    op.create_index(op.f("ix_lms_likely_double_second_id"), "lms_likely_double", ["second_id"])
    op.create_table(
        "lms_double_look",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_double_look_authority_id")
        ),
        sa.PrimaryKeyConstraint("authority_id", name=op.f("pk_lms_double_look")),
    )


def _reminders() -> None:
    op.create_table(
        "lms_bulk_reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.Uuid(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["lms_person.id"], name=op.f("fk_lms_bulk_reminder_asked_by")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_bulk_reminder_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_bulk_reminder")),
    )
    op.create_index("ix_lms_bulk_reminder_of", "lms_bulk_reminder", ["authority_id", "asked_at"])
    op.create_table(
        "lms_reminder_sent",
        sa.Column("reminder_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_reminder_sent_authority_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_reminder_sent_person_id")),
        sa.ForeignKeyConstraint(
            ["reminder_id"], ["lms_bulk_reminder.id"], name=op.f("fk_lms_reminder_sent_reminder_id")
        ),
        sa.PrimaryKeyConstraint("reminder_id", "person_id", name=op.f("pk_lms_reminder_sent")),
    )
    op.create_index("ix_lms_reminder_sent_of", "lms_reminder_sent", ["authority_id", "person_id", "at"])


def downgrade() -> None:
    """Remove the tables."""
    for table in (
        "lms_reminder_sent",
        "lms_bulk_reminder",
        "lms_double_look",
        "lms_likely_double",
        "lms_same_person",
        "lms_conduct_note",
        "lms_conduct_version",
    ):
        op.drop_table(table)
