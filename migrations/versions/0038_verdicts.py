"""Verdicts in bulk, and what a change of rules would do"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_NEW = (
    ("ix_lms_standing_lapses", "lapses_on"),
    ("ix_lms_standing_next", "next_step"),
    ("ix_lms_standing_rules", "rules"),
)


def upgrade() -> None:
    """Add the tables. Every standing is worked out again, since none says yet when it would lapse."""
    op.add_column("lms_standing", sa.Column("lapses_on", sa.Date(), nullable=True))
    op.add_column("lms_standing", sa.Column("next_step", sa.String(length=40), nullable=True))
    op.add_column("lms_standing", sa.Column("next_for", sa.String(length=40), nullable=True))
    op.add_column("lms_standing", sa.Column("rules", sa.String(length=20), server_default="", nullable=False))
    op.add_column("lms_standing", sa.Column("turn", sa.Integer(), server_default="0", nullable=False))
    for name, column in _NEW:
        op.create_index(name, "lms_standing", ["authority_id", column])
    op.create_table(
        "lms_standing_lack",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_standing_lack_authority_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_standing_lack_person_id")),
        sa.PrimaryKeyConstraint("authority_id", "code", "person_id", name=op.f("pk_lms_standing_lack")),
    )
    op.create_index("ix_lms_standing_lack_person_id", "lms_standing_lack", ["person_id", "authority_id"])
    op.create_table(
        "lms_reread",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_reread_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_reread")),
    )
    op.create_index(
        "uq_lms_reread_open",
        "lms_reread",
        ["authority_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    _changes()


def _changes() -> None:
    op.create_table(
        "lms_rule_look",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.Column("tells", sa.Boolean(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("after", sa.Uuid(), nullable=True),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("overtaken_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("draft_id IS NULL OR version IS NOT NULL", name=op.f("ck_lms_rule_look_of_one_version")),
        sa.ForeignKeyConstraint(["asked_by"], ["lms_person.id"], name=op.f("fk_lms_rule_look_asked_by")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_rule_look_authority_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["lms_register_draft.id"], name=op.f("fk_lms_rule_look_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_rule_look")),
    )
    op.create_index("ix_lms_rule_look_of", "lms_rule_look", ["authority_id", "asked_at"])
    op.create_index("ix_lms_rule_look_draft", "lms_rule_look", ["draft_id", "asked_at"])
    op.create_table(
        "lms_rule_look_line",
        sa.Column("look_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("effect", sa.String(length=40), nullable=False),
        sa.Column("was", sa.String(length=40), nullable=False),
        sa.Column("will", sa.String(length=40), nullable=False),
        sa.Column("more", sa.JSON(), nullable=False),
        sa.Column("fewer", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["look_id"], ["lms_rule_look.id"], name=op.f("fk_lms_rule_look_line_look_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_rule_look_line_person_id")),
        sa.PrimaryKeyConstraint("look_id", "person_id", name=op.f("pk_lms_rule_look_line")),
    )
    op.create_index("ix_lms_rule_look_line_effect", "lms_rule_look_line", ["look_id", "effect", "person_id"])
    op.create_table(
        "lms_rule_change",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("off_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("days_before BETWEEN 1 AND 180", name=op.f("ck_lms_rule_change_days_in_range")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_rule_change_authority_id")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["lms_person.id"], name=op.f("fk_lms_rule_change_set_by")),
        sa.PrimaryKeyConstraint("authority_id", "edition", "valid_from", name=op.f("pk_lms_rule_change")),
    )
    op.create_index("ix_lms_rule_change_due", "lms_rule_change", ["next_on"])
    op.create_table(
        "lms_rule_change_told",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("effect", sa.String(length=40), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_rule_change_told_authority_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_rule_change_told_person_id")),
        sa.PrimaryKeyConstraint(
            "person_id", "authority_id", "edition", "valid_from", name=op.f("pk_lms_rule_change_told")
        ),
    )


def downgrade() -> None:
    """Remove them."""
    for table in ("lms_rule_change_told", "lms_rule_change", "lms_rule_look_line", "lms_rule_look", "lms_reread"):
        op.drop_table(table)
    op.drop_table("lms_standing_lack")
    for name, _column in _NEW:
        op.drop_index(name, "lms_standing")
    with op.batch_alter_table("lms_standing") as table:
        for column in ("turn", "rules", "next_for", "next_step", "lapses_on"):
            table.drop_column(column)
