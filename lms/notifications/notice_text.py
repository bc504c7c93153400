"""The shape of what one kind of notice says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NoticeText:
    """Subject, body and where the link leads; `%(name)s` places are filled from the notice.

    `short` is what a text message says instead of both, for kinds that can go out as one.
    """

    subject: str
    body: str
    path: str = ""
    on_page: bool = True
    short: str = ""
