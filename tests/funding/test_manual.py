"""docs/claims.md keeps to what the scheme files say."""

import re
from pathlib import Path

from lms.funding.vocabulary import MOVES, Provenance

MANUAL = (Path(__file__).parents[2] / "docs" / "claims.md").read_text(encoding="utf-8")


def test_every_case_in_the_manual_is_a_worked_case(schemes):
    rows = [row.rsplit("|", 2)[1] for row in MANUAL.splitlines() if row.startswith("|")]
    named = {name for row in rows for name in re.findall(r"`([a-z0-9-]+-[a-z0-9-]+)`", row)}
    assert len(named) > 15
    assert named <= {case.id for scheme in schemes.all for case in scheme.cases}


def test_every_move_is_in_the_manual():
    for came_from, to in MOVES.items():
        if to:
            row = re.search(rf"^\| {came_from.replace('_', ' ')} \| (.+) \|$", MANUAL, re.MULTILINE)
            assert {word.strip().replace(" ", "_") for word in row[1].split(",")} == set(to)


def test_every_provenance_is_in_the_manual():
    assert all(f"| `{provenance}` |" in MANUAL for provenance in Provenance)
