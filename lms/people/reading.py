"""How somebody likes pages to look and to be read out. Plain Python: choices, and the classes a page says them with."""

from dataclasses import dataclass
from enum import StrEnum


class TextSize(StrEnum):
    """How big the letters are."""

    NORMAL = "normal"
    LARGE = "large"
    LARGEST = "largest"


class Spacing(StrEnum):
    """How far apart letters, words and lines stand."""

    NORMAL = "normal"
    WIDE = "wide"


class Contrast(StrEnum):
    """Which colours text stands in and on."""

    NORMAL = "normal"
    HIGH = "high"
    DARK = "dark"


class Motion(StrEnum):
    """Whether anything may move: as the device is set, or nothing at all."""

    DEVICE = "device"
    NONE = "none"


class VoiceSpeed(StrEnum):
    """How fast the voice reads when somebody listens."""

    SLOW = "slow"
    NORMAL = "normal"
    FAST = "fast"
    FASTEST = "fastest"


RATES = {VoiceSpeed.SLOW: 0.75, VoiceSpeed.NORMAL: 1.0, VoiceSpeed.FAST: 1.25, VoiceSpeed.FASTEST: 1.5}
"""What a speed means to a voice: 1 is as fast as it was made to speak."""


@dataclass(frozen=True)
class Reading:
    """Somebody's choices. Without any, pages are as they were made."""

    text_size: TextSize = TextSize.NORMAL
    spacing: Spacing = Spacing.NORMAL
    contrast: Contrast = Contrast.NORMAL
    motion: Motion = Motion.DEVICE
    voice_speed: VoiceSpeed = VoiceSpeed.NORMAL

    @property
    def classes(self) -> str:
        """The classes of <html> that style these choices (frontend/_reading.scss); none for what is not chosen."""
        chosen = {
            "text": self.text_size,
            "spacing": self.spacing,
            "contrast": self.contrast,
            "motion": self.motion,
        }
        return " ".join(f"palms-{name}-{value}" for name, value in chosen.items() if value not in _AS_MADE)

    @property
    def rate(self) -> float:
        """How fast the voice reads, for a browser's own voice."""
        return RATES[self.voice_speed]


_AS_MADE = {"normal", "device"}
AS_MADE = Reading()
