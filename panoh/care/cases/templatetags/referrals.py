"""Names of the codes of a referral, and addresses of what an agency may do."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from panoh.ground.organisations.public import Organisation, service_name

from .. import referral_labels

register = template.Library()


@register.filter
def said(code: object, of: str) -> str:
    """``{{ referral.status|said:"status" }}``"""
    return referral_labels.label(of, code) if code not in {None, ""} else ""


@register.filter
def in_my_language(organisation: Organisation) -> str:
    return organisation.name_in(get_language() or "uz")


@register.filter
def service(code: str) -> str:
    return service_name(code, get_language() or "uz") if code else ""


@register.filter
def at(mapping: dict[str, Any], key: str) -> Any:
    return mapping.get(key)


@register.simple_tag
def answer_url(door: str, verb: str, reference: str) -> str:
    """Where an answer goes: the link page knows its one referral, the partner desk names it."""
    return reverse(f"{door}:{verb}", args=[] if door == "packet" else [reference])
