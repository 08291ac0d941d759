"""Forms of the editors' home."""

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.ground.languages import public as languages

from ..models import EditableKind, Readers

STATES = {
    "missing": _("missing"),
    "machine": _("made by rules"),
    "draft": _("draft"),
    "stale": _("older than the Uzbek"),
    "published": _("published, not reviewed"),
    "reviewed": _("reviewed"),
}


class FilterForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=EditableKind.choices, required=False)
    audience = forms.ChoiceField(label=_("For whom"), choices=[("", _("Everybody")), *Readers.choices], required=False)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("Any")), *STATES.items()], required=False)


class TranslateForm(forms.Form):
    kind = forms.ChoiceField(choices=EditableKind.choices)
    code = forms.SlugField(max_length=60)
    language = forms.ChoiceField()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as it came
        derived = set(languages.variants_on())
        written = [(code, code) for code in languages.LANGUAGES if code not in derived]
        self.fields["language"].choices = written  # type: ignore[attr-defined]  # the stubs say Field


class OverrideForm(forms.Form):
    variant = forms.ChoiceField(label=_("Script"))
    source = forms.CharField(label=_("The string as it is written"), max_length=2000, strip=True)
    words = forms.CharField(
        label=_("The words in its place"),
        max_length=2000,
        required=False,
        help_text=_("Empty: the rules decide again."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as it came
        shown = [(code, languages.lang_tag(code)) for code in languages.variants_on()]
        self.fields["variant"].choices = shown  # type: ignore[attr-defined]  # the stubs say Field
