"""A file of questions: looked at first, everything that cannot be kept named with its line, then taken as our file."""

from typing import Any

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from lms.core.web.state import unit
from lms.learning.authoring import queries
from lms.learning.authoring.drafts import LARGEST, Imported, TooMuch, imported
from lms.learning.authoring.files import read_file
from lms.learning.authoring.forms import ImportForm
from lms.learning.authoring.gift_out import gift_of
from lms.learning.authoring.views import module_at, pages
from lms.learning.doors import courses
from lms.people.guards import authority_for, requires
from lms.people.rules import Role


@pages.route("/content/import", methods=["GET", "POST"])
@requires(Role.ADMIN)
def import_page() -> ResponseReturnValue:
    """Look at a file; what came of it, and the text of a questions.yaml to take along. Nothing is changed here."""
    form = ImportForm()
    modules = [module for module in courses().modules.values() if module.ready]
    form.offer([(each.code, each.text.en) for module in modules for each in module.outcomes])
    came: Imported | None = None
    if form.validate_on_submit():
        try:
            came = _looked_at(form)
        except TooMuch as trouble:
            form.refuse(str(trouble))
    return render_template("lms/learning/content_import.html", form=form, came=came)


import_page.largest_post = LARGEST + 50_000  # type: ignore[attr-defined]  # a file may be larger than other posts


@pages.post("/content/import/download")
@requires(Role.ADMIN)
def download_questions() -> Response:
    """The text that was looked at, as a file to take along."""
    answer = make_response(request.form.get("text", "").replace("\r\n", "\n"))
    answer.mimetype = "application/yaml"
    answer.headers["Content-Disposition"] = 'attachment; filename="questions.yaml"'
    return answer


def _looked_at(form: Any) -> Imported:
    upload = form.file.data
    try:
        content = upload.stream.read(LARGEST + 1)
    finally:
        upload.close()
    reading = read_file(upload.filename or "", content)
    outcome = form.outcome.data
    module = next(m for m in courses().modules.values() if outcome in {each.code for each in m.outcomes})
    return imported(
        reading,
        module=module.code,
        outcome=outcome,
        outcomes={each.code for each in module.outcomes},
        taken=set(module.by_code()),
    )


@pages.get("/content/<module>/<edition>/questions.gift")
@requires(Role.ADMIN)
def export_gift(module: str, edition: str) -> Response:
    """A module's questions as GIFT, with the keys that hold for this authority."""
    bank = queries.questions_of(unit(), authority_for(Role.ADMIN), module_at(module, edition))
    answer = make_response(gift_of(list(bank.values())))
    answer.mimetype = "text/plain"
    answer.headers["Content-Disposition"] = f'attachment; filename="{module}-{edition}.gift.txt"'
    return answer
