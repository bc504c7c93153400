"""What others ask of credentials: judge a file, and hand a credential out to its holder."""

from collections.abc import Callable, Mapping
from uuid import UUID

from lms.certification.credentials import pictures, queries
from lms.certification.credentials.judging import Judged, judge, seems_one
from lms.certification.credentials.queries import Kept
from lms.certification.credentials.rules import Form
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import N_, Refused

__all__ = ["Judged", "handed_out", "judge", "seems_one"]


def handed_out(db: Db, house: House, certificate_id: UUID, form: Form) -> tuple[str, bytes] | None:
    """The name and the bytes of a certificate's credential in one form; None while it is not made.

    Each time it is checked as anybody's would be. Refused when it does not stand.
    """
    kept = queries.kept(db, certificate_id)
    if kept is None:
        return None
    data = _FORMS[form](kept)
    if not judge(db, house, data).genuine:
        raise Refused(
            N_("This credential did not stand our own check, so it is not handed out. Tell your coordinator.")
        )
    return f"{kept.number}.{form}", data


def _png(kept: Kept) -> bytes:
    from lms.certification.credentials import badges  # noqa: PLC0415  a large library: see there

    return badges.into_png(pictures.png(), kept.document)


def _svg(kept: Kept) -> bytes:
    from lms.certification.credentials import badges  # noqa: PLC0415  as above

    return badges.into_svg(pictures.svg(), kept.document)


_FORMS: Mapping[Form, Callable[[Kept], bytes]] = {
    Form.JSON: lambda kept: kept.document.encode(),
    Form.JWT: lambda kept: kept.token.encode(),
    Form.PNG: _png,
    Form.SVG: _svg,
}
