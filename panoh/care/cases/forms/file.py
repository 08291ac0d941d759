"""Everything that is typed on the page of a case. Each form knows its case and its reader, for what it may offer."""

import uuid
from datetime import datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from panoh.ground.accounts.public import User
from panoh.ground.organisations.public import organisations_for

from .. import documents, queries, rules
from ..models import Case, Field
from ..scoring import Tool
from .labels import LABELS, choices, label, region_choices


def area(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CaseForm(forms.Form):
    """``name`` is how its page finds it again when something in it was wrong."""

    name = ""

    def __init__(self, *args: Any, case: Case | None = None, user: User | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{self.name}-%s")
        super().__init__(*args, **kwargs)
        self.case, self.user = case, user
        self.prepare()

    def prepare(self) -> None:
        """Fill in what may be chosen."""

    def offer(self, field: str, offered: list[tuple[str, str]]) -> None:
        self.fields[field].choices = offered  # type: ignore[attr-defined]  # a ChoiceField; the stubs say Field


ERASE_REASONS = (
    ("asked", _("The person asked for it")),
    ("court", _("A court ordered it")),
    ("mistake", _("It should never have been written")),
)


class ReasonForm(CaseForm):
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=area())


class PurposeForm(ReasonForm):
    name = "purpose"
    purpose = forms.ChoiceField(label=_("Why do you open this case?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("In your own words"), max_length=2000, widget=area(), help_text=_("It stays on record with your name.")
    )

    def prepare(self) -> None:
        self.offer("purpose", choices("purpose", without=("own",)))


# --- what it is counted by, and who it is about ----------------------------------------------------------------------


class CodesForm(CaseForm):
    name = "codes"
    kind = forms.ChoiceField(label=_("What happened"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    age_band = forms.ChoiceField(label=_("Age of the child"), required=False)
    sex = forms.ChoiceField(label=_("Sex of the child"), required=False)

    def prepare(self) -> None:
        self.offer("kind", self._kinds())
        self.offer("region", region_choices())
        for name in ("age_band", "sex"):
            self.offer(name, choices(name, blank="–"))

    def _kinds(self) -> list[tuple[str, str]]:
        """The list of harms, and a report's own kind where the case began with one."""
        known = choices("harm", blank="–")
        now = self.case.kind if self.case else ""
        return known if not now or now in dict(known) else [*known, (now, label(now, "harm"))]


class DetailsMixin(forms.Form):
    """One field for each detail that is kept about a person; numbers of papers are not among them."""

    def add_details(self, fields: list[str]) -> None:
        self.detail_codes = fields
        for code in fields:
            field = forms.CharField(label=LABELS["field"][code], required=False, max_length=500)
            if code == Field.BIRTH_DATE:
                field.help_text = _now("For example 2011-05-03, or only the year.")
            self.fields[code] = field

    def take_details(self) -> dict[str, str]:
        return {code: self.cleaned_data.pop(code) for code in self.detail_codes if code in self.cleaned_data}


class OpenForm(DetailsMixin, CodesForm):
    name = "open"
    urgency = forms.TypedChoiceField(label=_("Urgency"), coerce=int, widget=forms.RadioSelect, initial=3)
    language = forms.ChoiceField(label=_("Language of the child"))
    signed = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ("urgency", "language", "kind", "region", "age_band", "sex")

    def prepare(self) -> None:
        super().prepare()
        self.offer("urgency", choices("urgency"))
        self.offer("language", list(settings.LANGUAGES))
        self.add_details([Field.FULL_NAME, Field.BIRTH_DATE, Field.PHONE, Field.SCHOOL, Field.ADDRESS])

    def clean(self) -> dict[str, Any]:
        details = self.take_details()
        return {**self.cleaned_data, "details": details}


class PersonForm(DetailsMixin, CaseForm):
    name = "person"
    role = forms.ChoiceField(label=_("Who it is"))
    alias = forms.CharField(
        label=_("What we call them"), max_length=80, required=False, help_text=_("For example: aunt, neighbour.")
    )

    def prepare(self) -> None:
        self.offer("role", choices("role"))
        self.add_details(list(Field.values))

    def clean(self) -> dict[str, Any]:
        details = self.take_details()
        return {**self.cleaned_data, "details": details}


class DetailForm(CaseForm):
    name = "detail"
    field = forms.ChoiceField(label=_("What"))
    value = forms.CharField(
        label=_("Now"), required=False, max_length=500, help_text=_("Left empty, the detail is taken away.")
    )

    def prepare(self) -> None:
        self.offer("field", choices("field"))


class UrgencyForm(ReasonForm):
    name = "urgency"
    urgency = forms.TypedChoiceField(label=_("Urgency"), coerce=int)
    field_order = ("urgency", "reason")

    def prepare(self) -> None:
        self.offer("urgency", choices("urgency"))


# --- consent ---------------------------------------------------------------------------------------------------------


class WhatForm(CaseForm):
    """For what, to whom, without what, on which ground."""

    scopes = forms.MultipleChoiceField(label=_("What for"), widget=forms.CheckboxSelectMultiple)
    recipients = forms.MultipleChoiceField(label=_("Who may be told"), widget=forms.CheckboxSelectMultiple)
    withheld = forms.MultipleChoiceField(
        label=_("What is kept back"), required=False, widget=forms.CheckboxSelectMultiple
    )
    legal_basis = forms.ChoiceField(label=_("It rests on"))

    def prepare(self) -> None:
        self.offer("scopes", choices("scope"))
        self.offer("recipients", [*choices("recipient"), *_agencies()])
        self.offer("withheld", choices("field"))
        self.offer("legal_basis", choices("basis"))


class ConsentForm(WhatForm):
    name = "consent"
    answer = forms.ChoiceField(label=_("They said"), widget=forms.RadioSelect)
    given_by = forms.ChoiceField(label=_("Who said it"), widget=forms.RadioSelect)
    field_order = ("answer", "given_by")

    def prepare(self) -> None:
        super().prepare()
        self.offer("answer", choices("answer", without=("overridden",)))
        self.offer("given_by", choices("given_by", without=("nobody",)))


class OverrideForm(WhatForm):
    name = "override"
    reason = forms.CharField(label=_("Why it cannot wait for a yes"), max_length=4000, widget=area(3))

    def prepare(self) -> None:
        super().prepare()
        self.offer("scopes", choices("scope", without=("statistics", "recording", "contact_back")))
        self.offer("legal_basis", choices("basis", without=("consent",)))


def _agencies() -> list[tuple[str, str]]:
    language = rules.reader()
    return [(one.code, rules.said(one.names, language) or one.code) for one in organisations_for()]


# --- assessment, plan, follow-up -------------------------------------------------------------------------------------


class AssessmentForm(CaseForm):
    """The questions of one version of the tool."""

    name = "assessment"
    words = forms.CharField(label=_("What the supervisor should know"), required=False, max_length=4000, widget=area(3))

    def __init__(self, *args: Any, tool: Tool, **kwargs: Any) -> None:
        self.tool = tool
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        language = rules.reader()
        for code, item in self.tool.items.items():
            offered = [(one.code, rules.said(one.names, language)) for one in item.options.values()]
            self.fields[code] = forms.ChoiceField(
                label=rules.said(item.names, language), required=False, choices=offered, widget=forms.RadioSelect
            )
        self.order_fields([*self.tool.items, "words"])

    def clean(self) -> dict[str, Any]:
        answers = {code: self.cleaned_data.get(code, "") for code in self.tool.items}
        return {"answers": answers, "words": self.cleaned_data.get("words", "")}


class GoalForm(CaseForm):
    name = "goal"
    goal = forms.CharField(label=_("What shall be different for the child"), max_length=4000, widget=area(2))


class ActionForm(CaseForm):
    name = "action"
    title = forms.CharField(label=_("What is done"), max_length=1000, widget=area(2))
    who = forms.ChoiceField(label=_("By whom"))
    due_on = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))

    def prepare(self) -> None:
        case = self.case
        owner = [case.owner] if case and case.owner else []
        people = [*owner, *(queries.colleagues(case) if case else [])]
        self.people = {f"user:{one.code}": one for one in people}
        self.agencies = {f"org:{code}": name for code, name in _agencies()}
        offered = [(key, one.name) for key, one in self.people.items()] + list(self.agencies.items())
        self.offer("who", offered)

    def clean(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        who = told.pop("who", "")
        organisation = who.removeprefix("org:") if who in self.agencies else ""
        return {**told, "owner": self.people.get(who), "organisation": organisation}


class FollowUpForm(CaseForm):
    name = "follow_up"
    what = forms.CharField(label=_("What to look at"), max_length=1000, widget=area(2))
    due_at = forms.DateTimeField(label=_("When"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


class SubmitForm(CaseForm):
    name = "submit"
    words = forms.CharField(label=_("What the supervisor should know"), required=False, max_length=4000, widget=area(2))


class ClosingForm(SubmitForm):
    name = "closing"
    reason = forms.ChoiceField(label=_("How it ends"))
    field_order = ("reason", "words")

    def prepare(self) -> None:
        self.offer("reason", choices("closing", without=("duplicate",)))


class DecideForm(CaseForm):
    name = "decide"
    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[("approved", _("Approve")), ("returned", _("Return"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=4000, widget=area(2), help_text=_("Needed when you return it.")
    )

    def clean(self) -> dict[str, Any]:
        return {"approve": self.cleaned_data.get("decision") == "approved", "note": self.cleaned_data.get("note", "")}


# --- notes, documents ------------------------------------------------------------------------------------------------


class NoteForm(CaseForm):
    name = "note"
    body = forms.CharField(label=_("Note"), max_length=20_000, widget=area(4))
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid.uuid4()})
        super().__init__(*args, **kwargs)


class ChangeNoteForm(CaseForm):
    name = "change_note"
    body = forms.CharField(label=_("Note"), max_length=20_000, widget=area(4))


class DocumentForm(CaseForm):
    name = "document"
    title = forms.CharField(label=_("What it is"), max_length=200)
    file = forms.FileField(
        label=_("File"), help_text=_("PDF, PNG, JPEG or plain text, at most 2 MB. Never a picture that hurts a child.")
    )

    def clean(self) -> dict[str, Any]:
        file = self.cleaned_data.get("file")
        content = file.read(documents.MOST_BYTES + 1) if file else b""
        return {"title": self.cleaned_data.get("title", ""), "content": content}


# --- who leads it, who may read it -----------------------------------------------------------------------------------


class PersonChoiceForm(CaseForm):
    """``to``: somebody who can lead a case."""

    to = forms.ChoiceField(label=_("To whom"))

    def prepare(self) -> None:
        self.people = {one.code: one for one in self.candidates()}
        self.offer("to", [(code, one.name) for code, one in self.people.items()])

    def candidates(self) -> list[User]:
        return list(queries.people_who_lead())

    def clean_to(self) -> User:
        return self.people[self.cleaned_data["to"]]


class AssignForm(PersonChoiceForm):
    name = "assign"


class TransferForm(PersonChoiceForm):
    name = "transfer"
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=area())


class AccessForm(PersonChoiceForm):
    name = "access"
    reason = forms.CharField(label=_("Why they need to know"), max_length=2000, widget=area())
    until = forms.DateField(label=_("Until the end of"), widget=forms.DateInput(attrs={"type": "date"}))

    def candidates(self) -> list[User]:
        return queries.colleagues(self.case) if self.case else []

    def clean_until(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"], time(23, 59)))


class ReopenForm(ReasonForm):
    name = "reopen"


class HoldForm(ReasonForm):
    name = "hold"


class EraseForm(CaseForm):
    """Why is a code: the reason outlives every word of the case."""

    name = "erase"
    reason = forms.ChoiceField(label=_("Why"), choices=ERASE_REASONS, widget=forms.RadioSelect)


class DuplicateForm(CaseForm):
    name = "duplicate"
    of = forms.CharField(
        label=_("The case that goes on"), max_length=16, help_text=_("Its number, for example C-2M4P8QRT.")
    )

    def clean_of(self) -> Case:
        """Only a case this person may see; a hidden one and a missing one look the same."""
        found = queries.cases_for(self.user, [self.cleaned_data["of"].strip().upper()]) if self.user else []
        if not found:
            raise forms.ValidationError(_now("There is no such case."))
        return found[0]


# --- who is behind an alias, and what the child hears ----------------------------------------------------------------


class ConversationForm(CaseForm):
    """``of``: a talk or a report tied to the case."""

    of = forms.ChoiceField(label=_("Which talk or report"))

    def prepare(self) -> None:
        links = self.case.links.filter(conversation__isnull=False) if self.case else []
        self.offer("of", [(one.reference, f"{label(one.kind, 'kind')} {one.reference}") for one in links])


class RevealForm(ConversationForm):
    name = "reveal"
    reason = forms.CharField(label=_("Why you must know who it is"), max_length=2000, widget=area(3))


class GlassForm(ConversationForm):
    name = "glass"
    reason = forms.CharField(label=_("Why it cannot wait for a custodian"), max_length=2000, widget=area(3))


class TellForm(ConversationForm):
    name = "tell"
    words = forms.CharField(
        label=_("In words the child understands"),
        max_length=2000,
        widget=area(4),
        help_text=_("Short sentences. What we did, what happens next, and who knows of it. No names, no numbers."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid.uuid4()})
        super().__init__(*args, **kwargs)


class RevealDecideForm(CaseForm):
    name = "decide"
    decision = forms.ChoiceField(
        label=_("Your decision"), choices=[("grant", _("Grant")), ("refuse", _("Refuse"))], widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=area(2))

    def clean(self) -> dict[str, Any]:
        return {"grant": self.cleaned_data.get("decision") == "grant", "note": self.cleaned_data.get("note", "")}


class ReviewForm(CaseForm):
    name = "review"
    verdict = forms.ChoiceField(label=_("Your judgement"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("Why"), max_length=2000, widget=area(2))

    def prepare(self) -> None:
        self.offer("verdict", choices("verdict"))

    def clean(self) -> dict[str, Any]:
        return {"justified": self.cleaned_data.get("verdict") == "justified", "note": self.cleaned_data.get("note", "")}


class FindForm(CaseForm):
    name = "find"
    text = forms.CharField(
        label=_("Find a child"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-key": "/"}),
        help_text=_(
            "Name in any script or spelling, birth date or year, telephone, alias, or a number such as C-2M4P8QRT."
        ),
    )
