"""Prepared figures: what the minister's page reads. Each can be counted again from the rows, to the unit.

Three kinds of truth stand here, all derived and all rebuilt by ``manage.py training recount``:

- ``Counted``: which people were trained where, once each. A person in two regions stands once for each region and once
  for the country (region ""), so that the country is never the sum of its regions.
- ``Figure``: sums by month, region, sex and measure, kept by differences in the transaction that changed their rows.
- ``Stale``: whose part must be counted again; the worker empties it, and a page says how many wait.
"""

from typing import ClassVar

from django.db import models

from .people import Person
from .programmes import Measure, Programme


class Counted(models.Model):
    """``month`` of the first completion within the scope. ``region`` "" is the whole country."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    region = models.CharField(max_length=20, blank=True, default="")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    sex = models.CharField(max_length=10)
    generation = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "programme", "region"], name="training_counted_once"),
        ]


class Figure(models.Model):
    """One sum: ``n`` of a measure in a month, a region ("" for the whole country where it is not a sum of regions), a
    district ("" for the whole region), by sex and generation. Never negative at rest."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    measure = models.CharField(max_length=14, choices=Measure)
    month = models.DateField()
    region = models.CharField(max_length=20, blank=True, default="")
    district = models.CharField(max_length=40, blank=True, default="")
    sex = models.CharField(max_length=10, blank=True, default="")
    generation = models.PositiveSmallIntegerField(default=0)
    n = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme", "measure", "month", "region", "district", "sex", "generation"],
                name="training_one_figure",
            ),
        ]


class Stale(models.Model):
    """Something whose figures are older than its rows: a person, an event, a trainer or a report, by its number.

    One row for each change, never one that stands for several: a change that is not committed yet must leave a mark of
    its own, or it would be lost when the mark of the change before is taken away.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)  # person, event, trainer, report
    thing = models.CharField(max_length=36)
    since = models.DateTimeField(auto_now_add=True)
