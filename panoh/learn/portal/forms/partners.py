"""Forms of the partner register. A public text is asked for in Uzbek, and in Russian and English where there is one."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panoh.ground.accounts.public import staff_with_role
from panoh.ground.organisations.public import organisations_for

from ..models import Partner, PartnerKind, Pledge, PledgeState
from ..policy import REGISTER_READERS
from ..queries.partners import OVERDUE
from .distribution import day_field

WRITTEN = {"uz": "Oʻzbekcha", "ru": "Русский", "en": "English"}
LONGEST = 300


def web_field(label: Any, **more: Any) -> forms.URLField:
    """An address of the web; of no other kind, because everybody will be able to press it."""
    field = forms.URLField(label=label, required=False, assume_scheme="https", **more)
    field.validators = [*field.validators, URLValidator(schemes=["http", "https"])]
    return field


class PartnerForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("Only if it is not in the directory. The name of an organisation, not of a person."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=PartnerKind.choices)
    website = web_field(_("Website"), max_length=200)

    def __init__(self, *args: Any, partner: Partner | None = None, **kwargs: Any) -> None:
        if partner is not None:
            kwargs["initial"] = {
                "organisation": partner.organisation.code if partner.organisation else "",
                "name": partner.name, "kind": partner.kind, "website": partner.website,
                "responsible": partner.responsible.code if partner.responsible else "",
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        language = get_language() or settings.LANGUAGE_CODE
        self.known = {one.code: one for one in organisations_for()}
        if partner is not None and partner.organisation is not None:
            self.known[partner.organisation.code] = partner.organisation
        self.staff = {one.code: one for one in staff_with_role(*REGISTER_READERS)}
        listed = sorted(((code, one.name_in(language)) for code, one in self.known.items()), key=lambda row: row[1])
        self.fields["organisation"] = forms.ChoiceField(
            label=_("From the directory"), choices=[("", _("Not in the directory")), *listed], required=False
        )
        self.fields["responsible"] = forms.ChoiceField(
            label=_("Who of us hears before a promise is due"),
            choices=[
                ("", _("Everybody who keeps the register")),
                *((code, who.name) for code, who in self.staff.items()),
            ],
            required=False,
        )
        self.order_fields(["organisation", "name", "kind", "website", "responsible"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("organisation")) == bool(data.get("name", "").strip()):
            self.add_error("name", _("Choose one from the directory, or write a name: one of the two."))
        return data

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "organisation": self.known.get(data["organisation"]), "name": data["name"], "kind": data["kind"],
            "website": data["website"], "responsible": self.staff.get(data["responsible"]),
        }  # fmt: skip


class TextsForm(forms.Form):
    """A form with public texts in our written languages, which the services take as one value for all languages."""

    TEXTS: ClassVar[Mapping[str, Any]] = {}
    NEEDED: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, pledge: Pledge | None = None, **kwargs: Any) -> None:
        if pledge is not None:
            kwargs["initial"] = self.initial_of(pledge)
        super().__init__(*args, **kwargs)
        for text, label in self.TEXTS.items():
            for code, language_name in WRITTEN.items():
                self.fields[f"{text}_{code}"] = forms.CharField(
                    label=f"{label} · {language_name}",
                    max_length=LONGEST,
                    required=text in self.NEEDED and code == "uz",
                    widget=forms.Textarea(attrs={"rows": 2}),
                )

    def initial_of(self, pledge: Pledge) -> dict[str, Any]:
        return {f"{text}_{code}": getattr(pledge, text).get(code, "") for text in self.TEXTS for code in WRITTEN}

    def texts(self) -> dict[str, dict[str, str]]:
        data = self.cleaned_data
        return {
            text: {code: data[f"{text}_{code}"] for code in WRITTEN if data[f"{text}_{code}"]} for text in self.TEXTS
        }


class PledgeForm(TextsForm):
    TEXTS: ClassVar[Mapping[str, Any]] = {"what": _("What they promise"), "measure": _("How we will know")}
    NEEDED = ("what", "measure")

    due_on = day_field(_("By when"))

    def initial_of(self, pledge: Pledge) -> dict[str, Any]:
        return {**super().initial_of(pledge), "due_on": pledge.due_on.isoformat()}

    def facts(self) -> dict[str, Any]:
        return {**self.texts(), "due_on": self.cleaned_data["due_on"]}


class ReportForm(TextsForm):
    TEXTS: ClassVar[Mapping[str, Any]] = {"reason": _("Why"), "result": _("What was done")}

    state = forms.ChoiceField(label=_("State"), choices=PledgeState.choices, widget=forms.RadioSelect)
    evidence_url = web_field(_("Where it can be seen"), max_length=300, help_text=_("A link that anybody can open."))

    def initial_of(self, pledge: Pledge) -> dict[str, Any]:
        return {**super().initial_of(pledge), "state": pledge.state, "evidence_url": pledge.evidence_url}

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {**self.texts(), "state": data["state"], "evidence_url": data["evidence_url"]}


class ShowPartnersForm(forms.Form):
    """Which partners to list. Codes only: they stand in the address."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Any")), *PartnerKind.choices], required=False)
    state = forms.ChoiceField(
        label=_("With a promise"),
        choices=[("", _("Any")), (OVERDUE, _("Overdue")), *PledgeState.choices],
        required=False,
    )
    published = forms.ChoiceField(
        label=_("On the public page"),
        choices=[("", _("Any")), ("yes", _("Published")), ("no", _("Not published"))],
        required=False,
    )

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked rightly; a wrong word in an address asks nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
