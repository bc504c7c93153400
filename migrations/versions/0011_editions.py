"""The edition of each module that an enrolment keeps, and the moves from one to the next"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lms_edition_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(length=40), nullable=False),
        sa.Column("from_edition", sa.String(length=40), nullable=False),
        sa.Column("to_edition", sa.String(length=40), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("from_edition <> to_edition", name=op.f("ck_lms_edition_move_goes_somewhere")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["lms_enrolment.id"], name=op.f("fk_lms_edition_move_enrolment_id")),
        sa.ForeignKeyConstraint(["moved_by"], ["lms_person.id"], name=op.f("fk_lms_edition_move_moved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_edition_move")),
    )
    with op.batch_alter_table("lms_edition_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_edition_move_enrolment_id"), ["enrolment_id"], unique=False)
    op.add_column("lms_enrolment", sa.Column("editions", sa.JSON(none_as_null=True), nullable=True))
    _keep_what_was_begun()


def _keep_what_was_begun() -> None:
    """Learners keep the edition in which they did something last: until now, that was the one they were shown.

    Modules in which nothing was done have no pin; it comes with the first thing that is.
    """
    found: dict[object, dict[str, tuple[str, str]]] = {}
    rows = op.get_bind().execute(
        sa.text(
            "SELECT enrolment_id, module, edition, studied_at AS at FROM lms_lesson_studied"
            " UNION ALL SELECT enrolment_id, module, edition, started_at FROM lms_attempt"
            " UNION ALL SELECT enrolment_id, module, edition, studied_at FROM lms_module_studied"
        )
    )
    for enrolment_id, module, edition, at in rows:
        begun = found.setdefault(enrolment_id, {})
        begun[module] = max(begun.get(module, ("", "")), (str(at), edition))
    keep = sa.text("UPDATE lms_enrolment SET editions = CAST(:editions AS JSON) WHERE id = :id")
    if op.get_bind().dialect.name == "sqlite":  # which keeps JSON as its text, and casts it to a number
        keep = sa.text("UPDATE lms_enrolment SET editions = :editions WHERE id = :id")
    pins = [
        {"id": enrolment_id, "editions": json.dumps({module: last[1] for module, last in sorted(begun.items())})}
        for enrolment_id, begun in found.items()
    ]
    if pins:
        op.get_bind().execute(keep, pins)


def downgrade() -> None:
    op.drop_column("lms_enrolment", "editions")
    op.drop_table("lms_edition_move")
