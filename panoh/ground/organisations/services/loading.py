"""Taking over ``centre/organisations.toml``: the country's organisations, all of them unchecked."""

from typing import Any

from django.conf import settings
from django.db import transaction

from panoh.ground.audit import public as audit
from panoh.ground.common.centre import centre_file
from panoh.ground.places.public import region_name, regions

from .. import queries
from ..errors import OrganisationRefusedError
from ..models import Kind, Organisation, Route, Service

WRITTEN = ("uz", "ru", "en", "kaa")
FIELDS = {"names", "about", "kind", "route", "region", "regions", "languages", "age_from", "age_to", "accepts", "hours"}
LINE_FIELDS = {"code", "region", "languages", "hours", "age_from", "age_to", "accepts"}


@transaction.atomic
def load_organisations() -> int:
    """Add what the file names and the centre does not have yet; how many were added.

    The file may hold no date of a check: every organisation starts as one that nobody checked. An entry with
    ``each_region = true`` stands for one in every region, ``{region}`` in its texts for that region's name.
    """
    rows = [one for row in centre_file("organisations.toml")["organisation"] for one in _each(dict(row))]
    return sum(_load(row) for row in rows)


def _each(row: dict[str, Any]) -> list[dict[str, Any]]:
    if not row.pop("each_region", False):
        return [row]
    return [_in_region(row, code) for code, _name in regions("en")]


def _in_region(row: dict[str, Any], region: str) -> dict[str, Any]:
    def said(texts: dict[str, str]) -> dict[str, str]:
        return {language: text.format(region=region_name(region, language)) for language, text in texts.items()}

    texts: dict[str, Any] = {field: said(row[field]) for field in ("names", "about") if field in row}
    return {**row, **texts, "code": f"{row['code']}-{region[-2:].lower()}", "region": region}


def _load(row: dict[str, Any]) -> bool:
    code, lines = row.pop("code"), row.pop("service", [])
    if faults := faults_of(row, lines):
        raise OrganisationRefusedError(f"centre/organisations.toml, {code}: {'; '.join(faults)}.")
    organisation, is_new = Organisation.objects.get_or_create(code=code, defaults=row)
    if is_new:
        Service.objects.bulk_create(Service(organisation=organisation, **line) for line in lines)
        audit.record("organisation.loaded", thing=code, services=len(lines))
    return is_new


def faults_of(row: dict[str, Any], lines: list[dict[str, Any]]) -> list[str]:
    """What is wrong with an entry, in words for whoever wrote the file."""
    known_regions, known_services = {code for code, _name in regions("en")}, set(queries.service_names())
    every = [row, *lines]
    unknown = (row.keys() - FIELDS) | {key for line in lines for key in line.keys() - LINE_FIELDS}
    services = {*row.get("accepts", []), *(line.get("code", "") for line in lines)}
    placed = {code for one in every for code in (one.get("region", ""), *one.get("regions", [])) if code}
    spoken = {code for one in every for code in one.get("languages", [])}
    checks = {
        "unknown words": unknown,
        "no such service": services - known_services,
        "no such region": placed - known_regions,
        "no such language": spoken - set(dict(settings.LANGUAGES)),
        "no such kind": {row.get("kind", "")} - set(Kind.values),
        "no such route": {row.get("route", Route.LINK.value)} - set(Route.values),
        "no name in": {language for language in WRITTEN if not row.get("names", {}).get(language)},
    }
    return [f"{fault} {', '.join(sorted(found))}" for fault, found in checks.items() if found]
