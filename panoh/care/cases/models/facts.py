"""What stays when the file is gone: how many cases and referrals, by few codes at a time, so that no row is a child."""

from django.db import models

from panoh.ground.common.cells import Cell, cell_key


class CaseCell(Cell):
    """Cases as they open and as they end: ``event`` is opened, closed, reopened. Codes are those of that moment."""

    pk = cell_key("event", "kind", "risk", "region", "age_band", "sex")
    event = models.CharField(max_length=10)
    kind = models.CharField(max_length=40)
    risk = models.CharField(max_length=8)
    region = models.CharField(max_length=8)
    age_band = models.CharField(max_length=10)
    sex = models.CharField(max_length=12)


class ClosingCell(Cell):
    """How cases end, and after how long: ``lasted`` is a band of months. The sum is that of event closed."""

    pk = cell_key("kind", "risk", "status", "reason", "lasted")
    kind = models.CharField(max_length=40)
    risk = models.CharField(max_length=8)
    status = models.CharField(max_length=12)  # closed, duplicate, transferred
    reason = models.CharField(max_length=30)
    lasted = models.CharField(max_length=8)


class ReferralCell(Cell):
    """Referrals that ended, by what was asked for and how soon anybody answered (a band of days)."""

    pk = cell_key("service", "urgency", "status", "answered")
    service = models.CharField(max_length=40)
    urgency = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=20)
    answered = models.CharField(max_length=8)
