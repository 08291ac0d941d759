"""What is typed while talking: words, whispers, judgements, hand-overs, questions for a file."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.ground.accounts.public import User

from ..models import Counsellor
from .labels import choices
from .street import cleaned

MOST = 4000
LONG = _("This is longer than 4,000 characters. It is still here: please send it in two parts.")


class WordsForm(forms.Form):
    """Words on their way. ``key`` makes sure that the same words sent twice are kept once."""

    text = forms.CharField(strip=False, widget=forms.Textarea, error_messages={"required": _("Write something first.")})
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid.uuid4()})
        super().__init__(*args, **kwargs)

    def clean_text(self) -> str:
        text = cleaned(str(self.cleaned_data["text"]))
        if not text:
            raise forms.ValidationError(_("Write something first."))
        if len(text) > MOST:
            raise forms.ValidationError(LONG)
        return text


class SayForm(WordsForm):
    """Words for the person."""


class WhisperForm(WordsForm):
    """A note among staff."""


class UrgencyForm(forms.Form):
    urgency = forms.TypedChoiceField(label=_("Urgency"), coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when you lower it. It stays on record."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["urgency"].choices = choices("urgency")  # type: ignore[attr-defined]  # a ChoiceField; the stubs say Field


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class TransferForm(ReasonForm):
    """To a colleague who speaks the language, or back to the queue."""

    to = forms.ChoiceField(label=_("To whom"), required=False)

    field_order = ("to", "reason")

    def __init__(self, *args: Any, colleagues: list[Counsellor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.user.code: one.user for one in colleagues}
        named = [(code, f"{user.name} ({user.shown_name})") for code, user in self.people.items()]
        self.fields["to"].choices = [("", _("The queue, whoever is free")), *named]  # type: ignore[attr-defined]  # a ChoiceField; the stubs say Field
        self.fields["reason"].help_text = _("What the next one should know. Only staff read it.")

    def clean_to(self) -> User | None:
        return self.people.get(self.cleaned_data["to"])


class AskFileForm(forms.Form):
    shows = forms.ChoiceField(label=_("What did the person say it shows?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why do you need to see it?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shows"].choices = choices("shows")  # type: ignore[attr-defined]  # a ChoiceField; the stubs say Field


class AnswerForm(forms.Form):
    text = forms.CharField(label=_("What was done"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
