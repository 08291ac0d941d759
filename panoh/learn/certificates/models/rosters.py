"""A list of people who get the same certificate, looked at before anything is issued.

Names of rows that are not issued are sealed under the list's own key, which goes after some weeks; of a row that was
issued the name stands in the certificate alone.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panoh.ground.common.codes import new_code

from .achievements import Achievement
from .certificates import Certificate


class Outcome(models.TextChoices):
    READY = "ready", _("Ready")
    LOOK = "look", _("Look at it")
    LEFT = "left", _("Left out")
    ISSUED = "issued", _("Issued")
    HELD = "held", _("Has it already")
    REFUSED = "refused", _("Not issued")


class Roster(models.Model):
    """``origin`` is the key under which another room asked, once; ``digest`` tells whether a list came already.

    ``data_key`` opens the names of rows that are not issued. ``notes`` are codes of what is odd about the file.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    achievement = models.ForeignKey(Achievement, models.PROTECT, related_name="rosters")
    digest = models.CharField(max_length=64)
    origin = models.CharField(max_length=80, blank=True, default="")
    language = models.CharField(max_length=8, default="uz")
    facts = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    data_key = models.UUIDField(null=True)
    made_by = models.CharField(max_length=12)
    made_at = models.DateTimeField(auto_now_add=True)
    issued_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=12, blank=True, default="")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["achievement", "digest"],
                condition=Q(undone_at=None),
                name="certificates_a_roster_is_issued_once",
            ),
            models.UniqueConstraint(fields=["origin"], condition=~Q(origin=""), name="certificates_a_room_asks_once"),
        ]


class RosterRow(models.Model):
    """``sealed`` is what stood in the file, or was corrected; ``certificate`` what it brought or may bring twice.

    ``other_line`` is the row that sounds like this one; ``is_confirmed`` says that somebody looked and let it stand.
    """

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=7, choices=Outcome)
    fault = models.CharField(max_length=20, blank=True, default="")
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="roster_rows")
    other_line = models.PositiveIntegerField(null=True)
    is_confirmed = models.BooleanField(default=False)
    sealed = models.BinaryField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["line"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["roster", "line"], name="certificates_a_line_is_one_row"),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.ISSUED) | Q(sealed=None), name="certificates_issued_rows_have_no_name"
            ),
        ]

    def where(self) -> str:
        """What the sealed words of this row are bound to."""
        return f"certificates.rosterrow:{self.roster_id}:{self.line}"
