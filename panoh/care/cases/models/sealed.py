"""What every row with sealed words has: a key known before it is written, and the place its words are bound to."""

import uuid

from django.db import models


class SealedRow(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    def where(self, field: str) -> str:
        """What the words in ``field`` are bound to: this table, this row, this column."""
        return f"cases.{self._meta.model_name}:{self.pk}:{field}"
