"""What is typed about a referral: ours when we pass something on, theirs when an agency answers."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panoh.ground.organisations.public import Organisation, service_choices
from panoh.ground.places.public import regions

from .. import referral_labels
from ..referral_settings import codes, setting

MOST = 10_000


def reader() -> str:
    return get_language() or settings.LANGUAGE_CODE


def words(label: Any, *, required: bool = True, rows: int = 4, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=MOST,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def offer(form: forms.Form, field: str, choices: Any) -> None:
    """What can be chosen, in the language of whoever reads."""
    chooser = form.fields[field]
    assert isinstance(chooser, forms.ChoiceField)  # noqa: S101 (narrows the type)
    chooser.choices = choices


# --- theirs ----------------------------------------------------------------------------------------------------------


class PressForm(forms.Form):
    """A button that says all."""


class DeclineForm(forms.Form):
    code = forms.ChoiceField(label=_("Why"), widget=forms.RadioSelect)
    words = words(_("In your own words"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "code", referral_labels.choices("decline", codes("decline")))


class CompleteForm(forms.Form):
    code = forms.ChoiceField(label=_("What came of it"), widget=forms.RadioSelect)
    words = words(_("In your own words"), required=False, help_text=_("We read it. The child is told by one of us."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "code", referral_labels.choices("outcome", codes("outcome")))


class AskForm(forms.Form):
    """``key`` makes a question that was sent twice one question."""

    text = words(_("Your question"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid.uuid4()})
        super().__init__(*args, **kwargs)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code"),
        max_length=20,
        help_text=_("Digits only. It came by text message, or one of us reads it to you by telephone."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


# --- ours ------------------------------------------------------------------------------------------------------------


class FindForm(forms.Form):
    """Which agency: asked by address, because nothing in it is about a person."""

    service = forms.ChoiceField(label=_("Service"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anywhere = [("", _("Any"))]
        offer(self, "service", [*anywhere, *service_choices(reader())])
        offer(self, "region", [*anywhere, *regions(reader())])
        offer(self, "language", [*anywhere, *settings.LANGUAGES])


class ReferForm(forms.Form):
    """What they are asked, how urgent it is, and the facts that they will read."""

    service = forms.ChoiceField(label=_("Service that is asked for"), required=False)
    urgency = forms.TypedChoiceField(label=_("Urgency"), coerce=int, widget=forms.RadioSelect)
    reason = words(
        _("Why we refer, and what we ask them to do"),
        rows=5,
        help_text=_("They read this. Keep out whatever they do not need."),
    )
    fields_chosen = forms.MultipleChoiceField(
        label=_("Facts they will read"), required=False, widget=forms.CheckboxSelectMultiple
    )
    override_basis = forms.ChoiceField(label=_("There is no yes. It must go out because"), required=False)
    override_reason = words(
        _("Why it cannot wait for a yes"),
        required=False,
        help_text=_("Another person, a supervisor, decides. Both names and this reason stay on record."),
    )

    def __init__(
        self, *args: Any, to: list[Organisation], names: list[str], needs_override: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {code for one in to for code in one.accepts}
        services = [(code, name) for code, name in service_choices(reader()) if not offered or code in offered]
        offer(self, "service", [("", "–"), *services])
        offer(self, "urgency", referral_labels.choices("urgency", ["1", "2", "3", "4"]))
        offer(self, "fields_chosen", [(name, fact_name(name)) for name in names])
        bases = referral_labels.choices("basis", setting("override", "bases"))
        offer(self, "override_basis", [("", "–"), *bases])
        if not needs_override:
            del self.fields["override_basis"], self.fields["override_reason"]

    def said(self) -> dict[str, Any]:
        """As the service takes it."""
        said = dict(self.cleaned_data)
        said["fields"] = said.pop("fields_chosen")
        return said


class FactsForm(forms.Form):
    """Which facts stand in the next version of the packet."""

    fields_chosen = forms.MultipleChoiceField(
        label=_("Facts they will read"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, names: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "fields_chosen", [(name, fact_name(name)) for name in names])


def fact_name(name: str) -> str:
    """``child.full_name``: "The child: Name"."""
    section, _dot, field = name.partition(".")
    return f"{referral_labels.section_name(section)}: {referral_labels.field_name(field)}"


class ReplyForm(AskForm):
    text = words(_("Our answer"))


class RevokeForm(forms.Form):
    code = forms.ChoiceField(label=_("Why"))
    words = words(_("In your own words"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "code", referral_labels.choices("revoke", ["not_needed", "mistake", "other"]))


class RecordForm(forms.Form):
    """What somebody over there said by telephone."""

    verb = forms.ChoiceField(label=_("They said by telephone"))
    code = forms.ChoiceField(label=_("Why, or what came of it"), required=False)
    words = words(_("In their words"), required=False, rows=2)

    SAID = {  # noqa: RUF012 (never changed)
        "acknowledge": _("They have it"),
        "accept": _("They accept it"),
        "decline": _("They decline it"),
        "start": _("They have begun"),
        "complete": _("It is completed"),
    }

    def __init__(self, *args: Any, verbs: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "verb", [(verb, self.SAID[verb]) for verb in verbs if verb in self.SAID])
        named = [(of, referral_labels.choices(of, codes(of))) for of in ("decline", "outcome")]
        titles = {"decline": _("Declined because"), "outcome": _("Completed:")}
        offer(self, "code", [("", "–"), *((titles[of], rows) for of, rows in named)])
