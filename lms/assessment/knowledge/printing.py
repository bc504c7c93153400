"""The worker's part: the PDF of a progress log that was asked for, made once and kept as a file."""

from datetime import datetime

from lms.assessment.knowledge.models import LogPrint
from lms.core.files import keep
from lms.core.house import House
from lms.core.pdf import printed
from lms.core.uploads import PDF

PRINT = "knowledge.print"


def print_log(house: House, key: str, now: datetime) -> None:
    """Print the page whose digest is `key`. Done twice, the first one stays. Printing holds no transaction."""
    with house.database.reading() as db:
        page = db.get(LogPrint, key)
    if page is None or page.pdf is not None:
        return
    data = printed(page.html, title=page.title, language=page.language, at=now)
    with house.database.writing() as db:
        row = db.get_one(LogPrint, key)
        row.pdf = row.pdf or keep(db, house.files, data, PDF, now=now)
