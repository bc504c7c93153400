"""Time stamps (RFC 3161) from the server that is set in LMS_TIMESTAMP_URL. It is told a digest and nothing else."""

import asyncio
import time
from functools import lru_cache
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

PATIENCE = 5
"""Seconds a server may take."""

LARGEST = 64 * 1024
"""Bytes an answer may have: real ones have some thousand."""

REST = 60
"""Seconds in which a server that failed is not asked again, so that a batch does not wait for it a thousand times."""

ASKS, ANSWERS = "application/timestamp-query", "application/timestamp-reply"


class Stamper(TimeStamper):
    """Asks one server for stamps."""

    def __init__(self, url: str) -> None:
        super().__init__(include_nonce=True)  # type: ignore[no-untyped-call]  # pyHanko's types are not whole
        self._url = url
        self._rests_until = 0.0

    def awake(self) -> bool:
        """Whether the server may be asked: not for a while after it failed."""
        return time.monotonic() >= self._rests_until

    def rest(self) -> None:
        """It failed: leave it alone for a while."""
        self._rests_until = time.monotonic() + REST

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Ask. Raises OSError or ValueError, whichever way it fails."""
        return await asyncio.to_thread(self._asked, req.dump())

    def _asked(self, question: bytes) -> tsp.TimeStampResp:
        headers = {"Content-Type": ASKS, "Accept": ANSWERS}
        request = Request(self._url, question, headers)  # noqa: S310  the settings allow http and https only
        try:
            answered = urlopen(request, timeout=PATIENCE)  # noqa: S310
        except HTTPError as error:
            error.close()
            raise
        with answered as response:
            if response.headers.get_content_type() != ANSWERS:
                raise ValueError("This is no time stamp.")
            return tsp.TimeStampResp.load(response.read(LARGEST))


@lru_cache(maxsize=4)
def stamper_at(url: str) -> Stamper | None:
    """The one of this process for an address; None when there is none."""
    return Stamper(url) if url else None
