"""What stays when the words are gone: how many reports, by few codes at a time, so that no row is a person."""

from django.db import models

from panoh.ground.common.cells import Cell, cell_key


class ReportCell(Cell):
    """Who reported what."""

    pk = cell_key("kind", "about", "channel", "region", "age_band", "sex")
    kind = models.CharField(max_length=30)
    about = models.CharField(max_length=10)
    channel = models.CharField(max_length=10)
    region = models.CharField(max_length=8)
    age_band = models.CharField(max_length=10)
    sex = models.CharField(max_length=12)


class WorkCell(Cell):
    """What became of it, and how soon: ``assessed`` and ``closed`` are bands of ``counting`` since it was sent."""

    pk = cell_key("kind", "outcome", "urgency", "language", "assessed", "closed")
    kind = models.CharField(max_length=30)
    outcome = models.CharField(max_length=16)
    urgency = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8)
    assessed = models.CharField(max_length=8)
    closed = models.CharField(max_length=8)


class PlatformCell(Cell):
    """Where it happened."""

    pk = cell_key("kind", "platform")
    kind = models.CharField(max_length=30)
    platform = models.CharField(max_length=20)


class DraftCell(Cell):
    """Forms that were begun and never sent, by the last question that was answered: where people give up."""

    pk = cell_key("last_question", "kind", "channel", "language")
    last_question = models.CharField(max_length=30)
    kind = models.CharField(max_length=30)
    channel = models.CharField(max_length=10)
    language = models.CharField(max_length=8)


class ReportDemandCell(Cell):
    """When reports are sent, by the centre's clock: no kind stands beside the hour."""

    pk = cell_key("weekday", "hour", "channel")
    weekday = models.PositiveSmallIntegerField()  # 1 is Monday
    hour = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=10)


FACTS: tuple[type[Cell], ...] = (ReportCell, WorkCell, PlatformCell)
