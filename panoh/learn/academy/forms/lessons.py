"""What an editor fills in: the head of a lesson, and a form for each step with the fields that its kind has."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from .. import drafting, lesson_media, questions
from ..lesson_files import FILED

KIND_NAMES = {
    "text": _("Text"),
    "activity": _("Activity for the class"),
    "discussion": _("Question to talk about"),
    "practice": _("Practice question"),
    "picture": _("Drawing or photo"),
    "video": _("Video"),
    "download": _("File to take along"),
}
BODY = _("Text")
BODY_HELP = _("Paragraphs, **bold**, lists with a hyphen, links as [words](door:talk) or [words](page:name).")


class AddLessonForm(forms.Form):
    code = forms.CharField(
        label=_("Name in the address"),
        help_text=_("Lower-case English letters, digits and hyphens, for example: two-locks"),
        max_length=60,
        validators=[RegexValidator(questions.CODE)],
    )


class ReturnForm(forms.Form):
    word = forms.CharField(
        label=_("What should be different"), max_length=600, widget=forms.Textarea({"rows": 3, "maxlength": 600})
    )


class LinesField(forms.CharField):
    """One thing a line; a list."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea({"rows": 3}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # a list is what it holds
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]


class HeadForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    summary = forms.CharField(
        label=_("Summary"), max_length=400, required=False, widget=forms.Textarea({"rows": 2, "maxlength": 400})
    )
    minutes = forms.IntegerField(label=_("Minutes it takes"), min_value=1, max_value=120, required=False)
    sources = LinesField(label=_("Sources, a line each"))
    confirm = LinesField(label=_("What an expert must confirm, a line each"))


class StepForm(forms.Form):
    """``step`` is that of the draft; fields that its kind does not have are not there."""

    def __init__(
        self, step: Mapping[str, Any], language: str, practice: Sequence[tuple[str, str]], data: Any = None
    ) -> None:
        words = step["words"][language]
        super().__init__(data, prefix=step["key"], initial={**words, **{one: step[one] for one in drafting.SHARED}})
        self.step, self.kind_name = step, KIND_NAMES[step["kind"]]
        for name, field in self._fields_of(str(step["kind"]), practice).items():
            self.fields[name] = field

    def _fields_of(self, kind: str, practice: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
        made: dict[str, forms.Field] = {}
        made["title"] = forms.CharField(label=_("Heading"), max_length=200, required=False)
        if kind in drafting.SPOKEN:
            choices = [(one, KIND_NAMES[one]) for one in drafting.SPOKEN]
            made["kind"] = forms.ChoiceField(label=_("What it is"), choices=choices)
        if kind == "practice":
            made["target"] = self._choice(_("Question"), practice, "target")
        if kind in FILED:
            made["target"] = self._file(_("File"), kind, "target")
        if kind == "picture":
            made["alt"] = forms.CharField(
                label=_("What the picture shows, for who cannot see it"), max_length=300, required=False
            )
        if kind == "video":
            made["captions"] = self._file(_("Captions in this language"), "captions", "captions")
            made["poster"] = self._file(_("Picture before it begins"), "poster", "poster")
        made["body"] = forms.CharField(
            label=BODY, help_text=BODY_HELP, required=False, max_length=12_000,
            widget=forms.Textarea({"rows": 3 if kind in FILED else 10}),
        )  # fmt: skip
        if kind == "video":
            made["transcript"] = forms.CharField(
                label=_("What is said in the video, as text"), required=False, max_length=30_000,
                widget=forms.Textarea({"rows": 6}),
            )  # fmt: skip
        return made

    def _file(self, label: Any, role: str, name: str) -> forms.ChoiceField:
        names = [(one, one) for one in lesson_media.offered(role, Path(settings.CONTENT_DIR))]
        return self._choice(label, names, name)

    def _choice(self, label: Any, choices: Sequence[tuple[str, str]], name: str) -> forms.ChoiceField:
        """What is chosen now stays choosable, also when its file is gone: the checks tell."""
        held = str(self.initial.get(name, ""))
        more = [(held, held)] if held and held not in dict(choices) else []
        return forms.ChoiceField(label=label, choices=[("", _("Nothing yet")), *choices, *more], required=False)

    @property
    def said(self) -> dict[str, str]:
        """What was typed, with the line breaks of a file and no heading inside a text."""
        return {name: _plain(value) for name, value in self.cleaned_data.items()}


def _plain(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


class AddStepForm(forms.Form):
    add = forms.ChoiceField(label=_("One more step"), choices=list(KIND_NAMES.items()))
