"""Looks at sealed PDFs with tools that are not ours, and a server of time stamps on this machine."""

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import pem, tsp, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from lms.certification.keys.queries import PublicKey
from lms.core.aside import finished


def run(tool: str, *given: object) -> str:
    """What a tool says of a file; the test is skipped where it is not installed. Fails when the tool does."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    return subprocess.run([tool, *map(str, given)], capture_output=True, text=True, check=True).stdout


def on_disk(data: bytes, folder: Path) -> Path:
    """The bytes as a file."""
    path = folder / "certificate.pdf"
    path.write_bytes(data)
    return path


def certificate_of(pem_text: str | None) -> x509.Certificate:
    """The first certificate of a chain in PEM."""
    return x509.Certificate.load(pem.unarmor((pem_text or "").encode())[2])


def judged(data: bytes, *trusted: PublicKey, stamps: x509.Certificate | None = None) -> PdfSignatureStatus:
    """What pyHanko's validator says of the only signature, when these keys and this time-stamper are trusted.

    Its own way without `async` fails on a thread that runs a loop, as one that drives a browser does.
    """
    (found,) = PdfFileReader(BytesIO(data)).embedded_signatures
    context = ValidationContext(trust_roots=[certificate_of(key.certificate_pem) for key in trusted])
    stamped = ValidationContext(trust_roots=[stamps]) if stamps else None
    return finished(async_validate_pdf_signature(found, context, ts_validation_context=stamped))


Answer = Callable[[bytes], tuple[int, str, bytes]]


@contextmanager
def server(answer: Answer) -> Iterator[tuple[str, list[bytes]]]:
    """A server on this machine that answers each POST with (status, type, body); its address, and what it was asked."""
    asked: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append(body)
            status, kind, said = answer(body)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_said: Any) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as made:
        running = threading.Thread(target=made.serve_forever, args=(0.01,))
        running.start()
        try:
            yield f"http://127.0.0.1:{made.server_port}", asked
        finally:
            made.shutdown()
            running.join()


def stamping(certificate: x509.Certificate, private: bytes) -> Answer:
    """Answers as a server of time stamps does, with this certificate and private key (PKCS #8, DER)."""
    stamper = DummyTimeStamper(certificate, asn1_keys.PrivateKeyInfo.load(private))

    def answer(body: bytes) -> tuple[int, str, bytes]:
        said = stamper.request_tsa_response(tsp.TimeStampReq.load(body))
        return 200, "application/timestamp-reply", said.dump()

    return answer
