"""What is typed about files: codes made in a browser, a reason at the desk, how a report is exported."""

from django import forms
from django.utils.translation import gettext_lazy as _

SHAPES = (
    ("json", _("Everything, as data (JSON with a published schema)")),
    ("pdf", _("On paper (PDF)")),
    ("cybertipline", _("In the form of the CyberTipline (XML)")),
    ("themes", _("For our own analysts: what was written, without numbers, links, accounts and places")),
    ("iwf", _("In the form of the Internet Watch Foundation (JSON)")),
)


class CodesForm(forms.Form):
    """The codes of one picture as the page's script wrote them."""

    sha256 = forms.CharField(max_length=64)
    pdq = forms.CharField(required=False, max_length=64)
    quality = forms.IntegerField(required=False, min_value=0, max_value=100)

    def clean_quality(self) -> int:
        return int(self.cleaned_data["quality"] or 0)


class PlaceForm(forms.Form):
    """The file or picture that is taken back."""

    remove = forms.IntegerField(min_value=1, max_value=10_000)


class OpenFileForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do you need to see it?"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("It is kept in the ledger, locked, with your name."),
    )


class ExportForm(forms.Form):
    shape = forms.ChoiceField(label=_("Form"), choices=SHAPES, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Who gets it, and why?"), max_length=500, widget=forms.Textarea({"rows": 2}))
    with_contact = forms.BooleanField(
        label=_("With the way to reach the person"),
        required=False,
        help_text=_("Only when the reader must reach them and they know it."),
    )
    recipients = forms.CharField(
        label=_("age public keys of the reader, one a line"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2, "spellcheck": "false"}),
        help_text=_("Without a key a passphrase is made and shown once. Tell it by telephone."),
    )

    def clean_recipients(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["recipients"].splitlines() if line.strip()]
