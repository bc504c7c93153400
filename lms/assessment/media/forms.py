"""Files in a form: sent beforehand by script, or with the form itself where there is none. The same checks for both."""

from io import BytesIO
from typing import Any, cast
from uuid import UUID, uuid4

from flask import request
from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovTextArea, GovTextInput
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, FileField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Optional

from lms.assessment.media import labels, queries, rules, services, taking
from lms.assessment.media.doors import note_for
from lms.assessment.media.halves import Lost, NoRoom, Taken
from lms.assessment.media.making.made import Busy
from lms.assessment.media.queries import UploadView
from lms.assessment.media.rules import MB, FileKind, InIt
from lms.core.web.fields import Radios, Tick
from lms.core.web.forms import OnceForm
from lms.core.web.state import close_unit, house, now, unit
from lms.core.web.texts import _, _l, say_refusal
from lms.core.words import N_, NotFound, Refused
from lms.people.guards import viewer

PLAIN_POST = 16 * MB
"""Bytes of a post with a file in it: `largest_post` of each view that takes a FilesForm. Sites let no more through."""

MOST_PLAIN = 15
"""Megabytes of a file that comes with the form itself; by script it may be as large as the authority says."""

_ADD, _USE, _DROP = "add_file", "use_file", "drop_file"
_BUTTONS = (_ADD, _USE, _DROP)


