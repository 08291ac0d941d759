"""What a facilitator fills in."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panoh.ground.places import public as places
from panoh.learn.portal import public as portal

from .. import rosters, workbooks
from ..queries import courses as queries

MOST_BYTES = 1_000_000


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def course_choices() -> list[tuple[str, str]]:
    return [(card.code, str(card.words["title"])) for card in queries.shelf(_language())]


def region_choices() -> list[tuple[str, str]]:
    return [("", str(_("All regions"))), *places.regions(_language())]


def district_groups() -> list[tuple[str, object]]:
    """Districts under the name of their region."""
    groups = [(name, places.district_choices(code, _language())) for code, name in places.regions(_language())]
    return [("", str(_("All districts"))), *((name, rows) for name, rows in groups if rows)]


class CohortForm(forms.Form):
    name = forms.CharField(label=_("Name of the group"), max_length=120, help_text=_("For example: School 12, autumn"))
    course = forms.ChoiceField(label=_("Course"), choices=course_choices)
    region = forms.ChoiceField(label=_("Region"), choices=region_choices, required=False)
    district = forms.ChoiceField(label=_("District or city"), choices=district_groups, required=False)
    ends_on = forms.DateField(label=_("Last day"), required=False, widget=forms.DateInput({"type": "date"}))


class PendingForm(forms.Form):
    region = forms.ChoiceField(label=_("Region"), choices=region_choices, required=False)
    district = forms.ChoiceField(label=_("District or city"), choices=district_groups, required=False)


class RosterForm(forms.Form):
    """A list as a file or typed in; ``rows`` holds what was read of it."""

    file = forms.FileField(
        label=_("A list as a CSV or Excel file"),
        required=False,
        help_text=_("Columns: name, e-mail, and if you like region and district. At most 2000 rows."),
    )
    text = forms.CharField(
        label=_("Or e-mail addresses, one on a line"), required=False, widget=forms.Textarea({"rows": 5})
    )
    language = forms.ChoiceField(label=_("Language of the letters"), choices=lambda: list(settings.LANGUAGES))
    rows: list[rosters.Row]

    def clean(self) -> dict[str, object]:
        said = self.cleaned_data
        file, text = said.get("file"), said.get("text", "")
        if not file and not text.strip():
            self.add_error("file", _("Choose a file, or type addresses."))
        elif file:
            self._read_file(file.read(MOST_BYTES + 1))
        else:
            lines = [line.strip() for line in text.splitlines()]
            self.rows = [rosters.Row(at, "", line, "", "") for at, line in enumerate(lines, 1) if line]
        return said

    def _read_file(self, data: bytes) -> None:
        try:
            if len(data) > MOST_BYTES:
                raise ValueError("too big")
            head, rows = workbooks.read(data) if workbooks.is_workbook(data) else portal.table_of(portal.decoded(data))
            self.rows = list(rosters.read(head, rows))
        except rosters.NoAddressesError:
            self.add_error("file", _("No column is called “e-mail”. Name it so, and choose the file again."))
        except ValueError:
            self.add_error(
                "file", _("This is no table we can read. Save it as CSV (UTF-8) or as .xlsx, and choose it again.")
            )
