"""Files of evidence, uploads on their way, and how large they may be"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _uploads()
    _files()
    op.create_table(
        "lms_media_limits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("photo", sa.Integer(), nullable=False),
        sa.Column("voice", sa.Integer(), nullable=False),
        sa.Column("video", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("a_day", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "photo > 0 AND voice > 0 AND video > 0 AND document > 0 AND a_day > 0",
            name=op.f("ck_lms_media_limits_takes_something"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_media_limits_authority_id")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["lms_person.id"], name=op.f("fk_lms_media_limits_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_media_limits")),
    )
    op.create_index("ix_lms_media_limits_latest", "lms_media_limits", ["authority_id", "set_at"])


def _uploads() -> None:
    op.create_table(
        "lms_upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("kind_said", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.Column("in_it", sa.String(length=40), nullable=False),
        sa.Column("called", sa.String(length=120), nullable=False),
        sa.Column("captions", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused", sa.Text(), nullable=True),
        sa.Column("refused_most", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("media_type", sa.String(length=60), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("has_thumbnail", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length > 0", name=op.f("ck_lms_upload_has_bytes")),
        sa.CheckConstraint('"offset" >= 0 AND "offset" <= length', name=op.f("ck_lms_upload_offset_is_inside")),
        sa.CheckConstraint("in_it IN ('nobody', 'agreed')", name=op.f("ck_lms_upload_everybody_agreed")),
        sa.CheckConstraint('done_at IS NULL OR "offset" = length', name=op.f("ck_lms_upload_done_is_whole")),
        sa.CheckConstraint("media_type IS NULL OR refused IS NULL", name=op.f("ck_lms_upload_taken_or_refused")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_upload_authority_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_upload_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_upload")),
    )
    op.create_index("ix_lms_upload_of_person", "lms_upload", ["person_id", "made_at"])
    op.create_index(op.f("ix_lms_upload_expires_at"), "lms_upload", ["expires_at"])


def _files() -> None:
    op.create_table(
        "lms_evidence_file",
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("upload_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("captions", sa.Text(), nullable=False),
        sa.Column("in_it", sa.String(length=40), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("thumbnail", sa.String(length=64), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("in_it = 'nobody' OR agreed", name=op.f("ck_lms_evidence_file_everybody_agreed")),
        sa.CheckConstraint("in_it IN ('nobody', 'agreed')", name=op.f("ck_lms_evidence_file_in_it_is_known")),
        sa.ForeignKeyConstraint(["added_by"], ["lms_person.id"], name=op.f("fk_lms_evidence_file_added_by")),
        sa.ForeignKeyConstraint(["evidence_id"], ["lms_evidence.id"], name=op.f("fk_lms_evidence_file_evidence_id")),
        sa.ForeignKeyConstraint(["sha256"], ["lms_file.sha256"], name=op.f("fk_lms_evidence_file_sha256")),
        sa.ForeignKeyConstraint(["thumbnail"], ["lms_file.sha256"], name=op.f("fk_lms_evidence_file_thumbnail")),
        sa.PrimaryKeyConstraint("evidence_id", "position", name=op.f("pk_lms_evidence_file")),
        sa.UniqueConstraint("upload_id", name=op.f("uq_lms_evidence_file_upload_id")),
    )
    for column in ("sha256", "thumbnail"):
        op.create_index(op.f(f"ix_lms_evidence_file_{column}"), "lms_evidence_file", [column])


def downgrade() -> None:
    for table in ("lms_media_limits", "lms_evidence_file", "lms_upload"):
        op.drop_table(table)
