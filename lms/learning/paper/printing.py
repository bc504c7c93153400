"""The worker's part: the PDF of a page that was asked for, made once and kept as a file."""

from datetime import datetime

from lms.core.files import keep
from lms.core.house import House
from lms.core.letters import drawable
from lms.core.pdf import printed
from lms.core.uploads import PDF
from lms.learning.paper import queries
from lms.learning.paper.models import PaperPrint


def print_page(house: House, key: str, now: datetime) -> None:
    """Print the page whose digest is `key`. Done twice, the first one stays. Printing holds no transaction."""
    with house.database.reading() as db:
        page = queries.print_of(db, key)
    if page is None or page.pdf is not None:
        return
    data = printed(drawable(page.html), title=page.title, language=page.language, at=now)
    with house.database.writing() as db:
        row = db.get_one(PaperPrint, key)
        row.pdf = row.pdf or keep(db, house.files, data, PDF, now=now)
