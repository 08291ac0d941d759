"""What stays when the words are gone: how many contacts, by few codes at a time, so that no row is a person.

A contact is counted once in each table. A table holds only the codes that are read together; codes that would single
somebody out together (region, age, sex beside platform, outcome, waiting) stand in different tables on purpose.
"""

from django.db import models

from panoh.ground.common.cells import Cell, cell_key


class PeopleCell(Cell):
    """Who came, and how."""

    pk = cell_key("channel", "contact_type", "subject", "age_band", "sex", "region")
    channel = models.CharField(max_length=10)
    contact_type = models.CharField(max_length=30)
    subject = models.CharField(max_length=10)
    age_band = models.CharField(max_length=10)
    sex = models.CharField(max_length=12)
    region = models.CharField(max_length=8)


class ServiceCell(Cell):
    """How they were served: ``ended`` is a close reason, ``waited`` and ``lasted`` are bands of ``counting``."""

    pk = cell_key("channel", "language", "urgency", "ended", "waited", "lasted")
    channel = models.CharField(max_length=10)
    language = models.CharField(max_length=8)
    urgency = models.PositiveSmallIntegerField()  # 0: nobody judged it
    ended = models.CharField(max_length=20)
    waited = models.CharField(max_length=8)
    lasted = models.CharField(max_length=8)


class ReasonCell(Cell):
    """What it was about; a contact with two reasons is in two cells, one without any under ``""``."""

    pk = cell_key("reason", "age_band", "sex", "region")
    reason = models.CharField(max_length=30)
    age_band = models.CharField(max_length=10)
    sex = models.CharField(max_length=12)
    region = models.CharField(max_length=8)


class HarmCell(Cell):
    """What happened online, and to whom; counted as reasons are."""

    pk = cell_key("harm", "age_band", "sex", "region")
    harm = models.CharField(max_length=30)
    age_band = models.CharField(max_length=10)
    sex = models.CharField(max_length=12)
    region = models.CharField(max_length=8)


class HarmPlaceCell(Cell):
    """What happened online, and where there."""

    pk = cell_key("harm", "place", "platform")
    harm = models.CharField(max_length=30)
    place = models.CharField(max_length=20)
    platform = models.CharField(max_length=20)


class ActionCell(Cell):
    """What we did, and what came of it."""

    pk = cell_key("action", "outcome", "contact_type")
    action = models.CharField(max_length=30)
    outcome = models.CharField(max_length=30)
    contact_type = models.CharField(max_length=30)


class DemandCell(Cell):
    """When people come, by the centre's clock, and whether somebody answered: no topic stands beside the hour."""

    pk = cell_key("weekday", "hour", "channel", "answered")
    weekday = models.PositiveSmallIntegerField()  # 1 is Monday
    hour = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=10)
    answered = models.CharField(max_length=3)  # yes, no


FACTS: tuple[type[Cell], ...] = (PeopleCell, ServiceCell, ReasonCell, HarmCell, HarmPlaceCell, ActionCell)
