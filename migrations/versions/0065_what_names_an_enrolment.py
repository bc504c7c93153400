"""Find at once what names an enrolment, so that one that is taken back is deleted without reading whole tables"""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

_CARRIED, _ASKED = sa.text("carried_from IS NOT NULL"), sa.text("enrolment_id IS NOT NULL")


def upgrade() -> None:
    """Add the indexes; only rows that name an enrolment are in them."""
    for name, table, column, some in (
        ("ix_lms_lesson_studied_carried", "lms_lesson_studied", "carried_from", _CARRIED),
        ("ix_lms_place_ask_enrolment", "lms_place_ask", "enrolment_id", _ASKED),
    ):
        op.create_index(name, table, [column], sqlite_where=some, postgresql_where=some)


def downgrade() -> None:
    """Take the indexes out."""
    op.drop_index("ix_lms_place_ask_enrolment", table_name="lms_place_ask")
    op.drop_index("ix_lms_lesson_studied_carried", table_name="lms_lesson_studied")
