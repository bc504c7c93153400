"""What an authority sets in the browser: its look, roles for a period with their reasons"""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Authorities look as before until they choose; roles and invitations that are there stay as they are."""
    op.add_column("lms_organisation", sa.Column("look", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("lms_invitation", sa.Column("role_since", sa.Date(), nullable=True))
    op.add_column("lms_invitation", sa.Column("role_until", sa.Date(), nullable=True))
    op.create_index("ix_lms_role_ending", "lms_role", ["until"])
    op.create_table(
        "lms_authority_colours",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("header", sa.String(length=7), nullable=False),
        sa.Column("link", sa.String(length=7), nullable=False),
        sa.Column("button", sa.String(length=7), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lms_authority_colours"),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name="fk_lms_authority_colours_authority_id"
        ),
        sa.ForeignKeyConstraint(["set_by"], ["lms_person.id"], name="fk_lms_authority_colours_set_by"),
    )
    op.create_index("ix_lms_authority_colours_newest", "lms_authority_colours", ["authority_id", "set_at"])
    op.create_table(
        "lms_role_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("role_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lms_role_change"),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name="fk_lms_role_change_authority_id"),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name="fk_lms_role_change_person_id"),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name="fk_lms_role_change_by"),
    )
    op.create_index("ix_lms_role_change_of", "lms_role_change", ["authority_id", "at"])
    op.create_table(
        "lms_role_reminder",
        sa.Column("role_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("role_id", "until", name="pk_lms_role_reminder"),
    )


def downgrade() -> None:
    """Looks, reasons and reminders go; roles stay, with their last days."""
    op.drop_table("lms_role_reminder")
    op.drop_table("lms_role_change")
    op.drop_table("lms_authority_colours")
    op.drop_index("ix_lms_role_ending", table_name="lms_role")
    for column in ("role_until", "role_since"):
        op.drop_column("lms_invitation", column)
    op.drop_column("lms_organisation", "look")
