"""Dropping a file on the check page: what we issued is recognised, everything else is named for what it is."""

import io
import re
import warnings
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pikepdf
import pytest

from lms.certification import services
from lms.certification.checking.files import asking
from lms.certification.checking.files.seen import Seal, Seen
from lms.certification.checking.files.verdicts import LARGEST, FileVerdict, OnRecord, of_pdf
from lms.certification.keys import services as keys
from lms.certification.keys.rules import Purpose
from lms.certification.numbers import number_of
from lms.certification.queries import CertificateView
from lms.certification.rules import WithdrawalReason
from lms.core.house import House
from tests.certification.checking.sealing import drawn, key, sealed, whole_and_sealed
from tests.world import World


def drop(browser: Any, data: bytes, name: str = "certificate.pdf") -> Any:
    answer = browser.post("/verify/file", {"paper": (io.BytesIO(data), name)}, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # a large file is sent from a temporary one, which nobody closes
    return answer


def said(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True))


def heading(answer: Any) -> str:
    (found,) = re.findall(r"<h1[^>]*>([^<]+)</h1>", said(answer))
    return str(found)


@pytest.fixture
def told(browser_for: Any) -> Any:
    """What is said of a file: `told(data)` is its heading, `told(data, name)` too."""

    def ask(data: bytes, name: str = "certificate.pdf") -> str:
        answer = drop(browser_for(), data, name)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        return heading(answer)

    return ask


def test_the_file_we_issued(browser_for: Any, issued: CertificateView, paper: bytes) -> None:
    answer = drop(browser_for(), paper, "renamed by somebody.bin")
    page = said(answer)
    assert heading(answer) == "This file is genuine"
    assert "to the last letter" in page
    assert "It counts" in page
    assert issued.number in page
    assert "P. M." in page
    assert "Morgan" not in page  # whoever has the file reads the name in it


def test_a_genuine_file_of_a_withdrawn_certificate(
    *, browser_for: Any, house: House, issued: CertificateView, world: World, now: datetime, paper: bytes
) -> None:
    with house.database.writing() as db:
        reason = WithdrawalReason.ISSUED_IN_ERROR
        services.withdraw(db, certificate_id=issued.id, reason=reason, by=world.coordinator, now=now)
    answer = drop(browser_for(), paper)
    assert heading(answer) == "This file is genuine"
    assert "It was withdrawn" in said(answer)
    assert "Withdrawn on 21 November 2026." in said(answer)
    assert "palms-verdict--yes" not in said(answer)


def test_one_byte_changed(told: Any, paper: bytes) -> None:
    assert told(paper.replace(b"Pat Morgan", b"Sam Morgan")) == "This file was changed"


def test_a_changed_file_is_nowhere_answered_in_green(browser_for: Any, issued: CertificateView, paper: bytes) -> None:
    answer = drop(browser_for(), paper.replace(b"Pat Morgan", b"Sam Morgan"))
    assert "The certificate on record counts. This file is not it" in said(answer)
    assert "palms-verdict--yes" not in said(answer)


def test_something_added(told: Any, paper: bytes) -> None:
    assert told(paper + b"\n% and more\n") == "Something was added to this file"


def test_saved_anew_without_its_seal(told: Any, paper: bytes) -> None:
    out = io.BytesIO()
    with warnings.catch_warnings(), pikepdf.open(io.BytesIO(paper)) as pdf:
        warnings.simplefilter("ignore")  # it says that the form of the seal is gone
        del pdf.Root.AcroForm
        pdf.save(out)
    assert told(out.getvalue()) in {"This file has no seal", "This file was changed"}
    assert told(drawn()) == "This file has no seal"


def test_facts_copied_and_sealed_by_somebody_else(browser_for: Any, issued: CertificateView, paper: bytes) -> None:
    answer = drop(browser_for(), whole_and_sealed(issued.number, name="Sam Jones", private=key("somebody")))
    assert heading(answer) == "This file was not sealed by the authority it names"
    assert "Compare it with what is on record below" in said(answer)
    assert issued.number in said(answer)
    assert "P. M." in said(answer)


def test_sealed_by_another_authority_of_ours(
    *, told: Any, house: House, issued: CertificateView, world: World, now: datetime, paper: bytes
) -> None:
    other = keys.at_hand(house, world.other_authority, Purpose.SEAL, now)
    forged = whole_and_sealed(issued.number, private=other.private())
    assert told(forged) == "This file was not sealed by the authority it names"


def test_sealed_with_the_right_key_but_not_the_file_on_record(
    told: Any, house: House, issued: CertificateView, now: datetime, paper: bytes
) -> None:
    ours = keys.at_hand(house, issued.authority_id, Purpose.SEAL, now).private()
    assert told(whole_and_sealed(issued.number, name="Sam Jones", private=ours)) == "This is not the file we issued"
    assert told(whole_and_sealed(number_of(4711), private=ours)) == "We cannot confirm this file"


