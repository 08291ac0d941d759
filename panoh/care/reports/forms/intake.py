"""What a counsellor chooses before writing down what somebody tells: how they came, and in which language we ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.care.talks import public as talks
from panoh.ground.languages.public import LANGUAGES

from .street import KeyForm

CHANNELS = (
    (talks.Channel.PHONE, _("By telephone")),
    (talks.Channel.WALK_IN, _("Somebody came")),
    (talks.Channel.LETTER, _("By letter")),
)


class IntakeForm(KeyForm):
    channel = forms.ChoiceField(label=_("How did they reach us?"), choices=CHANNELS)
    language = forms.ChoiceField(label=_("The language to ask in"), choices=[(code, code) for code in LANGUAGES])

    def __init__(self, *args: Any, names: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = names  # type: ignore[attr-defined]
        self.fields["key"].widget = forms.HiddenInput()
