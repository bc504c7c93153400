"""The schemes that hold at an authority, and their digest: when it changes, every learner there is read again."""

import hashlib
import json
from datetime import date
from uuid import UUID

from lms.core.db import Db
from lms.funding.authoring import queries as authoring
from lms.funding.content import Schemes

MOST_KEPT = 32
_known: dict[int, tuple[Schemes, str]] = {}


def schemes_of(db: Db, authority_id: UUID, on: date) -> Schemes:
    """The schemes that hold at an authority on a day, with what it published, counts and confirmed."""
    return authoring.schemes_for(db, authority_id, on=on)


def digest(schemes: Schemes) -> str:
    """SHA-256 over schemes and adoptions, without their worked cases. Kept for as long as the object is the same."""
    known = _known.get(id(schemes))
    if known is not None and known[0] is schemes:
        return known[1]
    plain = [
        [each.model_dump(mode="json", exclude={"cases"}) for each in schemes.all],
        [each.model_dump(mode="json") for each in schemes.adoptions.values()],
    ]
    made = hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
    while len(_known) >= MOST_KEPT:
        _known.pop(next(iter(_known)))
    _known[id(schemes)] = schemes, made
    return made
