"""The base of every form: messages through our catalogue, a once-only number, and errors of the whole form."""

from typing import Any
from uuid import UUID, uuid4

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField

from lms.core.web.texts import _


class LmsForm(FlaskForm):
    """A form without a token field: `lms.core.web.csrf` checks every post of ours, with or without a form object."""

    class Meta(FlaskForm.Meta):
        csrf = False
        locales = ()

        def get_translations(self, form: Any) -> Any:
            """Built-in messages of WTForms go through our catalogue as well."""
            return _Catalogue()

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Take in what was sent. A blank where one chooses is no choice, so that no check is skipped for it."""
        super().process(*args, **kwargs)
        for field in self:
            if isinstance(field, SelectField) and field.raw_data:
                field.raw_data = [value for value in field.raw_data if not _is_blank(value)]
                if isinstance(field.data, list):
                    field.data = [value for value in field.data if not _is_blank(value)]
                elif _is_blank(field.data):
                    field.data = ""

    def errors_for_summary(self) -> list[dict[str, str]]:
        """Every error with a link to its field, in the order of the page; errors of the whole form first."""
        listed = [{"text": str(text)} for text in self.form_errors]
        named = ({"text": str(_first(field.errors)), "href": f"#{field.id}"} for field in self if field.errors)
        return [*listed, *named]

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


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()


def _first(errors: Any) -> Any:
    return _first(errors[0]) if isinstance(errors, list | tuple) else errors
