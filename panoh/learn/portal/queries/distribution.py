"""What the distribution log says: entries, totals by place and form, and the districts that nothing reached."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, QuerySet, Sum
from django.shortcuts import get_object_or_404

from panoh.ground.accounts.public import User
from panoh.ground.places import public as places

from .. import policy
from ..models import Audience, Format, Handout, Upload

Asked = dict[str, Any]


class Total(NamedTuple):
    """``copies`` in ``entries`` handings-out, by codes."""

    region: str
    format: str
    audience: str
    copies: int
    entries: int


class Line(NamedTuple):
    """One region (or audience) against the formats, in their order; the last of ``copies`` is the sum."""

    name: str
    copies: list[int]


class Reach(NamedTuple):
    """How much of a region something reached, and the districts that got nothing."""

    region: str
    name: str
    reached: int
    of: int
    missing: list[tuple[str, str]]


def handouts(user: User, asked: Asked) -> QuerySet[Handout]:
    """The log, newest first. ``asked`` may hold since, until, region, district, format, audience and language."""
    rows = policy.visible_handouts(user).select_related("entered_by", "upload")
    exact = {name: asked[name] for name in ("region", "district", "format", "audience", "language") if asked.get(name)}
    rows = rows.filter(**exact)
    if asked.get("since"):
        rows = rows.filter(given_on__gte=asked["since"])
    return rows.filter(given_on__lte=asked["until"]) if asked.get("until") else rows


def handout_for(user: User, code: str) -> Handout:
    return get_object_or_404(policy.visible_handouts(user), code=code)


def uploads(user: User) -> QuerySet[Upload]:
    return policy.visible_uploads(user).select_related("uploaded_by", "undone_by")


def upload_for(user: User, code: str) -> Upload:
    return get_object_or_404(uploads(user), code=code)


def totals(rows: QuerySet[Handout]) -> list[Total]:
    """Copies by region × format × audience: no line for what was never handed out."""
    by = ("region", "format", "audience")
    found = rows.order_by(*by).values_list(*by).annotate(Sum("copies"), Count("pk"))
    return [Total(*row) for row in found]


def crossed(found: Iterable[Total], by: str, names: Iterable[tuple[str, str]]) -> list[Line]:
    """The totals as a table: a line for each of ``names`` that has anything, a column for each format."""
    sums: Counter[tuple[str, str]] = Counter()
    for one in found:
        sums[getattr(one, by), one.format] += one.copies
    lines = [Line(name, [sums[code, format] for format in Format.values]) for code, name in names]
    return [Line(line.name, [*line.copies, sum(line.copies)]) for line in lines if any(line.copies)]


def in_words(total: Total, language: str) -> tuple[str, str, str, int, int]:
    return (
        places.region_name(total.region, language), str(Format(total.format).label),
        str(Audience(total.audience).label), total.copies, total.entries,
    )  # fmt: skip


def not_reached(rows: QuerySet[Handout], language: str, region: str = "") -> list[Reach]:
    """Of every region, the districts that none of ``rows`` names.

    What was logged for a region as a whole reaches no district: nobody knows which one.
    """
    reached = set(rows.exclude(district="").values_list("district", flat=True).distinct().order_by())
    found = []
    for code, name in places.regions(language):
        if region in ("", code):
            here = places.district_choices(code, language)
            missing = [one for one in here if one[0] not in reached]
            found.append(Reach(code, name, len(here) - len(missing), len(here), missing))
    return found


def same_as(facts: Asked) -> Handout | None:
    """An entry that says the very same, if the log has one."""
    return Handout.objects.filter(**facts).first()


def known_facts(earliest: date, latest: date) -> set[tuple[Any, ...]]:
    """What the log says already about these days, to compare the rows of a file with."""
    rows = Handout.objects.filter(given_on__gte=earliest, given_on__lte=latest)
    return set(rows.values_list(*Handout.FACTS))


def handout_cells(one: Handout, language: str) -> list[object]:
    """An entry as a row of a table."""
    return [
        one.given_on.isoformat(), one.resource, str(one.get_format_display()), str(one.get_audience_display()),
        dict(settings.LANGUAGES).get(one.language, one.language), one.copies, places.region_name(one.region, language),
        places.district_name(one.district, language), one.organisation,
    ]  # fmt: skip
