"""Practice: evidence, decisions in sittings, reviews, sign-offs that can be withdrawn, and standards opened

Observations become evidence and judgements become decisions, with the ids they had. What nobody was asked then stays
empty: the five questions of a decision, and the exact copy of a sign-off.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _units()
    _evidence()
    _decisions()
    _drafts_and_reviews()
    _sign_offs()
    _move()
    _count()
    op.drop_table("lms_judgement")
    op.drop_table("lms_observation")


def _units() -> None:
    op.create_table(
        "lms_working_to",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["opened_by"], ["lms_person.id"], name=op.f("fk_lms_working_to_opened_by")),
        sa.PrimaryKeyConstraint("enrolment_id", name=op.f("pk_lms_working_to")),
    )
    state = sa.Column("state", sa.String(length=40), nullable=False, server_default="not_seen")
    op.add_column("lms_learner_unit", state)
    for name in ("met", "needed"):
        op.add_column("lms_learner_unit", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("lms_learner_unit", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))


def _evidence() -> None:
    op.create_table(
        "lms_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.String(length=160), nullable=False),
        sa.Column("behalf", sa.Uuid(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("setting", sa.String(length=40), nullable=True),
        sa.Column("in_presence_of", sa.String(length=200), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("carries", sa.Boolean(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_lms_evidence_something_was_said")),
        sa.CheckConstraint(
            "NOT carries OR (\"by\" IS NOT NULL AND part IN ('assessor', 'employer', 'representative'))",
            name=op.f("ck_lms_evidence_carried_by_whom_may_decide"),
        ),
        sa.CheckConstraint(
            'part <> \'learner\' OR ("by" IS NOT NULL AND "by" = learner_id)',
            name=op.f("ck_lms_evidence_learner_is_learner"),
        ),
        sa.CheckConstraint(
            'part = \'learner\' OR "by" IS NULL OR "by" <> learner_id',
            name=op.f("ck_lms_evidence_offerer_is_not_learner"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_evidence_authority_id")),
        sa.ForeignKeyConstraint(["behalf"], ["lms_organisation.id"], name=op.f("fk_lms_evidence_behalf")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_evidence_by")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_evidence_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_evidence")),
        sa.UniqueConstraint(
            "id", "enrolment_id", "learner_id", name=op.f("uq_lms_evidence_id_enrolment_id_learner_id")
        ),
    )
    op.create_index(op.f("ix_lms_evidence_behind_wall"), "lms_evidence", ["authority_id", "offered_at"])
    op.create_index(op.f("ix_lms_evidence_by"), "lms_evidence", ["by"])
    op.create_index(op.f("ix_lms_evidence_learner_id"), "lms_evidence", ["learner_id"])
    op.create_index(op.f("ix_lms_evidence_of"), "lms_evidence", ["enrolment_id", "offered_at"])
    op.create_table(
        "lms_evidence_line",
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.String(length=80), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("carries", sa.Boolean(), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "unit", "learner_id"],
            ["lms_learner_unit.enrolment_id", "lms_learner_unit.unit", "lms_learner_unit.learner_id"],
            name=op.f("fk_lms_evidence_line_enrolment_id_unit_learner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id", "enrolment_id", "learner_id"],
            ["lms_evidence.id", "lms_evidence.enrolment_id", "lms_evidence.learner_id"],
            name=op.f("fk_lms_evidence_line_evidence_id_enrolment_id_learner_id"),
        ),
        sa.ForeignKeyConstraint(["said_by"], ["lms_person.id"], name=op.f("fk_lms_evidence_line_said_by")),
        sa.PrimaryKeyConstraint("evidence_id", "line", name=op.f("pk_lms_evidence_line")),
        sa.UniqueConstraint(
            "evidence_id",
            "enrolment_id",
            "unit",
            "line",
            name=op.f("uq_lms_evidence_line_evidence_id_enrolment_id_unit_line"),
        ),
    )
    op.create_index(op.f("ix_lms_evidence_line_of"), "lms_evidence_line", ["enrolment_id", "unit"])
    op.create_table(
        "lms_evidence_withdrawn",
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_lms_evidence_withdrawn_says_why")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_evidence_withdrawn_by")),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["lms_evidence.id"], name=op.f("fk_lms_evidence_withdrawn_evidence_id")
        ),
        sa.PrimaryKeyConstraint("evidence_id", name=op.f("pk_lms_evidence_withdrawn")),
    )


def _decisions() -> None:
    op.create_table(
        "lms_sitting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.String(length=40), nullable=False),
        sa.Column("behalf", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('"by" <> learner_id', name=op.f("ck_lms_sitting_decider_is_not_learner")),
        sa.ForeignKeyConstraint(["behalf"], ["lms_organisation.id"], name=op.f("fk_lms_sitting_behalf")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_sitting_by")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_sitting_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_sitting")),
        sa.UniqueConstraint("id", "enrolment_id", "by", name=op.f("uq_lms_sitting_id_enrolment_id_by")),
    )
    op.create_index(op.f("ix_lms_sitting_learner_id"), "lms_sitting", ["learner_id"])
    op.create_index(op.f("ix_lms_sitting_of"), "lms_sitting", ["enrolment_id", "at"])
    op.create_table(
        "lms_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("line", sa.String(length=80), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("judgement", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("valid", sa.Boolean(), nullable=True),
        sa.Column("authentic", sa.Boolean(), nullable=True),
        sa.Column("reliable", sa.Boolean(), nullable=True),
        sa.Column("current", sa.Boolean(), nullable=True),
        sa.Column("sufficient", sa.Boolean(), nullable=True),
        sa.Column("rests_on", sa.Uuid(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.String(length=40), nullable=False),
        sa.Column("behalf", sa.Uuid(), nullable=False),
        sa.Column("needs_countersign", sa.Boolean(), nullable=False),
        sa.Column("flags", sa.String(length=200), nullable=False),
        sa.Column("saw", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "judgement <> 'met' OR (valid AND authentic AND reliable AND current AND sufficient) IS TRUE OR (valid IS NULL AND authentic IS NULL AND reliable IS NULL AND current IS NULL AND sufficient IS NULL)",
            name=op.f("ck_lms_decision_met_says_all_five"),
        ),
        sa.CheckConstraint("judgement = 'met' OR feedback <> ''", name=op.f("ck_lms_decision_not_yet_met_says_why")),
        sa.CheckConstraint(
            "kind <> 'practice' OR judgement <> 'met' OR rests_on IS NOT NULL",
            name=op.f("ck_lms_decision_practice_was_seen"),
        ),
        sa.CheckConstraint('"by" <> learner_id', name=op.f("ck_lms_decision_decider_is_not_learner")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_decision_authority_id")),
        sa.ForeignKeyConstraint(["behalf"], ["lms_organisation.id"], name=op.f("fk_lms_decision_behalf")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_decision_by")),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "unit", "learner_id"],
            ["lms_learner_unit.enrolment_id", "lms_learner_unit.unit", "lms_learner_unit.learner_id"],
            name=op.f("fk_lms_decision_enrolment_id_unit_learner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["rests_on", "enrolment_id", "unit", "line"],
            [
                "lms_evidence_line.evidence_id",
                "lms_evidence_line.enrolment_id",
                "lms_evidence_line.unit",
                "lms_evidence_line.line",
            ],
            name=op.f("fk_lms_decision_rests_on_enrolment_id_unit_line"),
        ),
        sa.ForeignKeyConstraint(["saw"], ["lms_decision.id"], name=op.f("fk_lms_decision_saw")),
        sa.ForeignKeyConstraint(
            ["sitting_id", "enrolment_id", "by"],
            ["lms_sitting.id", "lms_sitting.enrolment_id", "lms_sitting.by"],
            name=op.f("fk_lms_decision_sitting_id_enrolment_id_by"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_decision")),
        sa.UniqueConstraint("enrolment_id", "line", "turn", name=op.f("uq_lms_decision_enrolment_id_line_turn")),
        sa.UniqueConstraint("id", "by", name=op.f("uq_lms_decision_id_by")),
    )
    op.create_index(op.f("ix_lms_decision_behind_wall"), "lms_decision", ["authority_id", "at"])
    op.create_index(op.f("ix_lms_decision_by"), "lms_decision", ["by", "at"])
    op.create_index(op.f("ix_lms_decision_learner_id"), "lms_decision", ["learner_id"])
    op.create_index(op.f("ix_lms_decision_rests_on"), "lms_decision", ["rests_on"])
    op.create_index(op.f("ix_lms_decision_sitting_id"), "lms_decision", ["sitting_id"])
    op.create_table(
        "lms_decision_evidence",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["lms_decision.id"], name=op.f("fk_lms_decision_evidence_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["lms_evidence.id"], name=op.f("fk_lms_decision_evidence_evidence_id")
        ),
        sa.PrimaryKeyConstraint("decision_id", "evidence_id", name=op.f("pk_lms_decision_evidence")),
    )
    op.create_index(op.f("ix_lms_decision_evidence_evidence_id"), "lms_decision_evidence", ["evidence_id"])


def _drafts_and_reviews() -> None:
    op.create_table(
        "lms_decision_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("line", sa.String(length=80), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("judgement", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("rests_on", sa.Uuid(), nullable=True),
        sa.Column("beside", sa.JSON(), nullable=False),
        sa.Column("valid", sa.Boolean(), nullable=False),
        sa.Column("authentic", sa.Boolean(), nullable=False),
        sa.Column("reliable", sa.Boolean(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("sufficient", sa.Boolean(), nullable=False),
        sa.Column("saw", sa.Uuid(), nullable=True),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('"by" <> learner_id', name=op.f("ck_lms_decision_draft_drafter_is_not_learner")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_decision_draft_by")),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "unit", "learner_id"],
            ["lms_learner_unit.enrolment_id", "lms_learner_unit.unit", "lms_learner_unit.learner_id"],
            name=op.f("fk_lms_decision_draft_enrolment_id_unit_learner_id"),
        ),
        sa.ForeignKeyConstraint(["rests_on"], ["lms_evidence.id"], name=op.f("fk_lms_decision_draft_rests_on")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_decision_draft")),
        sa.UniqueConstraint("enrolment_id", "line", "by", name=op.f("uq_lms_decision_draft_enrolment_id_line_by")),
    )
    op.create_index(op.f("ix_lms_decision_draft_by"), "lms_decision_draft", ["by"])
    op.create_table(
        "lms_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome <> 'sent_back' OR (action <> '' AND due_on IS NOT NULL)",
            name=op.f("ck_lms_review_sent_back_says_what_to_do"),
        ),
        sa.CheckConstraint('"by" <> decided_by', name=op.f("ck_lms_review_reviewer_is_not_decider")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_review_by")),
        sa.ForeignKeyConstraint(
            ["decision_id", "decided_by"],
            ["lms_decision.id", "lms_decision.by"],
            name=op.f("fk_lms_review_decision_id_decided_by"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_review")),
        sa.UniqueConstraint("decision_id", "part", name=op.f("uq_lms_review_decision_id_part")),
    )
    op.create_index(op.f("ix_lms_review_decided_by"), "lms_review", ["decided_by", "due_on"])


def _sign_offs() -> None:
    """The table anew, since SQLite cannot change its constraints in place."""
    op.execute("CREATE TABLE lms_sign_off_before AS SELECT * FROM lms_sign_off")
    op.drop_table("lms_sign_off")
    op.create_table(
        "lms_sign_off",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("signed_by", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.String(length=40), nullable=False),
        sa.Column("behalf", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("role", sa.String(length=160), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("supporter", sa.String(length=160), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("heard_by", sa.String(length=160), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("copy", sa.Text(), nullable=True),
        sa.Column("copy_digest", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("statement <> ''", name=op.f("ck_lms_sign_off_statement_was_confirmed")),
        sa.CheckConstraint("signed_by <> learner_id", name=op.f("ck_lms_sign_off_signer_is_not_learner")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_lms_sign_off_signer_is_named")),
        sa.CheckConstraint(
            "how <> 'supporter' OR (supporter <> '' AND consent <> '')",
            name=op.f("ck_lms_sign_off_supporter_has_consent"),
        ),
        sa.CheckConstraint("(copy IS NULL) = (copy_digest IS NULL)", name=op.f("ck_lms_sign_off_copy_has_its_digest")),
        sa.ForeignKeyConstraint(["behalf"], ["lms_organisation.id"], name=op.f("fk_lms_sign_off_behalf")),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "unit", "learner_id"],
            ["lms_learner_unit.enrolment_id", "lms_learner_unit.unit", "lms_learner_unit.learner_id"],
            name=op.f("fk_lms_sign_off_enrolment_id_unit_learner_id"),
        ),
        sa.ForeignKeyConstraint(["signed_by"], ["lms_person.id"], name=op.f("fk_lms_sign_off_signed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_sign_off")),
        sa.UniqueConstraint("enrolment_id", "unit", "turn", name=op.f("uq_lms_sign_off_enrolment_id_unit_turn")),
    )
    op.create_index(op.f("ix_lms_sign_off_learner_id"), "lms_sign_off", ["learner_id"])
    op.execute(
        """
        INSERT INTO lms_sign_off (id, enrolment_id, unit, turn, framework, edition, learner_id, signed_by, capacity,
            behalf, name, role, how, supporter, consent, heard_by, statement, at)
        SELECT b.id, b.enrolment_id, b.unit, 1, b.framework, b.edition, b.learner_id, b.signed_by, b.capacity,
            b.behalf, p.name, b.capacity, 'account', '', '', '', b.statement, b.at
        FROM lms_sign_off_before AS b JOIN lms_person AS p ON p.id = b.signed_by
        """
    )
    op.drop_table("lms_sign_off_before")
    op.create_table(
        "lms_sign_off_withdrawal",
        sa.Column("sign_off_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_lms_sign_off_withdrawal_says_why")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_sign_off_withdrawal_by")),
        sa.ForeignKeyConstraint(
            ["sign_off_id"], ["lms_sign_off.id"], name=op.f("fk_lms_sign_off_withdrawal_sign_off_id")
        ),
        sa.PrimaryKeyConstraint("sign_off_id", name=op.f("pk_lms_sign_off_withdrawal")),
    )


def _move() -> None:
    """Observations and judgements as evidence and decisions, with the ids they had. A judgement was a sitting of one."""
    op.execute(
        """
        INSERT INTO lms_evidence (id, enrolment_id, learner_id, authority_id, framework, edition, kind, part, "by",
            by_name, behalf, on_day, setting, in_presence_of, asked, text, carries, way, source_id, offered_at)
        SELECT o.id, o.enrolment_id, o.learner_id, u.authority_id, o.framework, o.edition, 'direct_observation',
            o.capacity, o.observer_id, p.name, o.behalf, o.seen_on, o.setting, '', '', o.what_was_seen, TRUE, 'page',
            NULL, o.recorded_at
        FROM lms_observation AS o
        JOIN lms_learner_unit AS u ON u.enrolment_id = o.enrolment_id AND u.unit = o.unit
        JOIN lms_person AS p ON p.id = o.observer_id
        """
    )
    op.execute(
        """
        INSERT INTO lms_evidence_line (evidence_id, line, unit, enrolment_id, learner_id, carries, said_by, said_at)
        SELECT id, criterion, unit, enrolment_id, learner_id, TRUE, observer_id, recorded_at FROM lms_observation
        """
    )
    op.execute(
        """
        INSERT INTO lms_sitting (id, enrolment_id, learner_id, "by", capacity, behalf, way, at)
        SELECT id, enrolment_id, learner_id, judge_id, capacity, behalf, 'page', at FROM lms_judgement
        """
    )
    # Of two judgements at the same moment “not yet met” counted, so it comes later in the order of turns.
    op.execute(
        """
        INSERT INTO lms_decision (id, sitting_id, enrolment_id, unit, line, turn, kind, framework, edition, learner_id,
            authority_id, judgement, reason, feedback, rests_on, "by", capacity, behalf, needs_countersign, flags, saw,
            at)
        SELECT j.id, j.id, j.enrolment_id, j.unit, j.criterion, ROW_NUMBER() OVER turns, j.kind, u.framework,
            u.edition, j.learner_id, u.authority_id, j.judgement, '', j.feedback, j.observation_id, j.judge_id,
            j.capacity, j.behalf, FALSE,
            CASE WHEN j.capacity IN ('employer', 'representative') THEN 'employer_as_assessor' ELSE '' END,
            LAG(j.id) OVER turns, j.at
        FROM lms_judgement AS j
        JOIN lms_learner_unit AS u ON u.enrolment_id = j.enrolment_id AND u.unit = j.unit
        WINDOW turns AS (
            PARTITION BY j.enrolment_id, j.criterion
            ORDER BY j.at, CASE WHEN j.judgement = 'not_yet_met' THEN 1 ELSE 0 END, j.id
        )
        """
    )


def _count() -> None:
    """Where units stand, as far as it can be said without the frameworks; the worker counts the rest (`needed` 0)."""
    op.execute(
        """
        UPDATE lms_learner_unit SET state = 'not_yet_met' WHERE EXISTS (
            SELECT 1 FROM lms_decision AS d
            WHERE d.enrolment_id = lms_learner_unit.enrolment_id AND d.unit = lms_learner_unit.unit
                AND d.judgement = 'not_yet_met' AND NOT EXISTS (
                    SELECT 1 FROM lms_decision AS later
                    WHERE later.enrolment_id = d.enrolment_id AND later.line = d.line AND later.turn > d.turn))
        """
    )
    op.execute(
        """
        UPDATE lms_learner_unit SET state = 'signed_off' WHERE EXISTS (
            SELECT 1 FROM lms_sign_off AS s
            WHERE s.enrolment_id = lms_learner_unit.enrolment_id AND s.unit = lms_learner_unit.unit)
        """
    )
