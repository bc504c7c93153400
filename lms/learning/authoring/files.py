"""Which reader a file of questions needs: by how it begins, not by its name."""

from lms.learning.authoring.drafts import LARGEST, Reading, TooMuch
from lms.learning.authoring.gift import read_gift
from lms.learning.authoring.moodle import read_moodle


def read_file(name: str, content: bytes) -> Reading:
    """The questions of a file. Raises TooMuch, with a sentence, when it cannot be looked at."""
    if not content.strip():
        raise TooMuch("The file is empty.")
    if len(content) > LARGEST:
        raise TooMuch("The file is larger than 5 MB. Divide it.")
    begins = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    if begins.startswith(b"<"):
        return read_moodle(content)
    if name.lower().endswith(".xml"):
        raise TooMuch("This is not XML: it does not start with “<”.")
    return read_gift(content)
