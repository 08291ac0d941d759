"""Forms of albums at the desk: an album, a photo's words and who can be seen on it, a consent."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panoh.ground.places.public import regions

from ..album_rules import COVERS, NEEDED, PAPER
from ..models import Album, GivenBy, Photo
from ..queries.albums import standing_consents

NAMES = {"uz": _("in Uzbek (Latin)"), "ru": _("in Russian"), "en": _("in English")}
COVER_NAMES = {"website": _("the website"), "print": _("printed materials"), "social": _("our channels")}


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


class TextsForm(forms.Form):
    """Fields ``titles_uz``, ``titles_ru`` … become one dictionary each."""

    TEXTS: dict[str, tuple[Any, int, bool]] = {}  # noqa: RUF012 (name: label, longest, needed)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = {
            f"{name}_{language}": forms.CharField(
                label=f"{label} {NAMES[language]}", max_length=longest, required=is_needed,
                widget=forms.Textarea(attrs={"rows": 2}) if longest > 120 else forms.TextInput(),
            )
            for name, (label, longest, is_needed) in self.TEXTS.items() for language in NEEDED
        }  # fmt: skip
        self.fields = {**texts, **self.fields}
        region = forms.ChoiceField(label=_("Region"), required=False)
        region.choices = [("", "—"), *regions(get_language() or "uz")]
        self.fields["region"] = region

    def facts(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        for name in self.TEXTS:
            told[name] = {language: told.pop(f"{name}_{language}").strip() for language in NEEDED}
        return told


def texts_of(thing: Album | Photo, *names: str) -> dict[str, str]:
    """What a form of texts begins with."""
    return {f"{name}_{code}": text for name in names for code, text in getattr(thing, name).items()}


class AlbumForm(TextsForm):
    TEXTS = {"titles": (_("Title"), 90, True), "leads": (_("One sentence about it"), 200, False)}  # noqa: RUF012 (never changed)
    held_on = _day(_("Day"))


class ConsentField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.paper)


class PhotoForm(TextsForm):
    TEXTS = {  # noqa: RUF012 (never changed)
        "alts": (_("What can be seen"), 200, False),
        "captions": (_("Caption"), 200, False),
    }
    credit = forms.CharField(label=_("Who took it"), max_length=80, required=False)
    taken_on = _day(_("Day"), required=False)
    shows_people = forms.BooleanField(label=_("People can be seen"), required=False)
    shows_children = forms.BooleanField(label=_("Children can be seen"), required=False)
    faces_blurred = forms.BooleanField(label=_("Faces are blurred"), required=False)

    def __init__(self, *args: Any, album: Album, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = standing_consents(album)
        self.fields["consent"] = ConsentField(held, label=_("Consent"), required=False, empty_label="—")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("shows_children"):
            told["shows_people"] = True
        return told


class PhotoFileForm(forms.Form):
    """Only the file: what is refused takes no typed words with it."""

    file = forms.FileField(
        label=_("Photo"), help_text=_("JPEG, PNG or WebP, at most 12 MB. Place and camera are taken off it."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip


class ConsentForm(forms.Form):
    given_by = forms.ChoiceField(label=_("Who said yes"), choices=GivenBy.choices)
    covers = forms.MultipleChoiceField(
        label=_("What it covers"), choices=[(code, COVER_NAMES[code]) for code in COVERS],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    paper = forms.CharField(
        label=_("Number of the paper in its folder"), max_length=20,
        help_text=_("Capital letters, digits, / and -. Never a name."),
    )  # fmt: skip
    given_on = _day(_("Given on"))
    withdraw_by = _day(_("Holds until"))

    def clean_paper(self) -> str:
        paper: str = self.cleaned_data["paper"].strip().upper()
        if not PAPER.fullmatch(paper):
            raise forms.ValidationError(_("Give the number of the paper: capital letters, digits, / and -."))
        return paper

    def clean_given_on(self) -> date:
        day: date = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("given_on") and told.get("withdraw_by") and told["withdraw_by"] < told["given_on"]:
            self.add_error("withdraw_by", _("It ends after it began."))
        return told
