"""Asks tools that are not ours about credentials: @digitalbazaar/vc and jose from npm, offline (see check.mjs)."""

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openbadgeslib.ob3.contexts import bundled_contexts
from sqlalchemy import select

from lms.certification.credentials import badges, rules
from lms.certification.credentials.models import StatusDocument, StatusList
from lms.certification.keys import queries as keys
from lms.certification.keys.queries import Purpose
from lms.core.house import House

Json = dict[str, Any]
TOOLS = Path(__file__).parents[2] / "credentials_tools"


def published(house: House) -> dict[str, Any]:
    """All that somebody elsewhere could load from this site, by its address: issuers' documents and status lists."""
    found: dict[str, Any] = {}
    with house.database.reading() as db:
        for listed in db.scalars(select(StatusList)):
            own = keys.every(db, listed.authority_id, Purpose.CREDENTIAL)
            methods = [(rules.method_of(listed.issuer, key.fingerprint), key.public_pem) for key in own]
            found[listed.issuer] = badges.keys_document(listed.issuer, methods)
            for said in db.scalars(select(StatusDocument).where(StatusDocument.list_id == listed.id)):
                found[f"{listed.address}/{said.mark}"] = json.loads(said.document)
    return found


def asked(
    house: House, questions: Sequence[dict[str, Any]], *, now: datetime, **documents: Any
) -> list[dict[str, Any]]:
    """What the tools say to each question: {credential}, {token} or {list}."""
    if not (TOOLS / "node_modules").is_dir():
        pytest.fail("The tools that check credentials are not installed. Say: make test")
    given = {
        "documents": {**bundled_contexts(), **published(house), **documents},
        "now": now.isoformat(),
        "asked": list(questions),
    }
    node = Path(sys.executable).with_name("node")
    ran = subprocess.run(
        [node, TOOLS / "check.mjs"], input=json.dumps(given), capture_output=True, text=True, check=False, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    answers: list[Json] = json.loads(ran.stdout)
    return answers
