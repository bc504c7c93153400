"""A certificate can be earned anew when what an earlier one rested on fell away"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Count the turns."""
    _aside()
    with op.batch_alter_table("lms_certificate") as table:
        table.add_column(sa.Column("turn", sa.Integer(), nullable=False, server_default="1"))
        table.drop_constraint(op.f("uq_lms_certificate_enrolment_id_kind_code"), type_="unique")
        table.create_unique_constraint(
            op.f("uq_lms_certificate_enrolment_id_kind_code_turn"), ["enrolment_id", "kind", "code", "turn"]
        )
    _back()


def downgrade() -> None:
    """Nothing that was earned anew may be lost, so this fails where there is any."""
    _aside()
    with op.batch_alter_table("lms_certificate") as table:
        table.drop_constraint(op.f("uq_lms_certificate_enrolment_id_kind_code_turn"), type_="unique")
        table.create_unique_constraint(
            op.f("uq_lms_certificate_enrolment_id_kind_code"), ["enrolment_id", "kind", "code"]
        )
        table.drop_column("turn")
    _back()


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
