"""How often a piece was begun and finished, by day and language: no reader, no moment, no order."""

from django.db import models

from panoh.ground.common.cells import Cell, cell_key


class PlayCell(Cell):
    """``what`` is ``begun``, ``finished`` or the form of a file that was taken."""

    pk = cell_key("piece", "language", "day", "what")
    piece = models.CharField(max_length=80)
    language = models.CharField(max_length=8)
    day = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=8)
