"""Profiles, contact and vacancies of a simple register"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "lms_abuse_report",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_abuse_report_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_abuse_report_by")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_abuse_report")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_abuse_report_id")),
    )
    op.create_index("ix_lms_abuse_report_of", "lms_abuse_report", ["authority_id", "number"], unique=False)
    op.create_table(
        "lms_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("pa_id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("called", sa.String(length=60), nullable=False),
        sa.Column("pa_called", sa.String(length=60), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_side", sa.String(length=40), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_contact_authority_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["lms_organisation.id"], name=op.f("fk_lms_contact_employer_id")),
        sa.ForeignKeyConstraint(["opened_by"], ["lms_person.id"], name=op.f("fk_lms_contact_opened_by")),
        sa.ForeignKeyConstraint(["pa_id"], ["lms_person.id"], name=op.f("fk_lms_contact_pa_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_contact")),
        sa.UniqueConstraint(
            "pa_id", "employer_id", "authority_id", name=op.f("uq_lms_contact_pa_id_employer_id_authority_id")
        ),
    )
    op.create_index(op.f("ix_lms_contact_authority_id"), "lms_contact", ["authority_id"], unique=False)
    op.create_index("ix_lms_contact_employer", "lms_contact", ["employer_id", "last_at"], unique=False)
    op.create_index("ix_lms_contact_last", "lms_contact", ["last_at"], unique=False)
    op.create_table(
        "lms_contact_block",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("pa_id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_contact_block_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_contact_block_by")),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["lms_organisation.id"], name=op.f("fk_lms_contact_block_employer_id")
        ),
        sa.ForeignKeyConstraint(["pa_id"], ["lms_person.id"], name=op.f("fk_lms_contact_block_pa_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_contact_block")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_contact_block_id")),
    )
    op.create_index("ix_lms_contact_block_employer", "lms_contact_block", ["employer_id", "number"], unique=False)
    op.create_index("ix_lms_contact_block_pair", "lms_contact_block", ["pa_id", "employer_id", "number"], unique=False)
    op.create_table(
        "lms_contact_seen",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("pa_id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_contact_seen_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_contact_seen_by")),
        sa.ForeignKeyConstraint(["employer_id"], ["lms_organisation.id"], name=op.f("fk_lms_contact_seen_employer_id")),
        sa.ForeignKeyConstraint(["pa_id"], ["lms_person.id"], name=op.f("fk_lms_contact_seen_pa_id")),
        sa.PrimaryKeyConstraint("pa_id", "employer_id", "by", "on", name=op.f("pk_lms_contact_seen")),
    )
    op.create_index("ix_lms_contact_seen_by", "lms_contact_seen", ["by", "on"], unique=False)
    op.create_index("ix_lms_contact_seen_in", "lms_contact_seen", ["authority_id", "on"], unique=False)
    op.create_table(
        "lms_directory_setting",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("contact_model", sa.String(length=40), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_directory_setting_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_directory_setting_by")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_directory_setting")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_directory_setting_id")),
    )
    op.create_index("ix_lms_directory_setting_of", "lms_directory_setting", ["authority_id", "number"], unique=False)
    op.create_table(
        "lms_profile_choice",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_profile_choice_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_profile_choice_by")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_profile_choice_person_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_profile_choice")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_profile_choice_id")),
    )
    op.create_index(
        "ix_lms_profile_choice_of", "lms_profile_choice", ["person_id", "authority_id", "number"], unique=False
    )
    op.create_table(
        "lms_profile_draft",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("saves", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_profile_draft_authority_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_profile_draft_person_id")),
        sa.PrimaryKeyConstraint("person_id", "authority_id", name=op.f("pk_lms_profile_draft")),
    )
    op.create_table(
        "lms_profile_tag",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_profile_tag_authority_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_profile_tag_person_id")),
        sa.PrimaryKeyConstraint("person_id", "authority_id", "kind", "code", name=op.f("pk_lms_profile_tag")),
    )
    op.create_index("ix_lms_profile_tag_found", "lms_profile_tag", ["authority_id", "kind", "code"], unique=False)
    op.create_table(
        "lms_profile_version",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_profile_version_authority_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_profile_version_person_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_profile_version")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_profile_version_id")),
    )
    op.create_index(
        "ix_lms_profile_version_of", "lms_profile_version", ["authority_id", "person_id", "number"], unique=False
    )
    op.create_index(op.f("ix_lms_profile_version_waits"), "lms_profile_version", ["waits"], unique=False)
    op.create_table(
        "lms_vacancy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("posted_by", sa.Uuid(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("live_id", sa.Uuid(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(live_id IS NULL) = (ends_on IS NULL)", name=op.f("ck_lms_vacancy_ends_when_live")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_vacancy_authority_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["lms_organisation.id"], name=op.f("fk_lms_vacancy_employer_id")),
        sa.ForeignKeyConstraint(["posted_by"], ["lms_person.id"], name=op.f("fk_lms_vacancy_posted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_vacancy")),
    )
    op.create_index(op.f("ix_lms_vacancy_employer_id"), "lms_vacancy", ["employer_id"], unique=False)
    op.create_index("ix_lms_vacancy_open", "lms_vacancy", ["authority_id", "ended_on", "ends_on"], unique=False)
    op.create_table(
        "lms_abuse_outcome",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_abuse_outcome_by")),
        sa.ForeignKeyConstraint(["report_id"], ["lms_abuse_report.id"], name=op.f("fk_lms_abuse_outcome_report_id")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_lms_abuse_outcome")),
    )
    op.create_table(
        "lms_contact_details",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "passed OR (phone = '' AND email = '')", name=op.f("ck_lms_contact_details_nothing_when_taken_back")
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["lms_contact.id"], name=op.f("fk_lms_contact_details_contact_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_contact_details")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_contact_details_id")),
    )
    op.create_index("ix_lms_contact_details_of", "lms_contact_details", ["contact_id", "number"], unique=False)
    op.create_table(
        "lms_contact_message",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_contact_message_by")),
        sa.ForeignKeyConstraint(["contact_id"], ["lms_contact.id"], name=op.f("fk_lms_contact_message_contact_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_contact_message")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_contact_message_id")),
    )
    op.create_index("ix_lms_contact_message_by", "lms_contact_message", ["by", "at"], unique=False)
    op.create_index("ix_lms_contact_message_of", "lms_contact_message", ["contact_id", "number"], unique=False)
    op.create_table(
        "lms_profile_face",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_profile_face_authority_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_profile_face_person_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["lms_profile_version.id"], name=op.f("fk_lms_profile_face_version_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "authority_id", name=op.f("pk_lms_profile_face")),
    )
    op.create_index(
        "ix_lms_profile_face_list", "lms_profile_face", ["authority_id", "shown", "state", "used_at"], unique=False
    )
    op.create_index("ix_lms_profile_face_used", "lms_profile_face", ["used_at"], unique=False)
    op.create_table(
        "lms_profile_look",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'sent_back') = (reason IS NOT NULL)", name=op.f("ck_lms_profile_look_reason_when_sent_back")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_profile_look_by")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["lms_profile_version.id"], name=op.f("fk_lms_profile_look_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_lms_profile_look")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_profile_look_id")),
    )
    op.create_table(
        "lms_vacancy_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("pa_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["lms_contact.id"], name=op.f("fk_lms_vacancy_answer_contact_id")),
        sa.ForeignKeyConstraint(["pa_id"], ["lms_person.id"], name=op.f("fk_lms_vacancy_answer_pa_id")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["lms_vacancy.id"], name=op.f("fk_lms_vacancy_answer_vacancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_vacancy_answer")),
        sa.UniqueConstraint("vacancy_id", "pa_id", name=op.f("uq_lms_vacancy_answer_vacancy_id_pa_id")),
    )
    op.create_index(op.f("ix_lms_vacancy_answer_pa_id"), "lms_vacancy_answer", ["pa_id"], unique=False)
    op.create_table(
        "lms_vacancy_end",
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(why = 'calendar') = (by IS NULL)", name=op.f("ck_lms_vacancy_end_by_somebody")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_vacancy_end_by")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["lms_vacancy.id"], name=op.f("fk_lms_vacancy_end_vacancy_id")),
        sa.PrimaryKeyConstraint("vacancy_id", name=op.f("pk_lms_vacancy_end")),
    )
    op.create_table(
        "lms_vacancy_text",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_vacancy_text_by")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["lms_vacancy.id"], name=op.f("fk_lms_vacancy_text_vacancy_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_vacancy_text")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_vacancy_text_id")),
    )
    op.create_index("ix_lms_vacancy_text_of", "lms_vacancy_text", ["vacancy_id", "number"], unique=False)
    op.create_index(op.f("ix_lms_vacancy_text_waits"), "lms_vacancy_text", ["waits"], unique=False)
    op.create_table(
        "lms_vacancy_look",
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'sent_back') = (reason IS NOT NULL)", name=op.f("ck_lms_vacancy_look_reason_when_sent_back")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_vacancy_look_by")),
        sa.ForeignKeyConstraint(["text_id"], ["lms_vacancy_text.id"], name=op.f("fk_lms_vacancy_look_text_id")),
        sa.PrimaryKeyConstraint("text_id", name=op.f("pk_lms_vacancy_look")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_vacancy_look_id")),
    )


def downgrade() -> None:
    """Remove the tables."""
    op.drop_table("lms_vacancy_look")
    op.drop_index(op.f("ix_lms_vacancy_text_waits"), table_name="lms_vacancy_text")
    op.drop_index("ix_lms_vacancy_text_of", table_name="lms_vacancy_text")
    op.drop_table("lms_vacancy_text")
    op.drop_table("lms_vacancy_end")
    op.drop_index(op.f("ix_lms_vacancy_answer_pa_id"), table_name="lms_vacancy_answer")
    op.drop_table("lms_vacancy_answer")
    op.drop_table("lms_profile_look")
    op.drop_index("ix_lms_profile_face_used", table_name="lms_profile_face")
    op.drop_index("ix_lms_profile_face_list", table_name="lms_profile_face")
    op.drop_table("lms_profile_face")
    op.drop_index("ix_lms_contact_message_of", table_name="lms_contact_message")
    op.drop_index("ix_lms_contact_message_by", table_name="lms_contact_message")
    op.drop_table("lms_contact_message")
    op.drop_index("ix_lms_contact_details_of", table_name="lms_contact_details")
    op.drop_table("lms_contact_details")
    op.drop_table("lms_abuse_outcome")
    op.drop_index("ix_lms_vacancy_open", table_name="lms_vacancy")
    op.drop_index(op.f("ix_lms_vacancy_employer_id"), table_name="lms_vacancy")
    op.drop_table("lms_vacancy")
    op.drop_index(op.f("ix_lms_profile_version_waits"), table_name="lms_profile_version")
    op.drop_index("ix_lms_profile_version_of", table_name="lms_profile_version")
    op.drop_table("lms_profile_version")
    op.drop_index("ix_lms_profile_tag_found", table_name="lms_profile_tag")
    op.drop_table("lms_profile_tag")
    op.drop_table("lms_profile_draft")
    op.drop_index("ix_lms_profile_choice_of", table_name="lms_profile_choice")
    op.drop_table("lms_profile_choice")
    op.drop_index("ix_lms_directory_setting_of", table_name="lms_directory_setting")
    op.drop_table("lms_directory_setting")
    op.drop_index("ix_lms_contact_seen_in", table_name="lms_contact_seen")
    op.drop_index("ix_lms_contact_seen_by", table_name="lms_contact_seen")
    op.drop_table("lms_contact_seen")
    op.drop_index("ix_lms_contact_block_pair", table_name="lms_contact_block")
    op.drop_index("ix_lms_contact_block_employer", table_name="lms_contact_block")
    op.drop_table("lms_contact_block")
    op.drop_index("ix_lms_contact_last", table_name="lms_contact")
    op.drop_index("ix_lms_contact_employer", table_name="lms_contact")
    op.drop_index(op.f("ix_lms_contact_authority_id"), table_name="lms_contact")
    op.drop_table("lms_contact")
    op.drop_index("ix_lms_abuse_report_of", table_name="lms_abuse_report")
    op.drop_table("lms_abuse_report")