class FilesForm(OnceForm):
    """A form with which files can come. Say `files_about` right after making it; the partial shows everything.

    `upload_ids` are the files for `services.attach`. Validation takes a file that came with the form, and answers False
    while one of the partial's own buttons was pressed: nothing else is to be done then than to show the form again.
    """

    files = HiddenField()
    file = FileField(_l("Choose a file"), widget=GovFileInput())
    file_in_it = RadioField(
        _l("Is anybody else in it? Have they agreed?"),
        widget=Radios(),
        validators=[Optional()],
        description=_l("Seen, heard or written about. Somebody who cannot say yes or no has not agreed."),
    )
    file_allowed = BooleanField(
        _l("I have looked: it is none of what is never handed in, and it names nobody"), widget=Tick()
    )
    file_called = StringField(
        _l("What is it? (you can leave this out)"),
        description=_l("For example “Shopping list, week 2”. No names: initials or a code."),
        widget=GovTextInput(),
    )
    file_words = TextAreaField(
        _l("What can be seen or heard? (you can leave this out)"),
        description=_l(
            "For whoever cannot see or hear it: what is said, or what the picture shows. Subtitles with times (WebVTT) "
            "can be pasted here."
        ),
        widget=GovTextArea(),
    )

    handed: list[UploadView]
    waiting: list[UploadView]
    files_note = ""

    def files_about(self, authority_id: UUID) -> None:
        """Whose evidence this is; whoever shows or reads the form has asked whether its viewer may offer any."""
        self._authority_id = authority_id
        self.files_note = note_for(authority_id)
        self.limits = queries.limits_of(unit(), authority_id)
        self.file_in_it.choices = [
            SelectChoice(InIt.NOBODY.value, _("Nobody else is in it")),
            SelectChoice(InIt.AGREED.value, _("Somebody is in it, and they have agreed")),
            SelectChoice(InIt.NOT_AGREED.value, _("Somebody is in it, and they have not agreed")),
        ]
        self._sort(self._ids_sent())

    @property
    def upload_ids(self) -> list[UUID]:
        """The files that go with the form, in their order."""
        return [each.id for each in self.handed]

    @property
    def is_about_files(self) -> bool:
        """Whether one of the buttons of the files was pressed, and not the form's own."""
        return any(name in request.form for name in _BUTTONS)

    def validate(self, extra_validators: Any = None) -> bool:
        """As every form; and a file that came with it is taken, or refused beside its field."""
        if self.is_about_files:
            self._do_button()
            return False
        good = super().validate(extra_validators)
        self._keep_words()
        return self._take_plain() and good

    def _do_button(self) -> None:
        self._keep_words()
        if _ADD in request.form and self._take_plain(needed=True):
            return
        for name in (_USE, _DROP):
            if (chosen := _as_id(request.form.get(name))) is None:
                continue
            if name == _USE:
                self._use(chosen)
            else:
                self._drop(chosen)

    def _use(self, upload_id: UUID) -> None:
        """Take up what was sent before; what came whole and was not looked at, because a tab was closed, is now."""
        if any(each.id == upload_id and each.done and not each.looked for each in self.waiting):
            by, moment = viewer().person_id, now()
            close_unit()
            try:
                found = taking.look(house(), upload_id=upload_id, by=by, now=moment)
            except (NotFound, Refused, Busy, Taken, Lost):
                self.file.errors = [_(rules.GONE)]
                return
            if found.refused:
                self._refuse_file(Refused(found.refused, most=found.refused_most))
        self._sort([*self.upload_ids, upload_id])

    def _drop(self, upload_id: UUID) -> None:
        try:
            halves = taking.halves_of(house())
            services.cancel_upload(unit(), upload_id=upload_id, by=viewer().person_id, halves=halves, now=now())
        except NotFound:
            return
        unit().commit()
        self._sort([each for each in self.upload_ids if each != upload_id])

    def _take_plain(self, *, needed: bool = False) -> bool:
        """Take the file that came with the form; True when there was none or it was taken."""
        chosen = self.file.data
        if not isinstance(chosen, FileStorage) or not chosen.filename:
            if needed:
                self.file.errors = [_("Choose a file.")]
            return not needed
        data = chosen.stream.read(MOST_PLAIN * MB + 1)
        try:
            upload = self._taken(data, chosen.filename)
        except Refused as refusal:
            self._refuse_file(refusal)
            return False
        except (NoRoom, Busy, Taken):
            self.file.errors = [_("There is no room for this at the moment. Nothing is half kept. Try again later.")]
            return False
        self.file_in_it.data, self.file_allowed.data = None, False
        self.file_called.data = self.file_words.data = ""
        self._sort([*self.upload_ids, upload])
        return True

    def _taken(self, data: bytes, name: str) -> UUID:
        if len(data) > MOST_PLAIN * MB:
            raise Refused(_TOO_BIG_PLAIN, most=MOST_PLAIN)
        container = rules.container_of(data[: rules.ENOUGH])
        by, moment, upload_id = viewer().person_id, now(), uuid4()
        services.begin_upload(
            unit(),
            id=upload_id,
            person_id=by,
            authority_id=self._authority_id,
            length=len(data),
            kind=_likely(container),
            name=name,
            fingerprint="",
            in_it=next((each for each in InIt if each.value == self.file_in_it.data), None),
            allowed=bool(self.file_allowed.data),
            now=moment,
        )
        services.write_words(
            unit(),
            upload_id=upload_id,
            by=by,
            called=self.file_called.data or "",
            captions=self.file_words.data or "",
            now=moment,
        )
        taking.halves_of(house()).begin(upload_id, len(data))
        unit().commit()
        close_unit()  # whoever looks at it takes a while
        taking.receive(house(), upload_id=upload_id, by=by, offset=0, stream=BytesIO(data), checksum=None, now=moment)
        found = taking.look(house(), upload_id=upload_id, by=by, now=moment, guess=True)
        if found.refused:
            raise Refused(found.refused, most=found.refused_most)
        return upload_id

    def _refuse_file(self, refusal: Refused) -> None:
        sentence = say_refusal(refusal)
        if refusal.message in {rules.SAY_WHO, rules.NOT_AGREED}:
            self.file_in_it.errors = [sentence]
        elif refusal.message == rules.SAY_ALLOWED:
            self.file_allowed.errors = [sentence]
        else:
            self.file.errors = [sentence]

    def _keep_words(self) -> None:
        """What was written about files that were sent before; a commit of its own, before anything else is written."""
        written = False
        for each in self.handed:
            called = request.form.get(f"called-{each.id}", each.called)
            words = request.form.get(f"words-{each.id}", each.captions)
            if (called, words) != (each.called, each.captions):
                by = viewer().person_id
                services.write_words(unit(), upload_id=each.id, by=by, called=called, captions=words, now=now())
                written = True
        if written:
            unit().commit()
            self._sort(self.upload_ids)

    def _sort(self, wanted: list[UUID]) -> None:
        """What goes with the form, and what else of this person's waits to be used or to be sent to its end."""
        mine = queries.own_uploads(unit(), viewer().person_id, self._authority_id, now=now())
        ready = {each.id: each for each in mine if each.ready}
        self.handed = [ready[upload_id] for upload_id in dict.fromkeys(wanted) if upload_id in ready]
        with_it = set(self.upload_ids)
        self.waiting = [each for each in mine if each.id not in with_it]
        self.files.data = ",".join(str(each) for each in self.upload_ids)

    def _ids_sent(self) -> list[UUID]:
        said = (self.files.data or "").split(",")[: rules.MOST_FILES * 2]
        return [found for each in said if (found := _as_id(each)) is not None]

    @staticmethod
    def kind_name(upload: UploadView) -> str:
        """What kind of file it is, in the reader's language."""
        return _(labels.KINDS[upload.kind or upload.kind_said])


_TOO_BIG_PLAIN = N_(
    "The file is larger than %(most)s MB, the most that can be sent without scripts. Make it smaller, or use a browser "
    "with scripts switched on."
)


def _likely(container: rules.Container | None) -> FileKind | None:
    if container is None:
        return None
    return FileKind.VIDEO if FileKind.VIDEO in container.kinds else next(iter(container.kinds))


def _as_id(said: str | None) -> UUID | None:
    try:
        return UUID(cast(str, said))
    except (ValueError, TypeError, AttributeError):
        return None
