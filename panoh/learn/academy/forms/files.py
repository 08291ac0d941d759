"""A table of questions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.learn.portal import public as portal

from .. import question_rows, workbooks

MOST_BYTES = 5_000_000
MOST_ROWS = 1000


class QuestionsForm(forms.Form):
    """``head`` and ``rows`` hold what was read of the file."""

    file = forms.FileField(
        label=_("A list as a CSV or Excel file"), help_text=_("At most 1000 rows."), allow_empty_file=False
    )
    head: list[str]
    rows: list[tuple[int, list[str]]]

    def clean_file(self) -> object:
        data = self.cleaned_data["file"].read(MOST_BYTES + 1)
        try:
            if len(data) > MOST_BYTES:
                raise ValueError("too big")
            self.head, self.rows = _read(data)
            if not {"module", "code", "kind"} <= set(self.head) or len(self.rows) > MOST_ROWS:
                raise ValueError("no table of questions")
        except ValueError:
            raise forms.ValidationError(
                _("This is no table of questions: it has the columns module, code and kind. Fetch the file first.")
            ) from None
        return self.cleaned_data["file"]


def _read(data: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    if workbooks.is_workbook(data):
        return workbooks.read(data, columns=question_rows.MOST_COLUMNS)
    table = portal.table_of(portal.decoded(data), columns=question_rows.MOST_COLUMNS)
    return table.head, table.rows
