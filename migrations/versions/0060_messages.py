"""Messages to people: templates, channels, preferences, letters"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, and what a notice knows of its way."""
    op.create_table(
        "lms_address_trouble",
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_address_trouble_person_id")),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_lms_address_trouble")),
    )
    op.create_index("ix_lms_address_trouble_of", "lms_address_trouble", ["person_id"], unique=False)
    op.create_table(
        "lms_bulk_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("event", sa.String(length=200), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_by", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(stopped_at IS NULL) = (stopped_by IS NULL)", name=op.f("ck_lms_bulk_message_stopped_by_somebody")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["lms_person.id"], name=op.f("fk_lms_bulk_message_asked_by")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_bulk_message_authority_id")
        ),
        sa.ForeignKeyConstraint(["stopped_by"], ["lms_person.id"], name=op.f("fk_lms_bulk_message_stopped_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_bulk_message")),
    )
    op.create_index("ix_lms_bulk_message_of", "lms_bulk_message", ["authority_id", "prepared_at"], unique=False)
    op.create_table(
        "lms_message_preference",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("ways", sa.JSON(), nullable=False),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.SmallInteger(), nullable=False),
        sa.Column("quiet_until", sa.SmallInteger(), nullable=False),
        sa.Column("sundays", sa.Boolean(), nullable=False),
        sa.Column("mobile", sa.String(length=20), nullable=True),
        sa.Column("postal", sa.String(length=500), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439",
            name=op.f("ck_lms_message_preference_hours_of_a_day"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_message_preference_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_lms_message_preference")),
    )
    op.create_table(
        "lms_message_template",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("short", sa.String(length=600), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_message_template_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_message_template_by")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_message_template")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_message_template_id")),
    )
    op.create_index(
        "ix_lms_message_template_of",
        "lms_message_template",
        ["authority_id", "template_id", "language", "number"],
        unique=False,
    )
    op.create_table(
        "lms_mobile_code",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_mobile_code_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_lms_mobile_code")),
    )
    op.create_table(
        "lms_through_employer",
        sa.Column("pa_id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("wished", sa.Boolean(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_through_employer_by")),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["lms_organisation.id"], name=op.f("fk_lms_through_employer_employer_id")
        ),
        sa.ForeignKeyConstraint(["pa_id"], ["lms_person.id"], name=op.f("fk_lms_through_employer_pa_id")),
        sa.PrimaryKeyConstraint("pa_id", "employer_id", name=op.f("pk_lms_through_employer")),
    )
    op.create_table(
        "lms_bulk_message_to",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("out", sa.String(length=40), nullable=True),
        sa.Column("missing", sa.String(length=40), nullable=False),
        sa.Column("via_id", sa.Uuid(), nullable=True),
        sa.Column("notice_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["lms_bulk_message.id"], name=op.f("fk_lms_bulk_message_to_message_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_bulk_message_to_person_id")),
        sa.ForeignKeyConstraint(["via_id"], ["lms_organisation.id"], name=op.f("fk_lms_bulk_message_to_via_id")),
        sa.PrimaryKeyConstraint("message_id", "person_id", name=op.f("pk_lms_bulk_message_to")),
    )
    op.create_index("ix_lms_bulk_message_to_of", "lms_bulk_message_to", ["person_id", "at"], unique=False)
    op.create_index("ix_lms_bulk_message_to_place", "lms_bulk_message_to", ["message_id", "place"], unique=False)
    op.create_table(
        "lms_letter_file",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("printed_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(printed_at IS NULL) = (printed_by IS NULL)", name=op.f("ck_lms_letter_file_printed_by_somebody")
        ),
        sa.ForeignKeyConstraint(["message_id"], ["lms_bulk_message.id"], name=op.f("fk_lms_letter_file_message_id")),
        sa.ForeignKeyConstraint(["printed_by"], ["lms_person.id"], name=op.f("fk_lms_letter_file_printed_by")),
        sa.PrimaryKeyConstraint("message_id", "part", name=op.f("pk_lms_letter_file")),
    )
    op.add_column("lms_notice", sa.Column("way", sa.String(length=10), nullable=True))
    op.add_column("lms_notice", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("lms_notice", sa.Column("digest", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("lms_notice", sa.Column("reference", sa.String(length=80), nullable=True))
    op.add_column("lms_notice", sa.Column("outcome", sa.String(length=20), nullable=True))
    op.add_column("lms_notice", sa.Column("ask_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("lms_notice", sa.Column("asked", sa.Integer(), server_default="0", nullable=False))
    op.create_index(
        "ix_lms_notice_ask",
        "lms_notice",
        ["ask_at"],
        unique=False,
        sqlite_where=sa.text("ask_at IS NOT NULL"),
        postgresql_where=sa.text("ask_at IS NOT NULL"),
    )
    op.create_index(
        "ix_lms_notice_digest",
        "lms_notice",
        ["person_id", "due_at"],
        unique=False,
        sqlite_where=sa.text("digest AND sent_at IS NULL"),
        postgresql_where=sa.text("digest AND sent_at IS NULL"),
    )


def downgrade() -> None:
    """Take them away again; what was sent stays as notices."""
    op.drop_index(
        "ix_lms_notice_digest",
        table_name="lms_notice",
        sqlite_where=sa.text("digest AND sent_at IS NULL"),
        postgresql_where=sa.text("digest AND sent_at IS NULL"),
    )
    op.drop_index(
        "ix_lms_notice_ask",
        table_name="lms_notice",
        sqlite_where=sa.text("ask_at IS NOT NULL"),
        postgresql_where=sa.text("ask_at IS NOT NULL"),
    )
    op.drop_column("lms_notice", "asked")
    op.drop_column("lms_notice", "ask_at")
    op.drop_column("lms_notice", "outcome")
    op.drop_column("lms_notice", "reference")
    op.drop_column("lms_notice", "digest")
    op.drop_column("lms_notice", "due_at")
    op.drop_column("lms_notice", "way")
    op.drop_table("lms_letter_file")
    op.drop_index("ix_lms_bulk_message_to_place", table_name="lms_bulk_message_to")
    op.drop_index("ix_lms_bulk_message_to_of", table_name="lms_bulk_message_to")
    op.drop_table("lms_bulk_message_to")
    op.drop_table("lms_through_employer")
    op.drop_table("lms_mobile_code")
    op.drop_index("ix_lms_message_template_of", table_name="lms_message_template")
    op.drop_table("lms_message_template")
    op.drop_table("lms_message_preference")
    op.drop_index("ix_lms_bulk_message_of", table_name="lms_bulk_message")
    op.drop_table("lms_bulk_message")
    op.drop_index("ix_lms_address_trouble_of", table_name="lms_address_trouble")
    op.drop_table("lms_address_trouble")
