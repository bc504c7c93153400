"""How the register team of an authority is reached"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "lms_register_contact",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("team", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("hours", sa.String(length=200), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("email <> '' OR phone <> ''", name=op.f("ck_lms_register_contact_can_be_reached")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_register_contact_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_register_contact_by")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_register_contact")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_register_contact_id")),
    )
    op.create_index("ix_lms_register_contact_of", "lms_register_contact", ["authority_id", "number"], unique=False)


def downgrade() -> None:
    """Take it away again."""
    op.drop_index("ix_lms_register_contact_of", table_name="lms_register_contact")
    op.drop_table("lms_register_contact")
