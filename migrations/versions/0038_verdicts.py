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


def downgrade() -> None:
    """Remove them."""
    op.drop_table("lms_reread")
    op.drop_table("lms_standing_lack")
    for name, _column in _NEW:
        op.drop_index(name, "lms_standing")
    with op.batch_alter_table("lms_standing") as table:
        for column in ("turn", "rules", "next_for", "next_step", "lapses_on"):
            table.drop_column(column)
