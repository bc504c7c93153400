"""What checks keep beside the records"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_ONCE_A_DAY = "uq_lms_disclosure_step_disclosure_id_step_by_done_on"
_COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables. One person may ask the update service twice on one day: the first answer can be a slip."""
    with op.batch_alter_table("lms_disclosure_step") as batch_op:
        batch_op.drop_constraint(_ONCE_A_DAY, type_="unique")
    _numbers()
    _consents()
    _steps()
    _reviews()
    _waits()
    _what_waits_already()


def _numbers() -> None:
    op.create_table(
        "lms_disclosure_number",
        sa.Column("disclosure_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=True),
        sa.Column("delete_on", sa.Date(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(number IS NULL) = (deleted_at IS NOT NULL)", name=op.f("ck_lms_disclosure_number_kept_or_deleted")
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["lms_requirement_record.id"], name=op.f("fk_lms_disclosure_number_disclosure_id")
        ),
        sa.PrimaryKeyConstraint("disclosure_id", name=op.f("pk_lms_disclosure_number")),
    )
    op.create_index("ix_lms_disclosure_number_due", "lms_disclosure_number", ["deleted_at", "delete_on"])


def _consents() -> None:
    op.create_table(
        "lms_status_consent",
        sa.Column("turn", _COUNTED, autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("given", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_status_consent_person_id")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_status_consent_authority_id")
        ),
        sa.PrimaryKeyConstraint("turn", name=op.f("pk_lms_status_consent")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_status_consent_id")),
    )
    op.create_index("ix_lms_status_consent_of", "lms_status_consent", ["person_id", "authority_id"])


def _steps() -> None:
    op.create_table(
        "lms_factor_considered",
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("factor", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["lms_disclosure_step.id"], name=op.f("fk_lms_factor_considered_step_id")),
        sa.PrimaryKeyConstraint("step_id", "factor", name=op.f("pk_lms_factor_considered")),
    )
    op.create_table(
        "lms_disclosure_invitation",
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["step_id"], ["lms_disclosure_step.id"], name=op.f("fk_lms_disclosure_invitation_step_id")
        ),
        sa.PrimaryKeyConstraint("step_id", name=op.f("pk_lms_disclosure_invitation")),
    )
    op.create_table(
        "lms_disclosure_employer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("disclosure_id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["lms_requirement_record.id"], name=op.f("fk_lms_disclosure_employer_disclosure_id")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["lms_organisation.id"], name=op.f("fk_lms_disclosure_employer_employer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_disclosure_employer")),
    )
    op.create_index(op.f("ix_lms_disclosure_employer_disclosure_id"), "lms_disclosure_employer", ["disclosure_id"])
    op.create_index("ix_lms_disclosure_employer_of", "lms_disclosure_employer", ["employer_id", "ended_at"])


def _reviews() -> None:
    op.create_table(
        "lms_disclosure_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("disclosure_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("turn > 0", name=op.f("ck_lms_disclosure_review_counted")),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["lms_requirement_record.id"], name=op.f("fk_lms_disclosure_review_disclosure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_disclosure_review")),
        sa.UniqueConstraint("disclosure_id", "turn", name=op.f("uq_lms_disclosure_review_disclosure_id_turn")),
    )
    op.create_table(
        "lms_disclosure_review_decided",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_disclosure_review_decided_by")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["lms_disclosure_review.id"], name=op.f("fk_lms_disclosure_review_decided_review_id")
        ),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_lms_disclosure_review_decided")),
    )


def _waits() -> None:
    op.create_table(
        "lms_check_waits",
        sa.Column("number", _COUNTED, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("disclosure_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_check_waits_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["lms_requirement_record.id"], name=op.f("fk_lms_check_waits_disclosure_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_check_waits_person_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_check_waits")),
        sa.UniqueConstraint("disclosure_id", "what", name=op.f("uq_lms_check_waits_disclosure_id_what")),
    )
    op.create_index("ix_lms_check_waits_list", "lms_check_waits", ["authority_id", "since"])
    op.create_index("ix_lms_check_waits_of", "lms_check_waits", ["person_id", "authority_id"])


_AFTER = {None: "invitation", "discussed": "factors", "agreed": "telling"}
_SECOND_PERSON = {"proceed_with_conditions", "do_not_proceed"}


def _what_waits_already() -> None:
    """Certificates with content that were recorded before stand in the list of what waits, at their next step."""
    bind = op.get_bind()
    record = sa.table(
        "lms_requirement_record",
        *(sa.column(name, sa.Uuid()) for name in ("id", "person_id", "authority_id")),
        *(sa.column(name, sa.String()) for name in ("kind", "code")),
        sa.column("data", sa.JSON()),
        sa.column("seen_on", sa.Date()),
        sa.column("number", sa.Integer()),
    )
    step = sa.table(
        "lms_disclosure_step",
        sa.column("disclosure_id", sa.Uuid()),
        *(sa.column(name, sa.String()) for name in ("step", "decision")),
        sa.column("done_on", sa.Date()),
        sa.column("number", sa.Integer()),
    )
    names = ("person_id", "authority_id", "disclosure_id")
    waits = sa.table(
        "lms_check_waits",
        *(sa.column(name, sa.Uuid()) for name in names),
        *(sa.column(name, sa.String()) for name in ("what", "code")),
        sa.column("since", sa.Date()),
    )
    taken: dict[object, list[sa.Row[tuple[object, ...]]]] = {}
    for row in bind.execute(sa.select(step).where(step.c.step != "status_checked").order_by(step.c.number)):
        taken.setdefault(row.disclosure_id, []).append(row)
    found = bind.execute(sa.select(record).where(record.c.kind == "dbs").order_by(record.c.number)).all()
    for row in found:
        if row.data["result"] == "has_content":
            steps = taken.get(row.id, [])
            last = steps[-1] if steps else None
            second = last is not None and last.decision in _SECOND_PERSON
            decided = "second_person" if second else "telling"
            what = decided if last is not None and last.step == "decided" else _AFTER[last.step if last else None]
            since = max([row.seen_on, *(each.done_on for each in steps)])
            given = {"disclosure_id": row.id, "person_id": row.person_id, "authority_id": row.authority_id}
            bind.execute(waits.insert().values(what=what, code=row.code, since=since, **given))


def downgrade() -> None:
    """Remove them."""
    for table in (
        "lms_check_waits",
        "lms_disclosure_review_decided",
        "lms_disclosure_review",
        "lms_disclosure_employer",
        "lms_disclosure_invitation",
        "lms_factor_considered",
        "lms_status_consent",
        "lms_disclosure_number",
    ):
        op.drop_table(table)
    with op.batch_alter_table("lms_disclosure_step") as batch_op:
        batch_op.create_unique_constraint(_ONCE_A_DAY, ["disclosure_id", "step", "by", "done_on"])
