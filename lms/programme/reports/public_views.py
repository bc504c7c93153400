"""The public page of headline counts, where an authority wants one: what a made report says going out, and no more."""

from datetime import date
from hashlib import sha256

from flask import Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from lms.core.web.state import unit
from lms.core.web.texts import _
from lms.people.guards import public
from lms.programme.reports import queries
from lms.programme.reports.doors import pages
from lms.programme.reports.models import Report
from lms.programme.reports.showing import shown
from lms.programme.reports.views import PUBLIC_TABLES, chart_of


@pages.get("/figures/<code>")
@public
def figures(code: str) -> ResponseReturnValue:
    """Headline counts of an authority, for anybody."""
    found = queries.published(unit(), code)
    newer = queries.corrected_by(unit(), found.id, made=True)
    data = found.data or {}
    tables = shown(data, _, exact=False, only=PUBLIC_TABLES)
    page = render_template(
        "lms/programme/reports/figures.html",
        reference=queries.reference_of(found, code),
        newer=queries.reference_of(newer, code) if newer else None,
        data=data,
        code=code,
        first=date.fromisoformat(data["first"]),
        last=date.fromisoformat(data["last"]),
        counted_on=date.fromisoformat(data["counted_on"]),
        tables=tables,
        chart=chart_of(tables),
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "private, no-cache"  # the head of the page is the reader's own
    return _unlisted(response, sha256(page.encode()).hexdigest()[:32])


@pages.get("/figures/<code>.json")
@public
def figures_json(code: str) -> ResponseReturnValue:
    """The same as open data: codes and whole numbers; null for what is kept back."""
    found = queries.published(unit(), code)
    newer = queries.corrected_by(unit(), found.id, made=True)
    corrected = queries.reference_of(newer, code) if newer else None
    response = jsonify({**_open(found, queries.reference_of(found, code)), "corrected_by": corrected})
    response.headers["Cache-Control"] = "public, max-age=3600"
    return _unlisted(response, sha256(response.get_data()).hexdigest()[:32])


def _open(found: Report, reference: str) -> dict[str, object]:
    data = found.data or {}
    tables = [
        {
            "table": table["code"],
            "columns": [column["code"] for column in table["columns"]],
            "rows": [
                {
                    "row": row["name"] or row["key"],
                    "values": [None if cell["hidden"] else cell["value"] for cell in row["cells"]],
                }
                for row in table["rows"]
            ],
        }
        for table in data["tables"]
        if table["code"] in PUBLIC_TABLES
    ]
    same = {name: data[name] for name in ("authority", "first", "last", "counted_on", "threshold")}
    return {"report": reference, **same, "tables": tables}


def _unlisted(response: Response, tag: str) -> Response:
    """Not listed by search engines: the authority links its figures, and they go when it takes them down."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.set_etag(tag)
    response.make_conditional(request)
    return response
