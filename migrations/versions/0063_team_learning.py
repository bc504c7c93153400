"""Teams of staff who learn, and mentors"""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "lms_mentor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("area", sa.String(length=80), nullable=False),
        sa.Column("for_what", sa.String(length=300), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("room", sa.Integer(), nullable=False),
        sa.Column("wording", sa.String(length=20), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("room BETWEEN 1 AND 10", name=op.f("ck_lms_mentor_has_room")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_mentor_authority_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_mentor_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_mentor")),
    )
    op.create_index("ix_lms_mentor_person", "lms_mentor", ["person_id"], unique=False)
    op.create_index(
        "uq_lms_mentor_open",
        "lms_mentor",
        ["authority_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "lms_mentor_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("newcomer_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("area", sa.String(length=80), nullable=False),
        sa.Column("near", sa.Boolean(), nullable=False),
        sa.Column("suggested_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wording", sa.String(length=20), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=True),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "agreed_at IS NOT NULL OR address = ''", name=op.f("ck_lms_mentor_request_nothing_before_a_yes")
        ),
        sa.CheckConstraint(
            "(agreed_at IS NULL) = (wording IS NULL)", name=op.f("ck_lms_mentor_request_agreed_to_words")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_mentor_request_authority_id")
        ),
        sa.ForeignKeyConstraint(["newcomer_id"], ["lms_person.id"], name=op.f("fk_lms_mentor_request_newcomer_id")),
        sa.ForeignKeyConstraint(["suggested_by"], ["lms_person.id"], name=op.f("fk_lms_mentor_request_suggested_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_mentor_request")),
    )
    op.create_index("ix_lms_mentor_request_ended", "lms_mentor_request", ["ended_at", "forgotten_at"], unique=False)
    op.create_index("ix_lms_mentor_request_newcomer", "lms_mentor_request", ["newcomer_id"], unique=False)
    op.create_index(
        "uq_lms_mentor_request_open",
        "lms_mentor_request",
        ["authority_id", "newcomer_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "lms_mentors_apart",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("one_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_mentors_apart_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_mentors_apart_by")),
        sa.ForeignKeyConstraint(["one_id"], ["lms_person.id"], name=op.f("fk_lms_mentors_apart_one_id")),
        sa.ForeignKeyConstraint(["other_id"], ["lms_person.id"], name=op.f("fk_lms_mentors_apart_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_mentors_apart")),
        sa.UniqueConstraint(
            "authority_id", "one_id", "other_id", name=op.f("uq_lms_mentors_apart_authority_id_one_id_other_id")
        ),
    )
    op.create_table(
        "lms_team",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("whom", sa.String(length=40), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_lms_team_has_a_name")),
        sa.CheckConstraint("target BETWEEN 1 AND 100", name=op.f("ck_lms_team_target_is_a_share")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_team_authority_id")),
        sa.ForeignKeyConstraint(["made_by"], ["lms_person.id"], name=op.f("fk_lms_team_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_team")),
    )
    op.create_index("ix_lms_team_of", "lms_team", ["authority_id", "name"], unique=False)
    op.create_table(
        "lms_mentor_match",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("matched_by", sa.Uuid(), nullable=False),
        sa.Column("matched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_lms_mentor_match_ended_by_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_mentor_match_authority_id")
        ),
        sa.ForeignKeyConstraint(["matched_by"], ["lms_person.id"], name=op.f("fk_lms_mentor_match_matched_by")),
        sa.ForeignKeyConstraint(["mentor_id"], ["lms_mentor.id"], name=op.f("fk_lms_mentor_match_mentor_id")),
        sa.ForeignKeyConstraint(["request_id"], ["lms_mentor_request.id"], name=op.f("fk_lms_mentor_match_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_mentor_match")),
        sa.UniqueConstraint("request_id", name=op.f("uq_lms_mentor_match_request_id")),
    )
    op.create_index("ix_lms_mentor_match_mentor", "lms_mentor_match", ["mentor_id", "ended_at"], unique=False)
    op.create_index("ix_lms_mentor_match_of", "lms_mentor_match", ["authority_id", "ended_at"], unique=False)
    op.create_table(
        "lms_team_invitation",
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["lms_team.id"], name=op.f("fk_lms_team_invitation_team_id")),
        sa.PrimaryKeyConstraint("invitation_id", name=op.f("pk_lms_team_invitation")),
    )
    op.create_index(op.f("ix_lms_team_invitation_team_id"), "lms_team_invitation", ["team_id"], unique=False)
    op.create_table(
        "lms_team_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("left_on IS NULL OR left_on >= since", name=op.f("ck_lms_team_member_left_after_since")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_team_member_by")),
        sa.ForeignKeyConstraint(["left_by"], ["lms_person.id"], name=op.f("fk_lms_team_member_left_by")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_team_member_person_id")),
        sa.ForeignKeyConstraint(["team_id"], ["lms_team.id"], name=op.f("fk_lms_team_member_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_team_member")),
    )
    op.create_index(op.f("ix_lms_team_member_person_id"), "lms_team_member", ["person_id"], unique=False)
    op.create_index(
        "uq_lms_team_member_in_it",
        "lms_team_member",
        ["team_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("left_on IS NULL"),
        postgresql_where=sa.text("left_on IS NULL"),
    )
    op.create_table(
        "lms_mentor_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("match_id", sa.Uuid(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 1 AND 600", name=op.f("ck_lms_mentor_contact_takes_a_while")),
        sa.ForeignKeyConstraint(["match_id"], ["lms_mentor_match.id"], name=op.f("fk_lms_mentor_contact_match_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_mentor_contact")),
    )
    op.create_index(op.f("ix_lms_mentor_contact_match_id"), "lms_mentor_contact", ["match_id"], unique=False)


def downgrade() -> None:
    """Take them away again."""
    op.drop_index(op.f("ix_lms_mentor_contact_match_id"), table_name="lms_mentor_contact")
    op.drop_table("lms_mentor_contact")
    op.drop_index(
        "uq_lms_team_member_in_it",
        table_name="lms_team_member",
        sqlite_where=sa.text("left_on IS NULL"),
        postgresql_where=sa.text("left_on IS NULL"),
    )
    op.drop_index(op.f("ix_lms_team_member_person_id"), table_name="lms_team_member")
    op.drop_table("lms_team_member")
    op.drop_index(op.f("ix_lms_team_invitation_team_id"), table_name="lms_team_invitation")
    op.drop_table("lms_team_invitation")
    op.drop_index("ix_lms_mentor_match_of", table_name="lms_mentor_match")
    op.drop_index("ix_lms_mentor_match_mentor", table_name="lms_mentor_match")
    op.drop_table("lms_mentor_match")
    op.drop_index("ix_lms_team_of", table_name="lms_team")
    op.drop_table("lms_team")
    op.drop_table("lms_mentors_apart")
    op.drop_index(
        "uq_lms_mentor_request_open",
        table_name="lms_mentor_request",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index("ix_lms_mentor_request_newcomer", table_name="lms_mentor_request")
    op.drop_index("ix_lms_mentor_request_ended", table_name="lms_mentor_request")
    op.drop_table("lms_mentor_request")
    op.drop_index(
        "uq_lms_mentor_open",
        table_name="lms_mentor",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index("ix_lms_mentor_person", table_name="lms_mentor")
    op.drop_table("lms_mentor")
