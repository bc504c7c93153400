"""Certificates of every kind, whole as they were issued"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op
from babel.dates import format_date

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_TEXTS = ("languages", "shown", "signatories", "achievements", "relied_on", "also")
_NULLABLE = ("course", "course_title", "content_edition", "enrolment_id")
_OLD_KEY = "uq_lms_certificate_enrolment_id_kind_code_turn"
_NEW_KEY = "uq_lms_certificate_source_id_kind_code_turn"
_WALL = "ix_lms_certificate_authority_id"
_SLICE = 500

_row = sa.table(
    "lms_certificate",
    *(sa.column(name, sa.Uuid()) for name in ("id", "source_id", "enrolment_id", "holder_id", "authority_id")),
    *(sa.column(name, sa.Uuid()) for name in ("renews_id", "replaces_id")),
    *(
        sa.column(name, sa.String())
        for name in (
            "number", "kind", "code", "holder_name", "title", "module_title", "course", "course_title",
            "design_edition", "content_edition", "framework_edition", "nation", "authority_name", "signed_off_by",
            "signed_off_as", "language", "logo_sha256", "design_sha256", "html", "frozen_digest",
        )
    ),
    sa.column("turn", sa.Integer()),
    *(sa.column(name, sa.JSON()) for name in ("proves", "does_not_prove", *_TEXTS)),
    sa.column("face", sa.JSON(none_as_null=True)),
    *(sa.column(name, sa.Date()) for name in ("studied_on", "signed_off_on", "issued_on", "lapses_on")),
    sa.column("issued_at", sa.DateTime(timezone=True)),
)  # fmt: skip
_LABELS = {
    "en": ("For", "Course", "Module finished", "Practice signed off", "Issued", "No longer counts from", "Issued by"),
}
_EDITIONS = ("Edition of the certificate", "Edition of the course", "Edition of the practice")


def upgrade() -> None:
    """Add what a certificate says beside its sentences, and say it for those that stand."""
    op.create_table(
        "lms_certificate_design",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_lms_certificate_design")),
    )
    op.create_table(
        "lms_certificate_kind_read",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("after", sa.Uuid(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("kind", "rule", name=op.f("pk_lms_certificate_kind_read")),
    )
    for name, kind in (
        ("source_id", sa.Uuid()),
        *((name, sa.JSON()) for name in _TEXTS),
        ("logo_sha256", sa.String(length=64)),
        ("renews_id", sa.Uuid()),
        ("replaces_id", sa.Uuid()),
        ("design_sha256", sa.String(length=64)),
        ("face", sa.JSON()),
        ("frozen_digest", sa.String(length=64)),
    ):
        op.add_column("lms_certificate", sa.Column(name, kind, nullable=True))
    _fill()
    _aside()
    with op.batch_alter_table("lms_certificate") as table:
        table.drop_constraint(op.f(_OLD_KEY), type_="unique")
        table.create_unique_constraint(op.f(_NEW_KEY), ["source_id", "kind", "code", "turn"])
        table.create_unique_constraint(op.f("uq_lms_certificate_replaces_id"), ["replaces_id"])
        table.create_check_constraint(
            op.f("ck_lms_certificate_one_source"), "enrolment_id IS NULL OR enrolment_id = source_id"
        )
        for name, kind in (
            ("source_id", sa.Uuid()),
            *((name, sa.JSON()) for name in _TEXTS),
            ("frozen_digest", sa.String(64)),
        ):
            table.alter_column(name, existing_type=kind, nullable=False)
        for name in _NULLABLE:
            kind = sa.Uuid() if name == "enrolment_id" else sa.String(200 if name == "course_title" else 40)
            table.alter_column(name, existing_type=kind, nullable=True)
        for name, there in (
            ("logo_sha256", "lms_file.sha256"),
            ("renews_id", "lms_certificate.id"),
            ("replaces_id", "lms_certificate.id"),
            ("design_sha256", "lms_certificate_design.sha256"),
        ):
            other, column = there.split(".")
            table.create_foreign_key(op.f(f"fk_lms_certificate_{name}"), other, [name], [column])
        table.create_index(op.f("ix_lms_certificate_renews_id"), ["renews_id"])
        table.create_index(op.f("ix_lms_certificate_lapses_on"), ["lapses_on"])
        table.drop_index(op.f(_WALL))
        table.create_index(op.f(_WALL), ["authority_id", "issued_on"])
    _back()


def downgrade() -> None:
    """Fails where a certificate was earned elsewhere than in an enrolment: none may be lost."""
    _aside()
    with op.batch_alter_table("lms_certificate") as table:
        table.drop_index(op.f("ix_lms_certificate_renews_id"))
        table.drop_index(op.f("ix_lms_certificate_lapses_on"))
        table.drop_index(op.f(_WALL))
        table.create_index(op.f(_WALL), ["authority_id"])
        for name in ("logo_sha256", "renews_id", "replaces_id", "design_sha256"):
            table.drop_constraint(op.f(f"fk_lms_certificate_{name}"), type_="foreignkey")
        table.drop_constraint(op.f("ck_lms_certificate_one_source"), type_="check")
        table.drop_constraint(op.f("uq_lms_certificate_replaces_id"), type_="unique")
        table.drop_constraint(op.f(_NEW_KEY), type_="unique")
        table.create_unique_constraint(op.f(_OLD_KEY), ["enrolment_id", "kind", "code", "turn"])
        for name in _NULLABLE:
            kind = sa.Uuid() if name == "enrolment_id" else sa.String(200 if name == "course_title" else 40)
            table.alter_column(name, existing_type=kind, nullable=False)
        for name in (
            "source_id", *_TEXTS, "logo_sha256", "renews_id", "replaces_id", "design_sha256", "face", "frozen_digest"
        ):  # fmt: skip
            table.drop_column(name)
    _back()
    op.drop_table("lms_certificate_kind_read")
    op.drop_table("lms_certificate_design")


def _fill() -> None:
    """Say, for each certificate that stands, the facts on its paper and the digest of everything it said.

    In slices, so that a million of them need no more memory than a few hundred.
    """
    bind, after = op.get_bind(), None
    while True:
        wanted = sa.select(_row).order_by(_row.c.id).limit(_SLICE)
        found = bind.execute(wanted if after is None else wanted.where(_row.c.id > after)).mappings().all()
        for each in found:
            new: dict[str, Any] = {
                "source_id": each["enrolment_id"],
                "languages": [each["language"]],
                "shown": _shown(each),
                "signatories": [],
                "achievements": [],
                "relied_on": [],
                "also": {},
            }
            new["frozen_digest"] = _digest(dict(each) | new)
            bind.execute(sa.update(_row).where(_row.c.id == each["id"]).values(**new))
        if len(found) < _SLICE:
            return
        after = found[-1]["id"]


def _shown(row: Mapping[str, Any]) -> list[dict[str, str]]:
    """The facts on the papers printed until now, whose words were English only."""
    days = ("studied_on", "signed_off_on", "issued_on", "lapses_on")
    written = {name: format_date(row[name], "d MMMM y", locale="en") if row[name] else "" for name in days}
    module, course, studied, practised, issued, lapses, by = _LABELS["en"]
    certificate, taught, practice = _EDITIONS
    facts = [
        (module, row["module_title"]),
        (course, f"{row['course_title']}, {row['code']}"),
        (studied, written["studied_on"]),
        (practised, written["signed_off_on"]),
        (issued, written["issued_on"]),
        (lapses, written["lapses_on"]),
        (by, row["authority_name"]),
        (certificate, row["design_edition"]),
        (taught, row["content_edition"]),
        (practice, row["framework_edition"]),
    ]
    return [{"label": label, "text": text} for label, text in facts if text]


def _digest(values: Mapping[str, Any]) -> str:
    """As `lms.certification.freezing` makes it."""
    plain = {name: _plain(value) for name, value in values.items() if name != "frozen_digest"}
    canonical = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _aside() -> None:
    """SQLite makes the table anew, and meanwhile no row may point at it."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE TEMPORARY TABLE kept_pdf AS SELECT * FROM lms_certificate_pdf")
        op.execute("CREATE TEMPORARY TABLE kept_withdrawal AS SELECT * FROM lms_withdrawal")
        op.execute("DELETE FROM lms_certificate_pdf")
        op.execute("DELETE FROM lms_withdrawal")


def _back() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("INSERT INTO lms_certificate_pdf SELECT * FROM kept_pdf")
        op.execute("INSERT INTO lms_withdrawal SELECT * FROM kept_withdrawal")
        op.execute("DROP TABLE kept_pdf")
        op.execute("DROP TABLE kept_withdrawal")
