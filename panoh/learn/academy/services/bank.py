"""The bank: an edition's questions become versions that are never changed; a question that leaked is drawn no more."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.languages import public as languages

from .. import bank, policy
from ..errors import TestRefusedError
from ..models import CourseEdition, EditionQuestion, Question, QuestionVersion, RetiredFor


@transaction.atomic
def import_bank(edition: CourseEdition) -> int:
    """The questions of a published edition as versions; how many of them are new. Twice is once.

    A question whose words, options or key changed gets a new version, whatever number its file says; who is in the
    middle of an attempt keeps the old one.
    """
    edition = CourseEdition.objects.select_for_update().get(pk=edition.pk)
    if edition.bank.exists():
        return 0
    rows = [(module.code, row) for module in edition.modules.order_by("position") for row in module.questions]
    known = {(one.module, one.code): one for one in Question.objects.filter(course_id=edition.course_id)}
    fresh = [
        Question(course_id=edition.course_id, module=module, code=row["code"])
        for module, row in rows
        if (module, row["code"]) not in known
    ]
    Question.objects.bulk_create(fresh)
    known |= {(one.module, one.code): one for one in fresh}
    versions, made = _versions(edition, rows, known)
    EditionQuestion.objects.bulk_create(EditionQuestion(edition=edition, version=version) for version in versions)
    audit.record("bank.imported", thing=f"edition-{edition.pk}", questions=len(versions), fresh=made)
    return made


def _versions(
    edition: CourseEdition, rows: list[tuple[str, dict[str, Any]]], known: Mapping[tuple[str, str], Question]
) -> tuple[list[QuestionVersion], int]:
    held: dict[tuple[int, str], QuestionVersion] = {}
    last: dict[int, int] = {}
    for one in QuestionVersion.objects.filter(question__course_id=edition.course_id):
        held[one.question_id, one.digest] = one
        last[one.question_id] = max(one.number, last.get(one.question_id, 0))
    turned, now = _scripts(edition, [row for _module, row in rows]), timezone.now()
    asked: list[QuestionVersion] = []
    fresh: list[QuestionVersion] = []
    for (module, row), body in zip(rows, turned, strict=True):
        question, digest = known[module, row["code"]], bank.digest(row)
        version = held.get((question.pk, digest))
        if version is None:
            version = QuestionVersion(
                question=question, number=last.get(question.pk, 0) + 1, digest=digest, kind=row["kind"],
                use=row.get("use", "test"), topic=row["topic"], body=body, made_at=now,
            )  # fmt: skip
            fresh.append(version)
        asked.append(version)
    QuestionVersion.objects.bulk_create(fresh)
    return asked, len(fresh)


def _scripts(edition: CourseEdition, rows: list[dict[str, Any]]) -> list[Any]:
    """The rows with every script that is made from a written one."""
    made: list[Any] = rows
    for language in edition.written:
        for variant in languages.variants_on(language):
            turned = languages.derive_many(set(_texts(rows, language)), language, variant)
            words = {text: one.text for text, one in turned.items()}
            made = [bank.with_script(row, language, variant, words.__getitem__) for row in made]
    return made


def _texts(rows: list[dict[str, Any]], language: str) -> Iterator[str]:
    for row in rows:
        yield from bank.texts(row, language)


@transaction.atomic
def retire_question(question: Question, *, reason: str, by: User) -> Question:
    """From now on it is drawn for nobody. Whoever has not come to it yet gets another in its place (``show_place``);
    who has seen it keeps it, and past results stay as they are."""
    held = Question.objects.select_for_update().get(pk=question.pk)
    if not policy.can_keep_bank(by):
        raise TestRefusedError(_("You may not change the bank."))
    if reason not in RetiredFor.values:
        raise TestRefusedError(_("Choose why the question is retired."))
    if held.retired_at is None:
        held.retired_at, held.retired_for, held.retired_by = timezone.now(), reason, by.code
        held.save(update_fields=["retired_at", "retired_for", "retired_by"])
        audit.record("question.retired", thing=f"question-{held.pk}", actor=by.code, reason=reason)
    return held
