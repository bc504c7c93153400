"""Papers for tests, made as people make them: photos with a place in them, scans as PDF, PDFs with a password."""

import io
import random

import pikepdf
from PIL import ExifTags, Image, ImageDraw


def photo(width: int = 800, height: int = 600, *, noisy: bool = False, kind: str = "JPEG", seed: int = 1) -> bytes:
    """A photo of a paper, with the place and the phone it was taken with. `noisy`: as large as a real one."""
    picture = Image.new("RGB", (width, height), "#f4efe2")
    if noisy:
        dots = random.Random(seed).randbytes(width * height * 3)  # noqa: S311  a picture, not a secret
        picture = Image.frombytes("RGB", (width, height), dots)
    pen = ImageDraw.Draw(picture)
    pen.text((40, 40), f"Invoice {seed}: paid", fill="#202020")
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Telltale Phones"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (51.0, 30.0, 0.0)
    out = io.BytesIO()
    picture.save(out, kind, exif=exif, **({"quality": 95} if kind == "JPEG" else {}))
    return out.getvalue()


def invoice_pdf(words: str = "Invoice 17, paid", *, pages: int = 1) -> bytes:
    """A small PDF of text."""
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page()
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(f"BT /F1 24 Tf 50 700 Td ({words}) Tj ET".encode())
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def scanned_pdf(photos: list[bytes]) -> bytes:
    """A PDF as a phone's scanner makes it: a photo on each page."""
    pdf = pikepdf.new()
    for data in photos:
        page = pdf.add_blank_page()
        width, height = Image.open(io.BytesIO(data)).size
        image = pdf.make_stream(
            data,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=width,
            Height=height,
            ColorSpace=pikepdf.Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        page.Contents = pdf.make_stream(b"q 500 0 0 700 50 50 cm /Im0 Do Q")
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def locked_pdf(*, user: str = "secret", owner: str = "owner") -> bytes:
    """A PDF with a password; with no `user` it opens without one, and is encrypted all the same."""
    with pikepdf.open(io.BytesIO(invoice_pdf())) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(user=user, owner=owner))
    return out.getvalue()


def acting_pdf() -> bytes:
    """A PDF that runs a program when it is opened."""
    with pikepdf.open(io.BytesIO(invoice_pdf())) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()
