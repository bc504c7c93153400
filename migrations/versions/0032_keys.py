"""Keys certificates are sealed with, and which key a PDF was sealed with"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keys, and the one each PDF was sealed with; what was printed before bears no seal."""
    op.create_table(
        "lms_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("public_pem", sa.Text(), nullable=False),
        sa.Column("certificate_pem", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_key_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_key")),
        sa.UniqueConstraint("authority_id", "purpose", "turn", name=op.f("uq_lms_key_authority_id_purpose_turn")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_lms_key_fingerprint")),
    )
    op.create_table(
        "lms_key_retired",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_key_retired_by")),
        sa.ForeignKeyConstraint(["key_id"], ["lms_key.id"], name=op.f("fk_lms_key_retired_key_id")),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_lms_key_retired")),
    )
    # Added plainly, without rebuilding the table: SQLite can, and nothing has to be put aside.
    op.add_column("lms_certificate_pdf", sa.Column("key_id", sa.Uuid(), nullable=True))
    op.add_column("lms_certificate_pdf", sa.Column("sealed", sa.String(length=40), nullable=True))


def downgrade() -> None:
    """Which key sealed what is lost, and so is every key: what was sealed no longer verifies."""
    with op.batch_alter_table("lms_certificate_pdf") as table:
        table.drop_column("sealed")
        table.drop_column("key_id")
    op.drop_table("lms_key_retired")
    op.drop_table("lms_key")
