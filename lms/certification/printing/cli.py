"""`lms certificates …`: what a kind of certificate looks like, before anybody is given one.

The group is found as `command`, the name every command module uses. It reads content only, and no database.
"""

from datetime import UTC, datetime
from pathlib import Path

import click

from lms.certification import content
from lms.certification.content import CertificateDesign, CertificateDesigns
from lms.certification.printing import specimens
from lms.certification.printing.pdf import address_of, pdf_of
from lms.core import shelves
from lms.core.clock import london_day, utc_now
from lms.core.words import NotFound

_ADDRESS = "https://learning.example.org"


@click.group("certificates")
def certificates_group() -> None:
    """Kinds of certificates and their designs."""


@certificates_group.command()
@click.argument("kind")
@click.argument("out", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--pack", "packs", multiple=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(["en", "cy", "both"]), default="en", help="English when nothing is said.")
@click.option("--html", is_flag=True, help="Write the filled page instead of a PDF.")
def preview(*, kind: str, out: Path, packs: tuple[Path, ...], language: str, html: bool) -> None:
    """Write what a certificate of KIND looks like to OUT, a PDF, with an invented holder. It is not sealed.

    With --pack also of kinds in content packs, which need not be installed.
    """
    loaded = shelves.load({"certificates": [content.load]}, [pack.absolute() for pack in packs])
    design = _design(loaded[CertificateDesigns], kind)
    languages = ("en", "cy") if language == "both" else (language,)
    if "cy" in languages and not design.has_welsh:
        click.echo("Some of its texts have no Welsh yet, so it would be issued in English; they are shown in English.")
    now = utc_now()
    face = specimens.face_of(design, languages=languages, on=london_day(now))
    page = specimens.page_of(design, face)
    out.write_bytes(page.encode() if html else _printed(page, face.title, languages[0], now))
    click.echo(f"{out} is written.")


def _design(designs: CertificateDesigns, kind: str) -> CertificateDesign:
    try:
        return designs.design(kind)
    except NotFound:
        known = ", ".join(sorted(designs.by_kind))
        raise click.ClickException(f"There is no kind {kind}; there is {known}.") from None


def _printed(page: str, title: str, language: str, now: datetime) -> bytes:
    address = address_of(_ADDRESS, specimens.NUMBER)
    return pdf_of(page, address=address, title=title, language=language, at=now.astimezone(UTC))


command = certificates_group
