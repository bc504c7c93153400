"""The coordinator's desk"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "lms_desk_standing",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("course", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("waits_for", sa.String(length=40), nullable=True),
        sa.Column("why", sa.String(length=40), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("assess_on", sa.Date(), nullable=True),
        sa.Column("sign_off_on", sa.Date(), nullable=True),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(waits_for IS NULL) = (since IS NULL) AND (waits_for IS NULL) = (why IS NULL)",
            name=op.f("ck_lms_desk_standing_wait_whole"),
        ),
        sa.CheckConstraint(
            "(state = 'completed') = (completed_on IS NOT NULL)", name=op.f("ck_lms_desk_standing_completed_on_a_day")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_desk_standing_authority_id")
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_desk_standing_learner_id")),
        sa.PrimaryKeyConstraint("enrolment_id", name=op.f("pk_lms_desk_standing")),
    )
    for name, names in (
        ("counted", ["authority_id", "state", "waits_for", "since", "assess_on", "sign_off_on"]),
        ("started", ["authority_id", "started_on", "completed_on", "left_on"]),
        ("completed", ["authority_id", "completed_on"]),
        ("due", ["holds_until"]),
        ("learner_id", ["learner_id"]),
    ):
        op.create_index(f"ix_lms_desk_standing_{name}", "lms_desk_standing", names, unique=False)
    op.create_table(
        "lms_desk_setting",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("target_started", sa.Integer(), nullable=True),
        sa.Column("target_completed", sa.Integer(), nullable=True),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_desk_setting_authority_id")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["lms_person.id"], name=op.f("fk_lms_desk_setting_set_by")),
        sa.PrimaryKeyConstraint("authority_id", name=op.f("pk_lms_desk_setting")),
    )
    op.create_table(
        "lms_nudge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("waits_for", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_nudge_authority_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_nudge_person_id")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_nudge_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_nudge")),
    )
    op.create_index("ix_lms_nudge_of", "lms_nudge", ["enrolment_id", "on_day"], unique=False)
    op.create_index("ix_lms_nudge_person_id", "lms_nudge", ["person_id"], unique=False)
    op.create_table(
        "lms_saved_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_saved_view_authority_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_saved_view_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_saved_view")),
        sa.UniqueConstraint(
            "person_id", "authority_id", "name", name=op.f("uq_lms_saved_view_person_id_authority_id_name")
        ),
    )


def downgrade() -> None:
    """Take them away again."""
    for table in ("lms_saved_view", "lms_nudge", "lms_desk_setting", "lms_desk_standing"):
        op.drop_table(table)
