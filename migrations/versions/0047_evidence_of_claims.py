"""Files and learner identifiers of claims"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

_COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_COUNTS = sa.text("gone_at IS NULL")


def upgrade() -> None:
    """Add the tables."""
    _files()
    _read()
    _numbers()
    _packs()


def _files() -> None:
    table = "lms_claim_file"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("origin_id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("came_sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("smaller", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("out_by", sa.Uuid(), nullable=True),
        sa.Column("out_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(out_at IS NULL) = (out_by IS NULL)", name=op.f(f"ck_{table}_out_whole")),
        sa.CheckConstraint("size > 0", name=op.f(f"ck_{table}_has_bytes")),
        sa.ForeignKeyConstraint(["claim_id"], ["lms_claim.id"], name=op.f(f"fk_{table}_claim_id")),
        sa.ForeignKeyConstraint(["line_id"], ["lms_claim_line.id"], name=op.f(f"fk_{table}_line_id")),
        sa.ForeignKeyConstraint(["sha256"], ["lms_file.sha256"], name=op.f(f"fk_{table}_sha256")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f(f"fk_{table}_by")),
        sa.ForeignKeyConstraint(["out_by"], ["lms_person.id"], name=op.f(f"fk_{table}_out_by")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index("ix_lms_claim_file_of", table, ["claim_id", "line_id"])
    op.create_index("ix_lms_claim_file_came", table, ["came_sha256"])
    op.create_index(op.f("ix_lms_claim_file_line_id"), table, ["line_id"])
    op.create_index(op.f("ix_lms_claim_file_sha256"), table, ["sha256"])


def _read() -> None:
    table = "lms_claim_file_read"
    op.create_table(
        table,
        sa.Column("turn", _COUNTER, autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("payer", sa.String(length=160), nullable=False),
        sa.Column("payee", sa.String(length=160), nullable=False),
        sa.Column("course", sa.String(length=160), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("invoiced_on", sa.Date(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("learners", sa.Integer(), nullable=False),
        sa.Column("paid_shown", sa.String(length=40), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_pence > 0", name=op.f(f"ck_{table}_amount_is_something")),
        sa.CheckConstraint("learners > 0", name=op.f(f"ck_{table}_for_somebody")),
        sa.ForeignKeyConstraint(["file_id"], ["lms_claim_file.id"], name=op.f(f"fk_{table}_file_id")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f(f"fk_{table}_by")),
        sa.PrimaryKeyConstraint("turn", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("id", name=op.f(f"uq_{table}_id")),
    )
    op.create_index("ix_lms_claim_file_read_of", table, ["file_id", "turn"])


def _numbers() -> None:
    table = "lms_learner_number"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(sealed IS NULL) = (gone_at IS NOT NULL)", name=op.f(f"ck_{table}_kept_or_gone")),
        sa.CheckConstraint("(digest IS NULL) = (gone_at IS NOT NULL)", name=op.f(f"ck_{table}_known_or_gone")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f(f"fk_{table}_learner_id")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f(f"fk_{table}_authority_id")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f(f"fk_{table}_by")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index("ix_lms_learner_number_same", table, ["digest"])
    op.create_index(
        "uq_lms_learner_number_counts",
        table,
        ["learner_id", "authority_id", "kind"],
        unique=True,
        sqlite_where=_COUNTS,
        postgresql_where=_COUNTS,
    )


def _packs() -> None:
    table = "lms_claim_pack"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(sha256 IS NULL) = (made_at IS NULL)", name=op.f(f"ck_{table}_made_whole")),
        sa.ForeignKeyConstraint(["claim_id"], ["lms_claim.id"], name=op.f(f"fk_{table}_claim_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["lms_claim_submission.id"], name=op.f(f"fk_{table}_submission_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["lms_person.id"], name=op.f(f"fk_{table}_asked_by")),
        sa.ForeignKeyConstraint(["sha256"], ["lms_file.sha256"], name=op.f(f"fk_{table}_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("submission_id", name=op.f(f"uq_{table}_submission_id")),
    )
    op.create_index("ix_lms_claim_pack_of", table, ["claim_id", "asked_at"])
    op.create_index(op.f("ix_lms_claim_pack_sha256"), table, ["sha256"])


def downgrade() -> None:
    """Take them away."""
    for table in ("lms_claim_pack", "lms_learner_number", "lms_claim_file_read", "lms_claim_file"):
        op.drop_table(table)
