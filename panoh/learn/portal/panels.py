"""Panels of a writing's facts. The form leaves out those of other kinds, and a panel without a field is not shown."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from wagtail.admin.compare import TextFieldComparison
from wagtail.admin.panels import FieldPanel

from .models import Writing
from .models.facts import FACT_NAMES, FACT_OF


@dataclass(frozen=True)
class Fact:
    """What a comparison of two versions asks of a field."""

    name: str
    verbose_name: str

    def value_from_object(self, writing: Writing) -> str:
        held = writing.facts.get(FACT_OF.get(self.name, self.name), "")
        return "\n".join(held) if isinstance(held, list) else str(held)


class FactPanel(FieldPanel):
    class BoundPanel(FieldPanel.BoundPanel):
        def get_comparison(self) -> list[Any]:
            name = self.panel.field_name
            return [partial(TextFieldComparison, Fact(name, str(FACT_NAMES[name])))]


IN_WORDS = ("correction", "steps", "materials", "session", "checklist")
WORD_PANELS = [FactPanel(name) for name in IN_WORDS]
FACT_PANELS = [FactPanel(name) for name in FACT_NAMES if name not in IN_WORDS]
