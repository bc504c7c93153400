"""The manual keeps to what the scheme files and the moves of claims say."""

import re
from pathlib import Path

from lms.funding.vocabulary import MOVES, Provenance

DOCS = Path(__file__).parents[2] / "docs"
MANUAL = (DOCS / "claims.md").read_text(encoding="utf-8")
MOVES_MANUAL = (DOCS / "claims-and-applications.md").read_text(encoding="utf-8")


def test_every_case_in_the_manual_is_a_worked_case(schemes):
    rows = [row.rsplit("|", 2)[1] for row in MANUAL.splitlines() if row.startswith("|")]
    named = {name for row in rows for name in re.findall(r"`([a-z0-9-]+-[a-z0-9-]+)`", row)}
    assert len(named) > 15
    assert named <= {case.id for scheme in schemes.all for case in scheme.cases}


def test_every_move_is_in_the_manual():
    told = {
        (came_from.strip(), to.strip())
        for row in MOVES_MANUAL.splitlines()
        if row.count("|") > 3
        for came_from in row.split("|")[1].split(",")
        for to in row.split("|")[2].split(",")
    }
    moves = {(str(here).replace("_", " "), str(to).replace("_", " ")) for here, there in MOVES.items() for to in there}
    assert moves <= told


def test_every_provenance_is_in_the_manual():
    assert all(f"| `{provenance}` |" in MANUAL for provenance in Provenance)
