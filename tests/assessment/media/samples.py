"""Files that people hand in, made here: photos, PDFs, sound and moving pictures, each saying where it was made."""

import io
from collections.abc import Mapping
from fractions import Fraction

import av
import pikepdf
from PIL import Image

SECRETS = (b"SECRET", b"51.5074")
"""What must not be in any file that is kept."""

LABELS: Mapping[str, str] = {
    "location": "+51.5074-000.1278/",
    "com.apple.quicktime.location.ISO6709": "+51.5074-000.1278/",
    "comment": "SECRETPLACE",
    "title": "SECRETTITLE",
    "artist": "SECRETNAME",
}


def photo(kind: str = "JPEG", size: tuple[int, int] = (640, 480), *, labelled: bool = True) -> bytes:
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SECRETMAKER"
    exif.get_ifd(0x8825)[29] = "SECRETDAY"
    more = {"exif": exif} if labelled else {}
    Image.new("RGB", size, "teal").save(made, kind, **more)
    return made.getvalue()


def pdf() -> bytes:
    """One page with a photo on it as a phone took it."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(200, 200))
    picture = pikepdf.Stream(document, photo())
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width, picture.Height, picture.BitsPerComponent = 640, 480, 8
    picture.ColorSpace, picture.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
    page = document.pages[0]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=document.make_indirect(picture)))
    page.Contents = document.make_stream(b"q 200 0 0 200 0 0 cm /Im0 Do Q")
    document.docinfo["/Author"] = "SECRETNAME"
    with document.open_metadata() as told:
        told["dc:title"] = "SECRETTITLE"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def video(packed: str = "mp4", codec: str = "libx264", *, seconds: int = 1, sound: str | None = "aac") -> bytes:
    made = io.BytesIO()
    with av.open(made, "w", format=packed) as container:
        container.metadata.update(LABELS)
        stream = container.add_stream(codec, rate=10)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        stream.metadata["title"] = "SECRETSTREAM"
        heard = container.add_stream(sound, rate=48000) if sound else None
        if heard is not None:
            heard.layout = "mono"
        for number in range(seconds * 10):
            frame = av.VideoFrame.from_image(Image.new("RGB", (320, 240), (number * 20 % 255, 90, 60)))
            frame.pts, frame.time_base = number, Fraction(1, 10)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
        if heard is not None:
            _hum(container, heard, seconds, "s16" if sound == "libopus" else "fltp")
    return made.getvalue()


def voice(packed: str = "ipod", codec: str = "aac", *, seconds: int = 2, form: str = "fltp") -> bytes:
    made = io.BytesIO()
    with av.open(made, "w", format=packed) as container:
        container.metadata.update(LABELS)
        options = {"strict": "-2"} if codec == "vorbis" else {}
        stream = container.add_stream(codec, rate=48000, options=options)
        stream.layout = "stereo" if codec == "vorbis" else "mono"
        _hum(container, stream, seconds, form)
    return made.getvalue()


def _hum(container: object, stream: object, seconds: int, form: str) -> None:
    for start in range(0, seconds * 48000, 960):
        frame = av.AudioFrame(format=form, layout=stream.layout.name, samples=960)  # type: ignore[attr-defined]
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        frame.sample_rate, frame.pts, frame.time_base = 48000, start, Fraction(1, 48000)
        container.mux(stream.encode(frame))  # type: ignore[attr-defined]
    container.mux(stream.encode())  # type: ignore[attr-defined]
