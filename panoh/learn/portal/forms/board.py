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
    "later": _("waits for its day"),
    "published": _("published, not reviewed"),
    "reviewed": _("reviewed"),
    "over": _("over"),
}


# What a kind is for, said where somebody chooses what to write.
KINDS = {
    EditableKind.GUIDANCE: _("What to do, for one kind of reader. It stays for years and is read again."),
    EditableKind.QUESTION: _("One question that people ask, answered in a few sentences."),
    EditableKind.TERM: _("One word that is hard, in plain words."),
    EditableKind.PAGE: _("Who we are, how we work, how to reach us."),
    EditableKind.NEWS: _("What happened or will happen, with its day."),
    EditableKind.ALERT: _("A danger that is going round now. It goes away by itself on its last day."),
    EditableKind.CAMPAIGN: _("A week or a day on which many do something together."),
    EditableKind.OPPORTUNITY: _("Something good to do on the internet, for children."),
    EditableKind.RESOURCE: _("A lesson, a game or a talk that somebody can hold, with its steps."),
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
