"""Facts, their seals, waiting work and files"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lms_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("behalf", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_event")),
    )
    with op.batch_alter_table("lms_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_event_about"), ["about"], unique=False)
        batch_op.create_index(batch_op.f("ix_lms_event_kind"), ["kind"], unique=False)

    op.create_table(
        "lms_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_lms_file")),
    )
    op.create_table(
        "lms_seal",
        sa.Column(
            "position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_lms_seal")),
        sa.UniqueConstraint("event_id", name=op.f("uq_lms_seal_event_id")),
    )
    op.create_table(
        "lms_work",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_work")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_lms_work_kind_key")),
    )
    with op.batch_alter_table("lms_work", schema=None) as batch_op:
        batch_op.create_index("ix_lms_work_waiting", ["done_at", "not_before"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("lms_work", schema=None) as batch_op:
        batch_op.drop_index("ix_lms_work_waiting")

    op.drop_table("lms_work")
    op.drop_table("lms_seal")
    op.drop_table("lms_file")
    with op.batch_alter_table("lms_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lms_event_kind"))
        batch_op.drop_index(batch_op.f("ix_lms_event_about"))

    op.drop_table("lms_event")
