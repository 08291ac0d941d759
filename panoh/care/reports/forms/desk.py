"""What is typed and chosen at the desk about reports."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.ground.accounts.public import User
from panoh.ground.organisations.public import Organisation

from ..desk_rules import contacts, named, scheme, templates
from ..questionnaire import readable
from ..services.ending import OUTCOMES
from ..services.judging import SHOWN
from .labels import choices, label, region_choices

MOST = 4000
SHORT = {"rows": 2}
ERASE_REASONS = (
    ("asked", _("The person asked for it")),
    ("court", _("A court ordered it")),
    ("mistake", _("It should never have been written")),
)


class FilterForm(forms.Form):
    """Codes only: they stand in the address of the list."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = str(_("all"))
        for name in ("kind", "status", "urgency"):
            _offer(self, name, choices(name, blank=every))
        _offer(self, "region", region_choices(every))


def _offer(form: forms.Form, name: str, offered: Any) -> None:
    form.fields[name].choices = offered  # type: ignore[attr-defined]  # a ChoiceField; the stubs say Field


class ViewForm(forms.Form):
    """A way to look at the list, to be found again."""

    name = forms.CharField(
        label=_("Name of this view"), max_length=40, help_text=_("Only you see it. No names of people.")
    )


class AssignForm(forms.Form):
    """To whom; the people are those who may be given reports."""

    to = forms.ChoiceField(label=_("Give to"), required=False)

    def __init__(self, *args: Any, people: list[User], blank: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.code: person for person in people}
        first = [("", blank)] if blank else []
        _offer(self, "to", [*first, *((code, person.name) for code, person in self.people.items())])

    def clean_to(self) -> User | None:
        return self.people.get(self.cleaned_data["to"])


class WordsForm(forms.Form):
    """Words on their way. ``key`` makes sure that the same words sent twice are kept once."""

    text = forms.CharField(
        label=_("Your words"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": MOST}),
        error_messages={"required": _("Write something first.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid.uuid4()})
        super().__init__(*args, **kwargs)

    def clean_text(self) -> str:
        text = readable(str(self.cleaned_data["text"]))
        if not text:
            raise forms.ValidationError(_("Write something first."))
        if len(text) > MOST:
            raise forms.ValidationError(
                _("This is longer than 4,000 characters. It is still here: send it in two parts.")
            )
        return text


class SayForm(WordsForm):
    """Words for the person who reported."""


class NoteForm(WordsForm):
    """Words among staff."""


class CloseForm(WordsForm):
    """What was done, for the person to read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("What was done")
        self.fields["text"].help_text = _("The person reads this on the return page, and in Telegram at a safe hour.")


class HoldForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class EraseForm(forms.Form):
    """Why is a code: the reason outlives every word of the report."""

    reason = forms.ChoiceField(label=_("Why"), choices=ERASE_REASONS, widget=forms.RadioSelect)


class PurposeForm(forms.Form):
    purpose = forms.CharField(
        label=_("Why do you open it?"),
        max_length=500,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("It stays on record. The person can see how many people opened their report."),
    )


class UrgencyForm(forms.Form):
    urgency = forms.TypedChoiceField(label=_("Urgency"), coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("Needed when you lower it. It stays on record."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "urgency", choices("urgency"))


class KindForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"))
    reason = forms.CharField(label=_("Why"), required=False, max_length=500, widget=forms.Textarea(attrs=SHORT))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "kind", choices("kind"))


class ShownForm(forms.Form):
    shown = forms.ChoiceField(label=_("The person reads"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "shown", [(code, label(code, "shown")) for code in SHOWN[:-1]])


class DecideForm(forms.Form):
    """How it came out. A repeated report names the other one."""

    outcome = forms.ChoiceField(label=_("How it came out"))
    original = forms.CharField(
        label=_("Number of the report it repeats"),
        required=False,
        max_length=16,
        help_text=_("Only for a repeated one."),
    )
    reason = forms.CharField(label=_("Why"), required=False, max_length=500, widget=forms.Textarea(attrs=SHORT))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "outcome", [(code.value, label(code.value, "status")) for code in OUTCOMES])

    def clean_original(self) -> str:
        return str(self.cleaned_data["original"]).strip().upper()


class ClassifyForm(forms.Form):
    """One label that decides, labels beside it, and the minutes it took outside Panoh."""

    label = forms.ChoiceField(label=_("What it is"), widget=forms.RadioSelect)
    also = forms.MultipleChoiceField(label=_("Also"), required=False, widget=forms.CheckboxSelectMultiple)
    minutes = forms.IntegerField(
        label=_("Minutes of looking"), min_value=0, max_value=240, help_text=_("Outside Panoh, on this address.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = scheme()
        deciding = rules.deciding.code
        self.fields["label"].label = named(rules.deciding.names)
        _offer(self, "label", [(one.code, named(one.names)) for one in rules.of_section(deciding)])
        _offer(self, "also", [(one.code, named(one.names)) for one in rules.labels if one.section != deciding])


class NoticeForm(forms.Form):
    """Whom, what and in which language."""

    address = forms.TypedChoiceField(label=_("Address"), required=False, coerce=int, empty_value=None)
    contact = forms.ChoiceField(label=_("To"))
    template = forms.ChoiceField(label=_("What"))
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, typed: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "address", [("", "–"), *((number, f"{number}. {text[:80]}") for number, text in typed.items())])
        _offer(self, "contact", [(one.code, one.name) for one in contacts().contacts])
        _offer(self, "template", [(one.code, one.name) for one in templates().values()])
        _offer(self, "language", [("en", "English"), ("ru", "Русский"), ("uz", "Oʻzbekcha")])


class NoticeTextForm(forms.Form):
    text = forms.CharField(label=_("Words"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 14}))


class HandOverForm(forms.Form):
    """To which agency, what of it, and why."""

    to = forms.ChoiceField(label=_("Agency"))
    fields_out = forms.MultipleChoiceField(
        label=_("What they read"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what they need. What is not ticked does not leave the centre."),
    )
    reason = forms.CharField(
        label=_("Why, and what they should do"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, *args: Any, agencies: list[tuple[Organisation, str]], fields: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {agency.code: agency for agency, _name in agencies}
        _offer(self, "to", [(one.code, f"{name} ({label(one.freshness, 'freshness')})") for one, name in agencies])
        _offer(self, "fields_out", fields)

    def clean_to(self) -> Organisation:
        return self.agencies[self.cleaned_data["to"]]


class LinkCaseForm(forms.Form):
    reference = forms.CharField(label=_("Number of the case"), max_length=16)

    def clean_reference(self) -> str:
        return str(self.cleaned_data["reference"]).strip().upper()
