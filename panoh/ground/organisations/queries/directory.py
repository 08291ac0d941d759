"""Who helps with what, where and whom; what of it people may see; and the gate to one organisation."""

from datetime import date
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify

from panoh.ground.accounts.public import User
from panoh.ground.common.centre import centre_file
from panoh.ground.common.codes import new_code
from panoh.ground.languages.public import fold
from panoh.ground.places.public import region_name

from .. import ageing, fitting, policy
from ..models import Organisation, Service, in_language

MOST_DIGITS = 8  # more would look like a telephone number to the ledger
BEST_FIRST = ("trusted", "due", "never", "stale")


class ShownService(NamedTuple):
    """A service as the public reads it. ``is_example``: nobody checked it, the demo centre alone shows it."""

    organisation: str
    kind: str
    about: str
    code: str
    service: str
    hours: str
    region: str
    is_example: bool
    last_checked_on: date | None


# --- what kinds of service there are -------------------------------------------------------------------------------


@cache
def service_names() -> dict[str, dict[str, str]]:
    """Names by language, by code, in the order of ``centre/services.toml``."""
    return {row["code"]: row["names"] for row in centre_file("services.toml")["service"]}


def service_name(code: str, language: str) -> str:
    """The code itself where the centre no longer knows it: an old referral still reads."""
    return in_language(service_names().get(code, {}), language) or code


def service_choices(language: str) -> list[tuple[str, str]]:
    return [(code, in_language(names, language)) for code, names in service_names().items()]


# --- finding somebody ----------------------------------------------------------------------------------------------


def organisations_for(
    service: str = "", region: str = "", language: str = "", age: int | None = None, kind: str = ""
) -> list[Organisation]:
    """Active organisations that may be asked, those checked last first; the stale ones are here too, and say so."""
    rows = _directory().filter(is_active=True, **({"kind": kind} if kind else {}))
    found = [row for row in rows if offers(row, service, region=region, language=language, age=age)]
    return sorted(found, key=lambda row: (BEST_FIRST.index(row.freshness), region not in row.terms.regions, row.code))


def offers(
    organisation: Organisation, service: str, *, region: str = "", language: str = "", age: int | None = None
) -> bool:
    """A service with lines of its own is judged by them; one that is only named in ``accepts``, by the whole."""
    lines = [line for line in organisation.services.all() if line.code == service]
    if lines:
        open_now = [line.terms for line in lines if line.accepts]
    else:
        open_now = [organisation.terms] if not service or service in organisation.accepts else []
    return any(fitting.fits(terms, region=region, language=language, age=age) for terms in open_now)


def services_shown(language: str, region: str = "", age: int | None = None) -> list[ShownService]:
    """What the public may see: checked and never stale; the demo centre adds what nobody checked, marked as examples.

    Nobody is left out for their language: they are told which service there is.
    """
    today = timezone.localdate()
    rows = Service.objects.select_related("organisation").filter(organisation__is_active=True)
    fitting_rows = [row for row in rows if fitting.fits(row.terms, region=region, age=age)]
    return [_shown(row, language) for row in fitting_rows if _may_be_shown(row, today)]


def _may_be_shown(service: Service, today: date) -> bool:
    if any(ageing.is_overdue(checked, today) for checked in service.checks):
        return False
    return None not in service.checks or not settings.PRODUCTION


def _shown(service: Service, language: str) -> ShownService:
    own, whole = service.checks
    return ShownService(
        organisation=service.organisation.name_in(language),
        kind=service.organisation.kind,
        about=in_language(service.organisation.about, language),
        code=service.code,
        service=service_name(service.code, language),
        hours=in_language(service.hours or service.organisation.hours, language),
        region=service.region or service.organisation.region,
        is_example=own is None or whole is None,
        last_checked_on=min(own, whole) if own and whole else None,
    )


# --- the desk ------------------------------------------------------------------------------------------------------


def organisation_for(user: User, code: str) -> Organisation:
    """The one gate to an organisation: a hidden one and a missing one look the same."""
    return get_object_or_404(policy.visible_organisations(user), code=code)


def directory(
    user: User, *, text: str = "", kind: str = "", region: str = "", service: str = "", state: str = ""
) -> list[Organisation]:
    """The directory as this person may read it; ``text`` is found in any language and script of the names."""
    rows = _directory(policy.visible_organisations(user))
    wanted = fold(text).split()
    return [
        row
        for row in rows
        if (not kind or row.kind == kind)
        and (not region or fitting.fits(row.terms, region=region))
        and (not service or service in codes_of(row))
        and (not state or _is_in_state(row, state))
        and all(part in fold(" ".join([row.code, *row.names.values()])) for part in wanted)
    ]


def codes_of(organisation: Organisation) -> list[str]:
    """Everything it does, by code: its lines, then what is only named."""
    lines = [line.code for line in organisation.services.all()]
    return list(dict.fromkeys([*lines, *organisation.accepts]))


class ServiceLine(NamedTuple):
    """A service as the desk reads it."""

    service: Service
    label: str


def service_lines(organisation: Organisation, language: str) -> list[ServiceLine]:
    """The services of an organisation with their names, and the region where one is named."""
    rows = organisation.services.select_related("organisation", "verified_by")
    return [ServiceLine(row, _label(row, language)) for row in rows]


def _label(service: Service, language: str) -> str:
    where = region_name(service.region, language)
    return " · ".join(filter(None, [service_name(service.code, language), where]))


def service_for(organisation: Organisation, pk: int) -> Service:
    return get_object_or_404(Service.objects.select_related("organisation"), organisation=organisation, pk=pk)


def free_code(name: str) -> str:
    """A code for a new organisation, from its name where that gives one: it stands in addresses and in the ledger."""
    code = slugify(name)[:32].strip("-")
    digits = sum(letter.isdigit() for letter in code)
    if not code or code == "add" or digits > MOST_DIGITS or Organisation.objects.filter(code=code).exists():
        return f"{code[:24]}-{new_code(6).lower()}".lstrip("-") if digits <= 2 else new_code().lower()
    return code


def _is_in_state(organisation: Organisation, state: str) -> bool:
    return not organisation.is_active if state == "off" else organisation.freshness == state


def _directory(rows: QuerySet[Organisation] | None = None) -> QuerySet[Organisation]:
    """With the lines of each, two queries for all; each line knows its organisation already."""
    lines = Prefetch("services", queryset=Service.objects.order_by("code", "region"))
    found = Organisation.objects.all() if rows is None else rows
    return found.prefetch_related(lines)


def due_organisations() -> list[Organisation]:
    """Active ones that need a check: never checked ones first, then the longest unchecked."""
    rows = [row for row in Organisation.objects.filter(is_active=True) if row.freshness != "trusted"]
    return sorted(rows, key=lambda row: (row.verified_on is not None, row.verified_on or timezone.localdate()))
