"""Counting what a school chose to send: totals, once."""

import uuid

from django.db import transaction
from django.utils import timezone

from panoh.ground.audit import public as audit

from ..errors import PortalRefusedError
from ..models import SchoolReview

MOST_A_DAY = 500


@transaction.atomic
def count_review(
    key: uuid.UUID, *, edition: int, region: str, district: str, kind: str, scores: dict[str, int]
) -> SchoolReview:
    """Add the totals of a school. The same ``key`` again counts nothing; a flood is turned away until tomorrow."""
    if found := SchoolReview.objects.filter(key=key).first():
        return found
    today = timezone.localdate()
    if SchoolReview.objects.filter(sent_on=today).count() >= MOST_A_DAY:
        raise PortalRefusedError("full")
    facts = {"year": today.year, "edition": edition, "region": region, "district": district, "kind": kind}
    review, is_new = SchoolReview.objects.get_or_create(key=key, defaults={**facts, "scores": scores, "sent_on": today})
    if is_new:
        audit.record("school_review.counted", thing=region, year=today.year)
    return review
