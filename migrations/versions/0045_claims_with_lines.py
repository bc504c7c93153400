"""Claims with lines, submissions and decisions; what was claimed before is carried over, one line for each claim"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

_BEFORE = ("lms_claim_move", "lms_claim_cost", "lms_claim")
_SLICE = 500
_LONDON = ZoneInfo("Europe/London")
_GRANTED = ("approved", "paid", "recovered")


def _table(name: str, **kinds: Any) -> sa.TableClause:
    columns = ((one, kind) for names, kind in kinds.items() for one in names.split("__"))
    return sa.table(name, *(sa.column(one, kind) for one, kind in columns))


_ID, _WORD, _PENCE, _JSON, _AT = sa.Uuid(), sa.String(), sa.BigInteger(), sa.JSON(), sa.DateTime(timezone=True)
_OLD_CLAIM = _table(
    "lms_claim_before",
    id__authority_id__claimant_id__learner_id__enrolment_id__certificate_id=_ID,
    scheme__scheme_edition__item__part__training__claimant_kind__rate_standing__state=_WORD,
    rate_pence__amount_at_most_pence=_PENCE,
    terms__asked__verdict=_JSON,
    drafted_at=_AT,
)
_OLD_COST = _table(
    "lms_claim_cost_before",
    id__claim_id__by=_ID,
    cost_pence__payable_pence=_PENCE,
    paid_on=sa.Date(),
    verdict=_JSON,
    at=_AT,
)
_MOVE = ("id__claim_id__by", "came_from__went_to__reason", "at")
_OLD_MOVE, _NEW_MOVE = (
    _table(name, **dict(zip(_MOVE, (_ID, _WORD, _AT), strict=True)))
    for name in ("lms_claim_move_before", "lms_claim_move")
)
_CLAIM = _table(
    "lms_claim",
    id__authority_id__claimant_id__claimant_person_id=_ID,
    reference__shape__scheme__scheme_edition__claimant_kind__state__justification=_WORD,
    scheme_title__held_elsewhere=_JSON,
    drafted_at__state_since=_AT,
    version=sa.Integer(),
)
_LINE = _table(
    "lms_claim_line",
    id__claim_id__learner_id__enrolment_id__certificate_id=_ID,
    opened_as__scheme__training__item__part__rate_standing__days__last_act=_WORD,
    last_day=sa.Date(),
    rate_pence__amount_at_most_pence__payable_pence__counts_pence__approved_pence__paid_pence__recovered_pence=_PENCE,
    cost_known=sa.Boolean(),
    credits=sa.Integer(),
    item_title__terms__asked__verdict=_JSON,
    added_at=_AT,
)
_COST = _table(
    "lms_claim_cost",
    id__line_id__by=_ID,
    what=_WORD,
    cost_pence__payable_pence=_PENCE,
    paid_on=sa.Date(),
    verdict=_JSON,
    at=_AT,
)
_NUMBER = _table("lms_claim_number", authority_id=_ID, year__last=sa.Integer())
_LEARNER = _table("lms_claim_learner", learner_id=_ID)
_ORGANISATION = _table("lms_organisation", id=_ID, code=_WORD)


def upgrade() -> None:
    """Set the old rows aside, make the new tables, and carry every claim over under its own id."""
    for table in _BEFORE:
        op.execute(f"CREATE TABLE {table}_before AS SELECT * FROM {table}")  # noqa: S608  names of ours
    for table in _BEFORE:
        op.drop_table(table)
    _make_claims()
    _make_what_happened()
    _carry_over(op.get_bind())
    for table in _BEFORE:
        op.drop_table(f"{table}_before")


def downgrade() -> None:
    """What has lines cannot be told without them."""
    raise NotImplementedError("Claims with lines cannot be folded back. Restore the backup that was made before.")


def _carry_over(db: sa.Connection) -> None:
    codes: dict[UUID, str | None] = {row.id: row.code for row in db.execute(sa.select(_ORGANISATION))}
    lasts: dict[tuple[UUID, int], int] = {}
    for ids in _slices(db):
        costs = _costs(db, ids)
        olds = db.execute(_picked(_OLD_CLAIM, _OLD_CLAIM.c.id, ids)).mappings()
        rows = {old["id"]: old for old in olds}
        moves = [dict(m) for m in db.execute(_picked(_OLD_MOVE, _OLD_MOVE.c.claim_id, ids)).mappings()]
        since = {move["claim_id"]: move["at"] for move in sorted(moves, key=lambda move: _utc(move["at"]))}
        for id in ids:
            key = (rows[id]["authority_id"], _utc(rows[id]["drafted_at"]).astimezone(_LONDON).year)
            lasts[key] = lasts.get(key, 0) + 1
            reference = f"{codes[key[0]] or key[0].hex[:8].upper()}-{key[1]}-{lasts[key]:04d}"
            db.execute(_CLAIM.insert().values(**_claim(rows[id], reference, since.get(id))))
            db.execute(_LINE.insert().values(**_line(rows[id], costs.get(id, []))))
        every = [{**cost, "line_id": cost["claim_id"], "what": "course"} for id in ids for cost in costs.get(id, [])]
        _insert(db, _COST, [{k: v for k, v in cost.items() if k != "claim_id"} for cost in every])
        _insert(db, _NEW_MOVE, moves)
    _insert(db, _NUMBER, [{"authority_id": a, "year": year, "last": last} for (a, year), last in lasts.items()])
    db.execute(_LEARNER.insert().from_select(["learner_id"], sa.select(_OLD_CLAIM.c.learner_id).distinct()))


def _slices(db: sa.Connection) -> Iterator[list[UUID]]:
    every = list(db.scalars(sa.select(_OLD_CLAIM.c.id).order_by(_OLD_CLAIM.c.drafted_at, _OLD_CLAIM.c.id)))
    for start in range(0, len(every), _SLICE):
        yield every[start : start + _SLICE]


def _picked(table: sa.TableClause, key: Any, ids: list[UUID]) -> sa.Select[Any]:
    return sa.select(table).where(key.in_(ids))


def _insert(db: sa.Connection, table: sa.TableClause, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.execute(table.insert(), rows)


def _costs(db: sa.Connection, ids: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """The recorded costs of each claim, oldest first."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in db.execute(_picked(_OLD_COST, _OLD_COST.c.claim_id, ids).order_by(_OLD_COST.c.at)).mappings():
        found.setdefault(row["claim_id"], []).append(dict(row))
    return found


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _claim(old: Mapping[str, Any], reference: str, since: datetime | None) -> dict[str, Any]:
    kept = ("id", "scheme", "scheme_edition", "authority_id", "claimant_id", "claimant_kind", "state", "drafted_at")
    return {
        **{name: old[name] for name in kept},
        "reference": reference,
        "shape": "application" if old["terms"].get("kind") == "prospective_grant" else "claim",
        "scheme_title": old["terms"].get("title") or {"en": old["scheme"]},
        "claimant_person_id": None if old["claimant_id"] else old["learner_id"],
        "state_since": since or old["drafted_at"],
        "justification": "",
        "held_elsewhere": [],
        "version": 1,
    }