def test_sealed_with_a_key_that_was_retired_before(
    told: Any, house: House, issued: CertificateView, now: datetime
) -> None:
    old = keys.at_hand(house, issued.authority_id, Purpose.SEAL, now)
    with house.database.writing() as db:
        keys.retire(db, key_id=old.id, by=None, now=now - timedelta(days=1))
    forged = whole_and_sealed(issued.number, private=old.private())
    assert told(forged) == "This file was sealed with a key that was out of use"


def test_a_file_sealed_with_a_key_retired_since_is_as_genuine(
    told: Any, house: House, issued: CertificateView, now: datetime, paper: bytes
) -> None:
    old = keys.at_hand(house, issued.authority_id, Purpose.SEAL, now)
    with house.database.writing() as db:
        keys.retire(db, key_id=old.id, by=None, now=now)
    assert told(paper) == "This file is genuine"
    assert told(paper + b"\n") == "Something was added to this file"


def test_cut_off(told: Any, paper: bytes) -> None:
    assert told(paper[: len(paper) // 2]) == "This file is not complete"


def test_locked(told: Any, issued: CertificateView, paper: bytes) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="x", user=""))
    assert told(out.getvalue()) == "This file is locked with a password"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xff\xd8\xff\xe0 a photo", "A picture cannot be checked"),
        (b"PK\x03\x04 packed", "This is a folder of files packed into one"),
        (b"Dear Sir or Madam", "This is not a file we can check"),
        (b"\0" * 2000, "This is not a file we can check"),
        (b"%PDF-1.7 nothing of the kind %%EOF", "This file cannot be read"),
    ],
)
def test_other_things(told: Any, data: bytes, says: str) -> None:
    assert told(data) == says


def test_a_bomb(told: Any) -> None:
    from tests.certification.checking.test_seal import bomb

    assert told(bomb()) in {"This file cannot be checked", "This file cannot be read"}


def test_a_file_that_broke_its_process_is_not_our_fault(told: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_CHILD", "lms.nothing.of.the.kind")
    assert told(drawn()) == "This file cannot be checked"


def test_when_many_are_looked_at(browser_for: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_data: bytes) -> Seen:
        raise asking.Busy

    monkeypatch.setattr(asking, "ask", busy)
    answer = drop(browser_for(), drawn())
    assert answer.status_code == 503
    assert "Wait a minute, then choose the file again." in said(answer)


def test_nothing_or_too_much(browser_for: Any) -> None:
    browser = browser_for()
    assert "Choose the file of a certificate." in said(browser.post("/verify/file"))
    assert "The file is empty." in said(drop(browser, b""))
    large = drop(browser, b"%PDF-" + bytes(LARGEST))
    assert large.status_code == 200
    assert "larger than 2 MB" in said(large)
    assert 'href="#paper"' in said(large)
    assert drop(browser, bytes(LARGEST * 3)).status_code == 413


def test_the_address_opened_by_itself_leads_to_the_page(open_as: Any) -> None:
    answer = open_as(None, "/verify/file")
    assert (answer.status_code, answer.location) == (302, "/verify")


def test_nothing_is_kept(house: House, browser_for: Any, issued: CertificateView, paper: bytes) -> None:
    before = {path for path in house.settings.data.rglob("*") if path.is_file()}
    drop(browser_for(), paper)
    drop(browser_for(), whole_and_sealed(issued.number, private=key("somebody")))
    after = {path for path in house.settings.data.rglob("*") if path.is_file()}
    assert {path for path in after - before if "palms.db" not in path.name} == set()


def test_files_are_slowed_and_the_genuine_one_is_not_counted(browser_for: Any, paper: bytes) -> None:
    browser = browser_for()
    for _ in range(12):
        assert heading(drop(browser, paper)) == "This file is genuine"
    codes = [drop(browser, b"junk %d" % n).status_code for n in range(11)]
    assert codes == [200] * 10 + [429]


def test_two_signatures_win_over_everything_else() -> None:
    fine = Seal("f", unbroken=True, whole=True, added="none", start_sha256="", final=True)
    record = OnRecord(number_known=True, own_key=True)
    assert of_pdf(Seen(seals=(fine, fine)), record) is FileVerdict.SEVERAL_SEALS
    assert of_pdf(Seen(seals=(fine,)), record) is FileVerdict.NOT_THE_ISSUED_ONE
    assert not any(verdict.genuine for verdict in FileVerdict if not verdict.value.startswith("genuine"))
    assert all(verdict.heading and verdict.why and verdict.todo for verdict in FileVerdict)


def test_a_broken_seal_is_never_taken_for_none() -> None:
    assert of_pdf(Seen(seals=(Seal("", False, False, "unknown", "", final=False),)), OnRecord()) is FileVerdict.CHANGED


def test_sealed_without_certifying_is_still_compared_with_the_record(told: Any, issued: CertificateView) -> None:
    assert told(sealed(drawn(issued.number), key("somebody"), certify=False)).startswith("This file was not sealed by")
