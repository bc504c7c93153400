"""Certificates as credentials with status lists"""

from datetime import UTC, datetime
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

AT_ONCE = 1_000


def upgrade() -> None:
    """Add the tables, and have the worker make a credential for every certificate there is."""
    op.create_table(
        "lms_status_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(length=400), nullable=False),
        sa.Column("address", sa.String(length=400), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_status_list_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_status_list")),
    )
    op.create_index("ix_lms_status_list_issuer", "lms_status_list", ["issuer", "opened_at"])
    op.create_table(
        "lms_status_document",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.Column("marked", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["lms_status_list.id"], name=op.f("fk_lms_status_document_list_id")),
        sa.PrimaryKeyConstraint("list_id", "mark", name=op.f("pk_lms_status_document")),
    )
    op.create_index(op.f("ix_lms_status_document_made_at"), "lms_status_document", ["made_at"])
    op.create_table(
        "lms_credential",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("place >= 0 AND place < 131072", name=op.f("ck_lms_credential_place_in_list")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["lms_certificate.id"], name=op.f("fk_lms_credential_certificate_id")
        ),
        sa.ForeignKeyConstraint(["list_id"], ["lms_status_list.id"], name=op.f("fk_lms_credential_list_id")),
        sa.ForeignKeyConstraint(["key_id"], ["lms_key.id"], name=op.f("fk_lms_credential_key_id")),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_lms_credential")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_credential_id")),
        sa.UniqueConstraint("list_id", "place", name=op.f("uq_lms_credential_list_id_place")),
    )
    _ask_for_those_there_are()


def downgrade() -> None:
    """Remove the tables. Credentials that holders took away can then no longer be checked here."""
    op.drop_table("lms_credential")
    op.drop_table("lms_status_document")
    op.drop_table("lms_status_list")
    op.execute("DELETE FROM lms_work WHERE kind IN ('certification.credential', 'certification.status')")


def _ask_for_those_there_are() -> None:
    """Write the work that an issue writes from now on, in slices."""
    certificate = sa.table("lms_certificate", sa.column("id", sa.Uuid()))
    moment = sa.DateTime(timezone=True)
    work = sa.table(
        "lms_work",
        sa.column("id", sa.Uuid()),
        sa.column("kind", sa.String()),
        sa.column("key", sa.String()),
        sa.column("created_at", moment),
        sa.column("not_before", moment),
        sa.column("attempts", sa.Integer()),
    )
    db, now = op.get_bind(), datetime.now(UTC)
    last = None
    while True:
        wanted = sa.select(certificate.c.id).order_by(certificate.c.id).limit(AT_ONCE)
        ids = db.scalars(wanted if last is None else wanted.where(certificate.c.id > last)).all()
        if not ids:
            return
        kind = "certification.credential"
        shared = {"kind": kind, "created_at": now, "not_before": now, "attempts": 0}
        db.execute(sa.insert(work), [{"id": uuid4(), "key": str(each), **shared} for each in ids])
        last = ids[-1]