def _line(old: Mapping[str, Any], costs: list[dict[str, Any]]) -> dict[str, Any]:
    items = old["terms"].get("items") or [{}]
    latest = costs[-1] if costs else None
    payable = latest["payable_pence"] if latest else old["amount_at_most_pence"]
    kept = ("id", "learner_id", "scheme", "training", "item", "enrolment_id", "certificate_id", "rate_pence")
    who = old["claimant_id"] or old["learner_id"]
    asked = dict(old["asked"])
    if latest:
        asked |= {"cost_paid": latest["cost_pence"], "paid_on": latest["paid_on"].isoformat()}
    verdict = (latest or old)["verdict"]
    last = verdict.get("deadline") or {}
    told = (old["learner_id"].hex, old["scheme"], old["item"], old["training"], "full", who.hex, "1")
    return {
        **{name: old[name] for name in (*kept, "rate_standing", "amount_at_most_pence", "terms")},
        "asked": asked,
        "verdict": verdict,
        "last_day": date.fromisoformat(last["on"]) if last else None,
        "last_act": last.get("act"),
        "claim_id": old["id"],
        "opened_as": sha256("|".join(told).encode()).hexdigest(),
        "item_title": items[0].get("title") or {"en": old["item"]},
        "part": "full",
        "payable_pence": payable,
        "counts_pence": payable,
        "cost_known": bool(verdict.get("cost_known", True)),
        "approved_pence": payable if old["state"] in _GRANTED else None,
        "paid_pence": payable if old["state"] in _GRANTED[1:] else 0,
        "recovered_pence": payable if old["state"] == "recovered" else 0,
        "credits": old["asked"].get("credits"),
        "days": old["asked"].get("days"),
        "added_at": old["drafted_at"],
    }


