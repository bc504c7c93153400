"""Named contacts, notes and call-backs"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""

    op.create_table(
        "lms_call_back_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_lms_call_back_day")),
    )
    op.create_table(
        "lms_call_back",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("pa_id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("whom", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("overdue_from", sa.Date(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=True),
        sa.Column("ended", sa.String(length=40), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(ended_at IS NULL) = (ended IS NULL)", name=op.f("ck_lms_call_back_ended_somehow")),
        sa.CheckConstraint("next_on >= due_on", name=op.f("ck_lms_call_back_not_before_its_day")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_call_back_authority_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["lms_organisation.id"], name=op.f("fk_lms_call_back_employer_id")),
        sa.ForeignKeyConstraint(["ended_by"], ["lms_person.id"], name=op.f("fk_lms_call_back_ended_by")),
        sa.ForeignKeyConstraint(["pa_id"], ["lms_person.id"], name=op.f("fk_lms_call_back_pa_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_call_back")),
        sa.UniqueConstraint(
            "pa_id",
            "employer_id",
            "since",
            "days",
            "whom",
            name=op.f("uq_lms_call_back_pa_id_employer_id_since_days_whom"),
        ),
    )
    op.create_index("ix_lms_call_back_done", "lms_call_back", ["authority_id", "ended_at"], unique=False)
    op.create_index(op.f("ix_lms_call_back_employer_id"), "lms_call_back", ["employer_id"], unique=False)
    op.create_index(
        "ix_lms_call_back_open",
        "lms_call_back",
        ["authority_id", "next_on"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "lms_call_back_setting",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("employers", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_call_back_setting_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_call_back_setting_by")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_call_back_setting")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_call_back_setting_id")),
    )
    op.create_index("ix_lms_call_back_setting_of", "lms_call_back_setting", ["authority_id", "number"], unique=False)
    op.create_table(
        "lms_contact_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("pa_id", sa.Uuid(), nullable=True),
        sa.Column("employer_id", sa.Uuid(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("with_whom", sa.String(length=40), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(pa_id IS NULL) <> (employer_id IS NULL)", name=op.f("ck_lms_contact_note_of_one")),
        sa.CheckConstraint("corrects <> id", name=op.f("ck_lms_contact_note_corrects_another")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_contact_note_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_contact_note_by")),
        sa.ForeignKeyConstraint(["corrects"], ["lms_contact_note.id"], name=op.f("fk_lms_contact_note_corrects")),
        sa.ForeignKeyConstraint(["employer_id"], ["lms_organisation.id"], name=op.f("fk_lms_contact_note_employer_id")),
        sa.ForeignKeyConstraint(["pa_id"], ["lms_person.id"], name=op.f("fk_lms_contact_note_pa_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_contact_note")),
        sa.UniqueConstraint("corrects", name=op.f("uq_lms_contact_note_corrects")),
    )
    op.create_index(
        "ix_lms_contact_note_employer", "lms_contact_note", ["employer_id", "authority_id", "at"], unique=False
    )
    op.create_index("ix_lms_contact_note_pa", "lms_contact_note", ["pa_id", "authority_id", "at"], unique=False)
    op.create_table(
        "lms_named_contact",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("pa_id", sa.Uuid(), nullable=True),
        sa.Column("employer_id", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "contact_id IS NULL OR email <> '' OR phone <> ''", name=op.f("ck_lms_named_contact_can_be_reached")
        ),
        sa.CheckConstraint("(pa_id IS NULL) <> (employer_id IS NULL)", name=op.f("ck_lms_named_contact_of_one")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_named_contact_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_named_contact_by")),
        sa.ForeignKeyConstraint(["contact_id"], ["lms_person.id"], name=op.f("fk_lms_named_contact_contact_id")),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["lms_organisation.id"], name=op.f("fk_lms_named_contact_employer_id")
        ),
        sa.ForeignKeyConstraint(["pa_id"], ["lms_person.id"], name=op.f("fk_lms_named_contact_pa_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_named_contact")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_named_contact_id")),
    )
    op.create_index(
        "ix_lms_named_contact_employer", "lms_named_contact", ["employer_id", "authority_id", "number"], unique=False
    )
    op.create_index("ix_lms_named_contact_pa", "lms_named_contact", ["pa_id", "authority_id", "number"], unique=False)
    op.create_table(
        "lms_safeguarding_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_lms_safeguarding_person_ended_by_somebody")
        ),
        sa.CheckConstraint(
            "until IS NULL OR until >= since", name=op.f("ck_lms_safeguarding_person_until_after_since")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_safeguarding_person_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_safeguarding_person_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["lms_person.id"], name=op.f("fk_lms_safeguarding_person_ended_by")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_safeguarding_person_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_safeguarding_person")),
    )
    op.create_index(
        op.f("ix_lms_safeguarding_person_person_id"), "lms_safeguarding_person", ["person_id"], unique=False
    )
    op.create_index(
        "uq_lms_safeguarding_person_open",
        "lms_safeguarding_person",
        ["authority_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "lms_call_back_answer",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("call_back_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("option", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_call_back_answer_by")),
        sa.ForeignKeyConstraint(
            ["call_back_id"], ["lms_call_back.id"], name=op.f("fk_lms_call_back_answer_call_back_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_call_back_answer")),
    )
    op.create_index("ix_lms_call_back_answer_of", "lms_call_back_answer", ["call_back_id", "number"], unique=False)
    op.create_table(
        "lms_call_back_try",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_back_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_call_back_try_by")),
        sa.ForeignKeyConstraint(["call_back_id"], ["lms_call_back.id"], name=op.f("fk_lms_call_back_try_call_back_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_call_back_try")),
    )
    op.create_index(op.f("ix_lms_call_back_try_call_back_id"), "lms_call_back_try", ["call_back_id"], unique=False)
    op.create_table(
        "lms_safeguarding_alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("call_back_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("option", sa.String(length=40), nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_safeguarding_alert_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["call_back_id"], ["lms_call_back.id"], name=op.f("fk_lms_safeguarding_alert_call_back_id")
        ),
        sa.ForeignKeyConstraint(["raised_by"], ["lms_person.id"], name=op.f("fk_lms_safeguarding_alert_raised_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_safeguarding_alert")),
        sa.UniqueConstraint(
            "call_back_id", "question", "option", name=op.f("uq_lms_safeguarding_alert_call_back_id_question_option")
        ),
    )
    op.create_index(
        "ix_lms_safeguarding_alert_of", "lms_safeguarding_alert", ["authority_id", "raised_at"], unique=False
    )
    op.create_index(
        "ix_lms_safeguarding_alert_open",
        "lms_safeguarding_alert",
        ["authority_id", "raised_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "lms_safeguarding_step",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("referral", sa.String(length=40), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(step = 'closed') = (referral IS NOT NULL)", name=op.f("ck_lms_safeguarding_step_closed_with_something")
        ),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["lms_safeguarding_alert.id"], name=op.f("fk_lms_safeguarding_step_alert_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_safeguarding_step_person_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_safeguarding_step")),
    )
    op.create_index("ix_lms_safeguarding_step_of", "lms_safeguarding_step", ["alert_id", "number"], unique=False)
    op.create_index(
        "uq_lms_safeguarding_step_once",
        "lms_safeguarding_step",
        ["alert_id", "step"],
        unique=True,
        sqlite_where=sa.text("step IN ('acknowledged', 'closed')"),
        postgresql_where=sa.text("step IN ('acknowledged', 'closed')"),
    )


def downgrade() -> None:
    """Take them away again."""

    op.drop_index(
        "uq_lms_safeguarding_step_once",
        table_name="lms_safeguarding_step",
        sqlite_where=sa.text("step IN ('acknowledged', 'closed')"),
        postgresql_where=sa.text("step IN ('acknowledged', 'closed')"),
    )
    op.drop_index("ix_lms_safeguarding_step_of", table_name="lms_safeguarding_step")
    op.drop_table("lms_safeguarding_step")
    op.drop_index(
        "ix_lms_safeguarding_alert_open",
        table_name="lms_safeguarding_alert",
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.drop_index("ix_lms_safeguarding_alert_of", table_name="lms_safeguarding_alert")
    op.drop_table("lms_safeguarding_alert")
    op.drop_index(op.f("ix_lms_call_back_try_call_back_id"), table_name="lms_call_back_try")
    op.drop_table("lms_call_back_try")
    op.drop_index("ix_lms_call_back_answer_of", table_name="lms_call_back_answer")
    op.drop_table("lms_call_back_answer")
    op.drop_index(
        "uq_lms_safeguarding_person_open",
        table_name="lms_safeguarding_person",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(op.f("ix_lms_safeguarding_person_person_id"), table_name="lms_safeguarding_person")
    op.drop_table("lms_safeguarding_person")
    op.drop_index("ix_lms_named_contact_pa", table_name="lms_named_contact")
    op.drop_index("ix_lms_named_contact_employer", table_name="lms_named_contact")
    op.drop_table("lms_named_contact")
    op.drop_index("ix_lms_contact_note_pa", table_name="lms_contact_note")
    op.drop_index("ix_lms_contact_note_employer", table_name="lms_contact_note")
    op.drop_table("lms_contact_note")
    op.drop_index("ix_lms_call_back_setting_of", table_name="lms_call_back_setting")
    op.drop_table("lms_call_back_setting")
    op.drop_index(
        "ix_lms_call_back_open",
        table_name="lms_call_back",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(op.f("ix_lms_call_back_employer_id"), table_name="lms_call_back")
    op.drop_index("ix_lms_call_back_done", table_name="lms_call_back")
    op.drop_table("lms_call_back")
    op.drop_table("lms_call_back_day")
