"""Groups of learners and events"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "lms_calendar_address",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_calendar_address_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_calendar_address")),
        sa.UniqueConstraint("digest", name=op.f("uq_lms_calendar_address_digest")),
    )
    op.create_index(
        "uq_lms_calendar_address_open",
        "lms_calendar_address",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "lms_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("course", sa.String(length=40), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_lms_group_until_after_since")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_group_authority_id")),
        sa.ForeignKeyConstraint(["made_by"], ["lms_person.id"], name=op.f("fk_lms_group_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_group")),
    )
    op.create_index("ix_lms_group_of", "lms_group", ["authority_id", "since"], unique=False)
    op.create_table(
        "lms_gathering",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("led_by", sa.String(length=120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("where", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=True),
        sa.Column("access", sa.JSON(), nullable=False),
        sa.Column("access_notes", sa.String(length=500), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("paid", sa.Boolean(), nullable=False),
        sa.Column("paid_by", sa.String(length=120), nullable=False),
        sa.Column("open_to", sa.JSON(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("course", sa.String(length=40), nullable=True),
        sa.Column("walk_ins", sa.Boolean(), nullable=False),
        sa.Column("remind", sa.JSON(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_by", sa.Uuid(), nullable=True),
        sa.Column("cancelled_why", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "\"where\" <> 'home' OR (place = '' AND link = '')", name=op.f("ck_lms_gathering_no_address_of_a_home")
        ),
        sa.CheckConstraint(
            "(\"where\" = 'home') = (employer_id IS NOT NULL)", name=op.f("ck_lms_gathering_home_of_somebody")
        ),
        sa.CheckConstraint(
            "(cancelled_at IS NULL) = (cancelled_by IS NULL)", name=op.f("ck_lms_gathering_cancelled_by_somebody")
        ),
        sa.CheckConstraint("capacity IS NULL OR capacity > 0", name=op.f("ck_lms_gathering_some_places")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_lms_gathering_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_gathering_authority_id")),
        sa.ForeignKeyConstraint(["cancelled_by"], ["lms_person.id"], name=op.f("fk_lms_gathering_cancelled_by")),
        sa.ForeignKeyConstraint(["employer_id"], ["lms_organisation.id"], name=op.f("fk_lms_gathering_employer_id")),
        sa.ForeignKeyConstraint(["group_id"], ["lms_group.id"], name=op.f("fk_lms_gathering_group_id")),
        sa.ForeignKeyConstraint(["made_by"], ["lms_person.id"], name=op.f("fk_lms_gathering_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_gathering")),
    )
    op.create_index("ix_lms_gathering_of", "lms_gathering", ["authority_id", "starts_at"], unique=False)
    op.create_index("ix_lms_gathering_starts", "lms_gathering", ["starts_at"], unique=False)
    op.create_table(
        "lms_group_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_lms_group_member_ended_by_somebody")
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (until IS NULL)", name=op.f("ck_lms_group_member_ended_whole")),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_lms_group_member_until_after_since")),
        sa.ForeignKeyConstraint(["added_by"], ["lms_person.id"], name=op.f("fk_lms_group_member_added_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["lms_person.id"], name=op.f("fk_lms_group_member_ended_by")),
        sa.ForeignKeyConstraint(["group_id"], ["lms_group.id"], name=op.f("fk_lms_group_member_group_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_group_member_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_group_member")),
    )
    op.create_index("ix_lms_group_member_of", "lms_group_member", ["group_id", "ended_at"], unique=False)
    op.create_index(op.f("ix_lms_group_member_person_id"), "lms_group_member", ["person_id"], unique=False)
    op.create_index(
        "uq_lms_group_member_open",
        "lms_group_member",
        ["group_id", "enrolment_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "lms_gathering_attendance",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("gathering_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("came", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_gathering_attendance_by")),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["lms_gathering.id"], name=op.f("fk_lms_gathering_attendance_gathering_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_gathering_attendance_person_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_gathering_attendance")),
    )
    op.create_index(
        "ix_lms_gathering_attendance_of",
        "lms_gathering_attendance",
        ["gathering_id", "person_id", "number"],
        unique=False,
    )
    op.create_index(
        op.f("ix_lms_gathering_attendance_person_id"), "lms_gathering_attendance", ["person_id"], unique=False
    )
    op.create_table(
        "lms_gathering_code",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("gathering_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("until > since", name=op.f("ck_lms_gathering_code_for_a_while")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_gathering_code_by")),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["lms_gathering.id"], name=op.f("fk_lms_gathering_code_gathering_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_gathering_code")),
    )
    op.create_index("ix_lms_gathering_code_of", "lms_gathering_code", ["gathering_id", "number"], unique=False)
    op.create_table(
        "lms_gathering_place",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gathering_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("needs", sa.String(length=500), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended", sa.String(length=40), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(ended_at IS NULL) = (ended IS NULL)", name=op.f("ck_lms_gathering_place_ended_somehow")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_gathering_place_by")),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["lms_gathering.id"], name=op.f("fk_lms_gathering_place_gathering_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_gathering_place_person_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_gathering_place")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_gathering_place_id")),
    )
    op.create_index("ix_lms_gathering_place_of", "lms_gathering_place", ["gathering_id", "ended_at"], unique=False)
    op.create_index(op.f("ix_lms_gathering_place_person_id"), "lms_gathering_place", ["person_id"], unique=False)
    op.create_index(
        "uq_lms_gathering_place_open",
        "lms_gathering_place",
        ["gathering_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "lms_gathering_reminder",
        sa.Column("gathering_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["lms_gathering.id"], name=op.f("fk_lms_gathering_reminder_gathering_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_gathering_reminder_person_id")),
        sa.PrimaryKeyConstraint("gathering_id", "person_id", "on_day", "days", name=op.f("pk_lms_gathering_reminder")),
    )
    op.create_table(
        "lms_gathering_try",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("gathering_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["gathering_id"], ["lms_gathering.id"], name=op.f("fk_lms_gathering_try_gathering_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_gathering_try_person_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_gathering_try")),
    )
    op.create_index("ix_lms_gathering_try_of", "lms_gathering_try", ["gathering_id", "person_id", "at"], unique=False)


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("ix_lms_gathering_try_of", table_name="lms_gathering_try")
    op.drop_table("lms_gathering_try")
    op.drop_table("lms_gathering_reminder")
    op.drop_index(
        "uq_lms_gathering_place_open",
        table_name="lms_gathering_place",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(op.f("ix_lms_gathering_place_person_id"), table_name="lms_gathering_place")
    op.drop_index("ix_lms_gathering_place_of", table_name="lms_gathering_place")
    op.drop_table("lms_gathering_place")
    op.drop_index("ix_lms_gathering_code_of", table_name="lms_gathering_code")
    op.drop_table("lms_gathering_code")
    op.drop_index(op.f("ix_lms_gathering_attendance_person_id"), table_name="lms_gathering_attendance")
    op.drop_index("ix_lms_gathering_attendance_of", table_name="lms_gathering_attendance")
    op.drop_table("lms_gathering_attendance")
    op.drop_index(
        "uq_lms_group_member_open",
        table_name="lms_group_member",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(op.f("ix_lms_group_member_person_id"), table_name="lms_group_member")
    op.drop_index("ix_lms_group_member_of", table_name="lms_group_member")
    op.drop_table("lms_group_member")
    op.drop_index("ix_lms_gathering_starts", table_name="lms_gathering")
    op.drop_index("ix_lms_gathering_of", table_name="lms_gathering")
    op.drop_table("lms_gathering")
    op.drop_index("ix_lms_group_of", table_name="lms_group")
    op.drop_table("lms_group")
    op.drop_index(
        "uq_lms_calendar_address_open",
        table_name="lms_calendar_address",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_table("lms_calendar_address")