def _make_claims() -> None:
    op.create_table(
        "lms_claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("shape", sa.String(40), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("scheme_edition", sa.String(length=20), nullable=False),
        sa.Column("scheme_title", sa.JSON(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("claimant_id", sa.Uuid(), nullable=True),
        sa.Column("claimant_person_id", sa.Uuid(), nullable=True),
        sa.Column("claimant_kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("resubmits_id", sa.Uuid(), nullable=True),
        sa.Column("justification", sa.Text(), nullable=False),
        sa.Column("held_elsewhere", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "claimant_id IS NOT NULL OR claimant_person_id IS NOT NULL", name=op.f("ck_lms_claim_has_claimant")
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_claim_authority_id")),
        sa.ForeignKeyConstraint(["claimant_id"], ["lms_organisation.id"], name=op.f("fk_lms_claim_claimant_id")),
        sa.ForeignKeyConstraint(
            ["claimant_person_id"], ["lms_person.id"], name=op.f("fk_lms_claim_claimant_person_id")
        ),
        sa.ForeignKeyConstraint(["opened_by"], ["lms_person.id"], name=op.f("fk_lms_claim_opened_by")),
        sa.ForeignKeyConstraint(["resubmits_id"], ["lms_claim.id"], name=op.f("fk_lms_claim_resubmits_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_claim")),
        sa.UniqueConstraint("reference", name=op.f("uq_lms_claim_reference")),
    )
    op.create_index("ix_lms_claim_claimant", "lms_claim", ["claimant_id", "scheme"], unique=False)
    op.create_index("ix_lms_claim_listed", "lms_claim", ["authority_id", "state", "drafted_at"], unique=False)
    op.create_index(op.f("ix_lms_claim_resubmits_id"), "lms_claim", ["resubmits_id"], unique=False)
    op.create_table(
        "lms_claim_number",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_claim_number_authority_id")
        ),
        sa.PrimaryKeyConstraint("authority_id", "year", name=op.f("pk_lms_claim_number")),
    )
    op.create_table(
        "lms_claim_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("opened_as", sa.String(length=64), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("training", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("item_title", sa.JSON(), nullable=False),
        sa.Column("part", sa.String(40), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=True),
        sa.Column("first_line_id", sa.Uuid(), nullable=True),
        sa.Column("follows_line_id", sa.Uuid(), nullable=True),
        sa.Column("rate_pence", sa.BigInteger(), nullable=False),
        sa.Column("rate_standing", sa.String(40), nullable=False),
        sa.Column("amount_at_most_pence", sa.BigInteger(), nullable=False),
        sa.Column("payable_pence", sa.BigInteger(), nullable=False),
        sa.Column("counts_pence", sa.BigInteger(), nullable=False),
        sa.Column("cost_known", sa.Boolean(), nullable=False),
        sa.Column("approved_pence", sa.BigInteger(), nullable=True),
        sa.Column("paid_pence", sa.BigInteger(), nullable=False),
        sa.Column("recovered_pence", sa.BigInteger(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("last_act", sa.String(40), nullable=True),
        sa.Column("credits", sa.Integer(), nullable=True),
        sa.Column("days", sa.String(length=8), nullable=True),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("verdict", sa.JSON(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("taken_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_out_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(part = 'second') = (first_line_id IS NOT NULL)", name=op.f("ck_lms_claim_line_second_has_first")
        ),
        sa.CheckConstraint("amount_at_most_pence >= 0", name=op.f("ck_lms_claim_line_amount_not_negative")),
        sa.CheckConstraint(
            "approved_pence IS NULL OR approved_pence >= 0", name=op.f("ck_lms_claim_line_approved_not_negative")
        ),
        sa.CheckConstraint("paid_pence >= 0", name=op.f("ck_lms_claim_line_paid_not_negative")),
        sa.CheckConstraint("payable_pence >= 0", name=op.f("ck_lms_claim_line_payable_not_negative")),
        sa.CheckConstraint("rate_pence >= 0", name=op.f("ck_lms_claim_line_rate_not_negative")),
        sa.CheckConstraint(
            "recovered_pence >= 0 AND recovered_pence <= paid_pence", name=op.f("ck_lms_claim_line_recovered_was_paid")
        ),
        sa.ForeignKeyConstraint(["added_by"], ["lms_person.id"], name=op.f("fk_lms_claim_line_added_by")),
        sa.ForeignKeyConstraint(["claim_id"], ["lms_claim.id"], name=op.f("fk_lms_claim_line_claim_id")),
        sa.ForeignKeyConstraint(["first_line_id"], ["lms_claim_line.id"], name=op.f("fk_lms_claim_line_first_line_id")),
        sa.ForeignKeyConstraint(
            ["follows_line_id"], ["lms_claim_line.id"], name=op.f("fk_lms_claim_line_follows_line_id")
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_claim_line_learner_id")),
        sa.ForeignKeyConstraint(["taken_out_by"], ["lms_person.id"], name=op.f("fk_lms_claim_line_taken_out_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_claim_line")),
        sa.UniqueConstraint("opened_as", name=op.f("uq_lms_claim_line_opened_as")),
    )
    op.create_index(op.f("ix_lms_claim_line_certificate_id"), "lms_claim_line", ["certificate_id"], unique=False)
    op.create_index("ix_lms_claim_line_claim", "lms_claim_line", ["claim_id", "added_at"], unique=False)
    op.create_index(op.f("ix_lms_claim_line_first_line_id"), "lms_claim_line", ["first_line_id"], unique=False)
    op.create_index(op.f("ix_lms_claim_line_follows_line_id"), "lms_claim_line", ["follows_line_id"], unique=False)
    op.create_index("ix_lms_claim_line_learner", "lms_claim_line", ["learner_id", "scheme"], unique=False)
    op.create_table(
        "lms_claim_cost",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("cost_pence", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("payable_pence", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.JSON(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cost_pence > 0", name=op.f("ck_lms_claim_cost_cost_is_something")),
        sa.CheckConstraint("payable_pence >= 0", name=op.f("ck_lms_claim_cost_payable_not_negative")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_claim_cost_by")),
        sa.ForeignKeyConstraint(["line_id"], ["lms_claim_line.id"], name=op.f("fk_lms_claim_cost_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_claim_cost")),
    )
    op.create_index("ix_lms_claim_cost_latest", "lms_claim_cost", ["line_id", "at"], unique=False)
    op.create_table(
        "lms_claim_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("came_from", sa.String(40), nullable=True),
        sa.Column("went_to", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("came_from IS NULL OR came_from <> went_to", name=op.f("ck_lms_claim_move_goes_somewhere")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_claim_move_by")),
        sa.ForeignKeyConstraint(["claim_id"], ["lms_claim.id"], name=op.f("fk_lms_claim_move_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_claim_move")),
    )
    op.create_index(op.f("ix_lms_claim_move_claim_id"), "lms_claim_move", ["claim_id"], unique=False)


def _make_what_happened() -> None:
    op.create_table(
        "lms_claim_acceptance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("total_pence", sa.BigInteger(), nullable=False),
        sa.Column("capacity", sa.String(length=40), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_claim_acceptance_by")),
        sa.ForeignKeyConstraint(["claim_id"], ["lms_claim.id"], name=op.f("fk_lms_claim_acceptance_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_claim_acceptance")),
        sa.UniqueConstraint("claim_id", "version", "by", name=op.f("uq_lms_claim_acceptance_claim_id_version_by")),
    )
    op.create_table(
        "lms_claim_choice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("taken_up", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_claim_choice_by")),
        sa.ForeignKeyConstraint(["claim_id"], ["lms_claim.id"], name=op.f("fk_lms_claim_choice_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_claim_choice")),
    )
    op.create_index(op.f("ix_lms_claim_choice_claim_id"), "lms_claim_choice", ["claim_id"], unique=False)
    op.create_table(
        "lms_claim_submission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("behalf_id", sa.Uuid(), nullable=True),
        sa.Column("acceptance_id", sa.Uuid(), nullable=True),
        sa.Column("permission_id", sa.Uuid(), nullable=True),
        sa.Column("total_pence", sa.BigInteger(), nullable=False),
        sa.Column("justification", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["acceptance_id"], ["lms_claim_acceptance.id"], name=op.f("fk_lms_claim_submission_acceptance_id")
        ),
        sa.ForeignKeyConstraint(["behalf_id"], ["lms_organisation.id"], name=op.f("fk_lms_claim_submission_behalf_id")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_claim_submission_by")),
        sa.ForeignKeyConstraint(["claim_id"], ["lms_claim.id"], name=op.f("fk_lms_claim_submission_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_claim_submission")),
        sa.UniqueConstraint("claim_id", "number", name=op.f("uq_lms_claim_submission_claim_id_number")),
    )
    op.create_table(
        "lms_claim_relied_on",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("rate_pence", sa.BigInteger(), nullable=False),
        sa.Column("payable_pence", sa.BigInteger(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("verdict", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.CheckConstraint("payable_pence >= 0", name=op.f("ck_lms_claim_relied_on_payable_not_negative")),
        sa.ForeignKeyConstraint(["line_id"], ["lms_claim_line.id"], name=op.f("fk_lms_claim_relied_on_line_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["lms_claim_submission.id"], name=op.f("fk_lms_claim_relied_on_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_claim_relied_on")),
        sa.UniqueConstraint("submission_id", "line_id", name=op.f("uq_lms_claim_relied_on_submission_id_line_id")),
    )
    op.create_index(op.f("ix_lms_claim_relied_on_line_id"), "lms_claim_relied_on", ["line_id"], unique=False)
    op.create_table(
        "lms_claim_taken",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["lms_claim_line.id"], name=op.f("fk_lms_claim_taken_line_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_lms_claim_taken")),
    )
    op.create_index(op.f("ix_lms_claim_taken_line_id"), "lms_claim_taken", ["line_id"], unique=False)
    op.create_table(
        "lms_claim_learner",
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_claim_learner_learner_id")),
        sa.PrimaryKeyConstraint("learner_id", name=op.f("pk_lms_claim_learner")),
    )
    op.create_table(
        "lms_claim_line_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        sa.Column("approved_pence", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("approved_pence >= 0", name=op.f("ck_lms_claim_line_decision_approved_not_negative")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_claim_line_decision_by")),
        sa.ForeignKeyConstraint(["line_id"], ["lms_claim_line.id"], name=op.f("fk_lms_claim_line_decision_line_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["lms_claim_submission.id"], name=op.f("fk_lms_claim_line_decision_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_claim_line_decision")),
    )
    op.create_index("ix_lms_claim_line_decision_latest", "lms_claim_line_decision", ["line_id", "at"], unique=False)
    op.create_table(
        "lms_claim_recovery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("pence > 0", name=op.f("ck_lms_claim_recovery_is_something")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_claim_recovery_by")),
        sa.ForeignKeyConstraint(["line_id"], ["lms_claim_line.id"], name=op.f("fk_lms_claim_recovery_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_claim_recovery")),
    )
    op.create_index(op.f("ix_lms_claim_recovery_line_id"), "lms_claim_recovery", ["line_id"], unique=False)
    op.create_table(
        "lms_claim_look",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_by", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_claim_look_authority_id")),
        sa.ForeignKeyConstraint(["line_id"], ["lms_claim_line.id"], name=op.f("fk_lms_claim_look_line_id")),
        sa.ForeignKeyConstraint(["looked_by"], ["lms_person.id"], name=op.f("fk_lms_claim_look_looked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_claim_look")),
        sa.UniqueConstraint("line_id", "what", "about_id", name=op.f("uq_lms_claim_look_line_id_what_about_id")),
    )
    op.create_index(op.f("ix_lms_claim_look_line_id"), "lms_claim_look", ["line_id"], unique=False)
    op.create_index("ix_lms_claim_look_open", "lms_claim_look", ["authority_id", "looked_at"], unique=False)
