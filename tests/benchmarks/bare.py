"""The yardstick: a Flask page that does nothing but read one row and render one template."""

from uuid import UUID

from flask import Flask, render_template
from jinja2 import DictLoader
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from lms.people.models import Person

_TEMPLATE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ person.name }}</title><link rel="stylesheet" href="/style.css"></head>
<body>
<header><a href="/">Home</a></header>
<main>
<h1>{{ person.name }}</h1>
<p>Here since {{ person.created_at.strftime("%d %B %Y") }}.</p>
{% if person.email %}<p>Write to <a href="mailto:{{ person.email }}">{{ person.email }}</a>.</p>{% endif %}
</main>
</body>
</html>
"""


def bare_page(database_url: str, person_id: UUID) -> Flask:
    """A site with one page, `/`, that shows one person of the same database."""
    app = Flask("bare")
    app.jinja_loader = DictLoader({"person.html": _TEMPLATE})  # type: ignore[assignment]  # compiled once, as a file is
    engine = create_engine(database_url)

    @app.get("/")
    def page() -> str:
        with Session(engine) as db:
            return render_template("person.html", person=db.get_one(Person, person_id))

    return app
