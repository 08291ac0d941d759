"""Whether a page helped, as counts: no words, nobody, no moment within a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from panoh.ground.common.cells import Cell, cell_key


class Answer(models.TextChoices):
    YES = "yes", _("Helped")
    PARTLY = "partly", _("Partly")
    NO = "no", _("Did not help")


class Reason(models.TextChoices):
    UNCLEAR = "unclear", _("Not clear")
    AGE = "age", _("Not for my age")
    MISSING = "missing", _("Did not find what they looked for")
    WRONG = "wrong", _("Something is wrong")


class AnswerCell(Cell):
    """Readers of a page in one language, by what they answered on one day of the month."""

    pk = cell_key("page", "language", "day", "answer")
    page = models.CharField(max_length=80)
    language = models.CharField(max_length=8)
    day = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=8, choices=Answer)


class ReasonCell(Cell):
    """What was amiss, counted apart: nothing joins a reason with an answer."""

    pk = cell_key("page", "language", "day", "reason")
    page = models.CharField(max_length=80)
    language = models.CharField(max_length=8)
    day = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=8, choices=Reason)
