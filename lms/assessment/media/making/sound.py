"""Sound and moving pictures packed anew: the streams as they are, and nothing of what was said about them.

Where something was recorded, on what, by whom and when stands beside the streams, in labels and in tracks of their own
(some cameras write a track of places). Only one stream of pictures and one of sound is carried over. Runs only inside
the bounded process of `made`: the formats have many corners, and their readers had holes before.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
from av.video.frame import VideoFrame
from PIL import Image

from lms.assessment.media.making.thumbnails import small_jpeg
from lms.assessment.media.rules import NOT_PLAYABLE, FileKind
from lms.core.words import Refused

MOST_DOTS = 40_000_000
"""Pixels of one picture of a video: a little more than 8K."""

LONGEST_HOURS = 6


@dataclass(frozen=True)
class Packed:
    """What came of it; `thumbnail` is a JPEG of the first picture."""

    kind: FileKind
    media_type: str
    seconds: int | None
    thumbnail: bytes | None


_READ_AS = {"mp4": "mov", "webm": "matroska", "ogg": "ogg", "mp3": "mp3", "aac": "aac", "wav": "wav"}
"""What unpacks a container. Always named: left to guess, the library would open playlists that name other files."""

_PICTURES = {"mp4": {"h264", "hevc", "av1", "vp9"}, "webm": {"vp8", "vp9", "av1"}}
_SOUNDS = {
    "mp4": {"aac", "mp3", "opus"},
    "webm": {"opus"},
    "ogg": {"opus", "vorbis"},
    "mp3": {"mp3"},
    "aac": {"aac"},
    "wav": {"pcm_s16le", "pcm_u8", "pcm_s24le", "pcm_f32le"},
}
"""What browsers play. WebM with Vorbis is left out: its labels travel inside the sound itself."""

_WRITTEN_AS = {"mp4": "mp4", "webm": "webm", "ogg": "ogg", "mp3": "mp3", "aac": "adts", "wav": "wav"}
_MEDIA_TYPES = {
    ("mp4", FileKind.VIDEO): "video/mp4",
    ("mp4", FileKind.VOICE): "audio/mp4",
    ("webm", FileKind.VIDEO): "video/webm",
    ("webm", FileKind.VOICE): "audio/webm",
    ("ogg", FileKind.VOICE): "audio/ogg",
    ("mp3", FileKind.VOICE): "audio/mpeg",
    ("aac", FileKind.VOICE): "audio/aac",
    ("wav", FileKind.VOICE): "audio/wav",
}
_HOW = {
    "mp4": {"movflags": "+faststart", "fflags": "+bitexact"},  # a player can begin before all of it has come
    "mp3": {"write_xing": "0", "id3v2_version": "0", "fflags": "+bitexact"},
}


def pack_anew(source: Path, to: Path, container: str) -> Packed:
    """Write the streams of `source` into a new file of the same container. Raises Refused, or what the library says."""
    with (
        source.open("rb") as bytes_in,
        av.open(bytes_in, "r", format=_READ_AS[container], options={"protocol_whitelist": ""}) as opened,
    ):
        pictures = next((s for s in opened.streams.video if not _is_a_cover(s)), None)
        sound = next(iter(opened.streams.audio), None)
        _may_be_packed(container, pictures, sound)
        seconds = _copy(opened, to, container, [each for each in (pictures, sound) if each is not None])
    kind = FileKind.VIDEO if pictures is not None else FileKind.VOICE
    thumbnail = _first_picture(to, container) if pictures is not None else None
    return Packed(kind, _MEDIA_TYPES[container, kind], seconds, thumbnail)


def _is_a_cover(stream: Any) -> bool:
    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def _may_be_packed(container: str, pictures: Any, sound: Any) -> None:
    if pictures is None and sound is None:
        raise ValueError("neither pictures nor sound")
    if pictures is not None:
        if pictures.codec_context.codec.canonical_name not in _PICTURES.get(container, ()):
            raise Refused(NOT_PLAYABLE)
        if not 0 < pictures.codec_context.width * pictures.codec_context.height <= MOST_DOTS:
            raise ValueError("size of its pictures")
    if sound is not None and sound.codec_context.codec.canonical_name not in _SOUNDS[container]:
        raise Refused(NOT_PLAYABLE)


def _copy(opened: Any, to: Path, container: str, wanted: list[Any]) -> int | None:
    """Carry the packets over; gives the whole seconds of the longest stream."""
    latest = 0.0
    packets = 0
    with to.open("w+b") as bytes_out:
        options = _HOW.get(container, {"fflags": "+bitexact"})
        with av.open(bytes_out, "w", format=_WRITTEN_AS[container], options=options) as made:
            carried = {stream.index: _same(made, stream) for stream in wanted}
            for packet in opened.demux(wanted):
                if packet.dts is None:  # the last one is empty: it only says that there are no more
                    continue
                if packet.pts is not None and packet.time_base:
                    latest = max(latest, float((packet.pts + (packet.duration or 0)) * packet.time_base))
                packet.stream = carried[packet.stream_index]
                made.mux(packet)
                packets += 1
    if not packets or latest > LONGEST_HOURS * 3600:
        raise ValueError("nothing in it, or far too much")
    return max(1, round(latest)) if latest > 0 else None


def _same(made: Any, stream: Any) -> Any:
    """A stream of the same kind, turned the same way up, that says nothing of itself."""
    new = made.add_stream_from_template(stream, opaque=True)  # as it is: nothing is to encode it
    new.metadata.clear()
    return new


def _first_picture(path: Path, container: str) -> bytes | None:
    with path.open("rb") as bytes_in, av.open(bytes_in, "r", format=_READ_AS[container]) as opened:
        stream = opened.streams.video[0]
        stream.thread_count = 1
        for frame in opened.decode(stream):
            return _small(frame)
    raise ValueError("no picture can be seen")


def _small(frame: VideoFrame) -> bytes:
    picture: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
    if frame.rotation:
        picture = picture.rotate(frame.rotation, expand=True)
    return small_jpeg(picture)
