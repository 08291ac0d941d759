"""Learning events of a course and a period as lines of xAPI."""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from panoh.ground.common.centre import centre
from panoh.learn.academy import public as academy

from .. import statements

LEAST = 5  # learners, where ``centre/centre.toml`` does not say


@dataclass(frozen=True)
class Asked:
    """A course and whole days, both inside."""

    course: academy.Course
    since: date
    until: date

    @property
    def span(self) -> tuple[datetime, datetime]:
        return _midnight(self.since), _midnight(self.until + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def least_people() -> int:
    """A list about fewer people than these does not leave the house; 0 lets every list go."""
    return int(centre("exchange", "least_people", default=LEAST))


def is_small(asked: Asked) -> bool:
    return academy.people_in(asked.course, *asked.span) < least_people()


def lines(asked: Asked) -> Iterator[str]:
    """One statement a line, read and written as it goes. Names are of this export alone."""
    export = statements.Export(settings.PUBLIC_URL, asked.course.code, secrets.token_bytes(32))
    for one in academy.events_of(asked.course, *asked.span):
        said = statements.statement(export, one.what, one.learner, one.place, one.at, one.percent)
        yield json.dumps(said, separators=(",", ":")) + "\n"
