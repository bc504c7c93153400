"""Judges a file somebody dropped on the check page. Nothing of it is kept, and nothing in it is believed.

The digest of its bytes is looked up first: a file we know to the byte needs no opinion. Any other PDF is read in a
bounded process, and always compared with the record of the number it claims.
"""

import re
from dataclasses import dataclass
from hashlib import sha256

from lms.certification.checking import queries
from lms.certification.checking.files import asking
from lms.certification.checking.files.seen import Seen
from lms.certification.checking.files.verdicts import LARGEST, FileVerdict, OnRecord, of_pdf
from lms.certification.checking.queries import CheckedView
from lms.certification.credentials import judging as credentials
from lms.certification.keys import queries as keys
from lms.certification.keys.rules import Purpose
from lms.certification.numbers import reads
from lms.core.db import Db
from lms.core.house import House

__all__ = ["LARGEST", "JudgedFile", "judge"]

_NAMED = re.compile(r"PALMS-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]")


@dataclass(frozen=True)
class JudgedFile:
    """What a file is, the number it claims, and the certificate on record under it, if there is one.

    `why` is said of a credential instead of the verdict's own sentence; `changed` names what differs. Message ids.
    """

    verdict: FileVerdict
    number: str | None = None
    certificate: CheckedView | None = None
    why: str | None = None
    changed: tuple[str, ...] = ()


def judge(house: House, data: bytes, *, name: str = "") -> JudgedFile:
    """Judge a file of at most LARGEST bytes. `name` is what its sender calls it; it only helps to find the record.

    Raises Busy when too many are being looked at. Holds no unit of work while the file is read.
    """
    with house.database.reading() as db:
        if number := queries.number_by_digest(db, sha256(data).hexdigest()):
            return JudgedFile(FileVerdict.GENUINE, number, queries.by_number(db, number))
    if b"%PDF-" in data[:1024]:
        return _judge_pdf(house, data, name)
    return _judge_credential(house, data) or JudgedFile(_kind(data))


def _judge_pdf(house: House, data: bytes, name: str) -> JudgedFile:
    try:
        seen = asking.ask(data)
    except asking.TooMuch:
        seen = None
    claimed = [*(seen.numbers if seen else ()), *filter(None, (reads(each) for each in _NAMED.findall(name.upper())))]
    with house.database.reading() as db:
        found = next(filter(None, (queries.by_number(db, number) for number in claimed)), None)
        verdict = of_pdf(seen, _on_record(db, data, seen, found)) if seen else FileVerdict.TOO_MUCH
    return JudgedFile(verdict, found.number if found else next(iter(claimed), None), found)


def _judge_credential(house: House, data: bytes) -> JudgedFile | None:
    if not credentials.seems_one(data):
        return None
    with house.database.reading() as db:
        told = credentials.judge(db, house, data)
        if told.why == credentials.NOTHING:
            return None
        found = queries.by_number(db, told.number) if told.number else None
    return JudgedFile(_of_credential(told), told.number, found, told.why, told.changed)


def _of_credential(told: credentials.Judged) -> FileVerdict:
    if told.genuine:
        return FileVerdict.GENUINE_CREDENTIAL
    if told.altered:
        return FileVerdict.ALTERED_CREDENTIAL
    return FileVerdict.DOUBTFUL_CREDENTIAL if told.number else FileVerdict.UNKNOWN_CREDENTIAL


def _on_record(db: Db, data: bytes, seen: Seen, found: CheckedView | None) -> OnRecord:
    if found is None:
        return OnRecord()
    issued = queries.issued_pdf(db, found.id)
    begins = issued is not None and sha256(data[: issued.size]).hexdigest() == issued.sha256
    own = {key.fingerprint: key for key in keys.every(db, found.authority_id, Purpose.SEAL)}
    key = own.get(seen.seals[0].fingerprint) if seen.seals else None
    made_at = issued.made_at if issued else None
    retired = key is not None and key.retired_at is not None and (made_at is None or key.retired_at < made_at)
    return OnRecord(number_known=True, begins_as_issued=begins, own_key=key is not None, retired_before=retired)


def _kind(data: bytes) -> FileVerdict:
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\0", b"MM\0*")) or b"ftyphei" in data[:32]:
        return FileVerdict.PICTURE
    return FileVerdict.ARCHIVE if data.startswith(b"PK\x03\x04") else FileVerdict.NO_KIND
