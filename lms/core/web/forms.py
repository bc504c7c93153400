"""The base of every form: our own forgery token beside the host's, a once-only number, and errors of the whole form."""

from typing import Any
from uuid import UUID, uuid4

from flask_wtf import FlaskForm
from wtforms import HiddenField

from lms.core.web.csrf import TOKEN_FIELD
from lms.core.web.texts import _


class LmsForm(FlaskForm):
    """A form whose token has its own name in the session, so that a host's CSRF protection is not disturbed."""

    class Meta(FlaskForm.Meta):
        csrf_field_name = TOKEN_FIELD
        csrf = True
        locales = ()

        def get_translations(self, form: Any) -> Any:
            """Built-in messages of WTForms go through our catalogue as well."""
            return _Catalogue()

    def errors_for_summary(self) -> list[dict[str, str]]:
        """Every error with a link to its field, in the order of the page; errors of the whole form first."""
        listed = [{"text": str(text)} for text in self.form_errors]
        for field in self:
            if field.errors and field.type != "CSRFTokenField":
                listed.append({"text": str(_first(field.errors)), "href": f"#{field.id}"})
        return listed

    def refuse(self, sentence: str) -> None:
        """Show a sentence as an error of the whole form."""
        self.form_errors.append(sentence)


class OnceForm(LmsForm):
    """A form that creates a record. Its hidden number becomes the record's key: a double tap makes one record."""

    once = HiddenField(default=lambda: str(uuid4()))

    def key(self) -> UUID:
        """The number of the record to make; a new one when what came back is not a number."""
        try:
            return UUID(self.once.data or "")
        except ValueError:
            return uuid4()


class _Catalogue:
    def gettext(self, string: str) -> str:
        return _(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return _(singular if n == 1 else plural)


def _first(errors: Any) -> Any:
    return _first(errors[0]) if isinstance(errors, list | tuple) else errors
