"""What people type on the street pages, and each question as the page shows it: typed words are never lost."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language

from panoh.ground.languages.public import word

from ..asking import option_names
from ..questionnaire import CODED, Question, Questionnaire, Value, readable

MOST = 4000
MANY_OPTIONS = 13  # more than these are a list to choose from, not buttons


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def refusal_word(question: Question, refusal: str) -> str:
    """Why an answer was not kept, and what to do: one kind sentence."""
    if refusal == "too_long":
        return word("error.too_long", language(), limit=question.longest)
    if refusal == "too_many":
        return word("report.refused.too_many", language(), limit=question.most)
    if refusal == "phone":
        return word("report.refused.phone", language())
    return word("error.choose" if question.kind == CODED else "error.empty", language())


@dataclass(frozen=True)
class Shown:
    """A question on a page: its options by name, what was typed or chosen, and what is wrong with it."""

    question: Question
    typed: str = ""
    problem: str = ""
    names: list[tuple[str, str]] = field(default_factory=list)
    text: str = ""
    easy: str = ""

    @classmethod
    def of(cls, question: Question, value: Value | None = None, refusal: str = "") -> "Shown":
        typed = "\n".join(value) if isinstance(value, list) else str(value or "")
        problem = refusal_word(question, refusal) if refusal else ""
        text, easy = word(question.words, language()), word(f"{question.words}.easy", language())
        return cls(question, typed, problem, option_names(question, language()), text, easy)

    @property
    def way(self) -> str:
        """How it is answered: buttons, list, or the kind of typing."""
        if self.question.kind != CODED:
            return self.question.kind
        return "list" if len(self.question.options) > MANY_OPTIONS else "buttons"

    @property
    def choices(self) -> list[dict[str, Any]]:
        return [
            {"code": code, "name": name, "symbol": option.symbol if option else "", "is_chosen": code == self.typed}
            for code, name in self.names
            for option in [self.question.option(code)]
        ]


def shown_all(asked: Questionnaire, typed: Mapping[str, str], refused: Mapping[str, str]) -> list[Shown]:
    """Every question that can be answered on one page; files and fingerprints have pages of their own."""
    askable = [question for question in asked.questions if question.kind not in ("files", "hash")]
    return [Shown.of(one, typed.get(one.code, ""), refused.get(one.code, "")) for one in askable]


class KeyForm(forms.Form):
    """The key that makes a form sent twice one report; an odd one is replaced."""

    key = forms.UUIDField(required=False)

    def the_key(self) -> uuid.UUID:
        self.is_valid()
        key: uuid.UUID | None = self.cleaned_data.get("key")
        return key or uuid.uuid4()


class SayForm(KeyForm):
    text = forms.CharField(required=False, strip=False)

    def clean_text(self) -> str:
        text = readable(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError(word("error.empty", language()))
        if len(text) > MOST:
            raise forms.ValidationError(word("error.too_long", language(), limit=MOST))
        return text

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()

    def first_problem(self) -> str:
        return next((str(errors[0]) for name, errors in self.errors.items() if name == "text"), "")


class CodeForm(forms.Form):
    code = forms.CharField(required=False, max_length=400)
