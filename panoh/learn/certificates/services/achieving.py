"""What certificates are given for, who signs them on paper, and how they look."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.ui.typesetting import covered

from .. import designs, policy
from ..errors import CertificateRefusedError
from ..models import Achievement, CertificateDesign, Kind, Signatory
from ..names import NameFaultError, check_glyphs

WRITTEN = ("uz", "ru", "en", "kaa")
Words = Mapping[str, str]


@transaction.atomic
def keep_achievement(
    code: str,
    *,
    kind: str,
    names: Words,
    criteria: Words,
    hours: int | None = None,
    valid_months: int | None = None,
    design: str | None = None,
    by: User | None = None,
) -> Achievement:
    """Write down what a certificate is given for, or change it; issued certificates keep what they say.

    ``names`` and ``criteria`` in the four written languages. ``design`` None keeps the one that was chosen, or
    takes the usual one of the kind. ``by`` is None where another room keeps its own course.
    """
    _check(by is None or policy.can_issue(by))
    if kind not in Kind.values:
        raise CertificateRefusedError(_("There is no such kind of certificate."))
    _printable(names, longest=120)
    _printable(criteria, longest=300)
    if design is not None and design not in designs.STOCK:
        _check(CertificateDesign.objects.filter(code=design).exists())
    said: dict[str, Any] = {"kind": kind, "names": dict(names), "criteria": dict(criteria), "hours": hours}
    said |= {"valid_months": valid_months} | ({"design": design} if design else {})
    new = said | {"design": design or designs.USUAL[kind]}
    kept, is_new = Achievement.objects.update_or_create(code=code, defaults=said, create_defaults=new)
    audit.record("achievement.kept", thing=code, actor=by.code if by else "system", new=is_new)
    return kept


@transaction.atomic
def keep_signatory(code: str, *, names: Words, offices: Words, by: User) -> Signatory:
    """Who answers for certificates in public. Old certificates keep the name they were printed with."""
    _check(policy.can_design(by))
    _printable(names, longest=80)
    _printable(offices, longest=120)
    defaults = {"names": dict(names), "offices": dict(offices)}
    kept, _is_new = Signatory.objects.update_or_create(code=code, defaults=defaults)
    audit.record("signatory.kept", thing=code, actor=by.code)
    return kept


@transaction.atomic
def keep_design(
    code: str,
    *,
    words: Mapping[str, dict[str, str]],
    accent: str,
    layout: str = "frame",
    signatory: Signatory | None = None,
    by: User,
) -> CertificateDesign:
    """A new version of a design; what was issued keeps the version it was printed with."""
    _check(policy.can_design(by))
    if found := designs.faults(dict(words), accent, layout):
        raise CertificateRefusedError(_("The design is not whole: %(what)s") % {"what": ", ".join(found)})
    for said in words.values():
        for part in designs.PARTS:
            _drawable(said[part])
    newest_design(code)  # the one that is there from the beginning keeps its place as the first
    # Whoever comes second waits for the first one's version.
    latest = CertificateDesign.objects.select_for_update().filter(code=code).order_by("-version").first()
    version = latest.version + 1 if latest else 1
    made = CertificateDesign.objects.create(
        code=code, version=version, layout=layout, words=dict(words), accent=accent, signatory=signatory,
        made_by=by.code,
    )  # fmt: skip
    audit.record("design.kept", thing=code, actor=by.code, version=version)
    return made


def newest_design(code: str) -> CertificateDesign | None:
    """The version that is printed now; one that is there from the beginning is made when it is first wanted."""
    latest = CertificateDesign.objects.filter(code=code).aggregate(version=Max("version"))["version"]
    if latest:
        return CertificateDesign.objects.select_related("signatory").get(code=code, version=latest)
    if code not in designs.STOCK:
        return None
    stock = {**designs.STOCK[code]._asdict(), "made_by": "system"}
    return CertificateDesign.objects.get_or_create(code=code, version=1, defaults=stock)[0]


def _printable(words: Words, *, longest: int) -> None:
    for language in WRITTEN:
        said = words.get(language, "").strip()
        if not 0 < len(said) <= longest:
            raise CertificateRefusedError(_("Words are missing, or there are too many: %(what)s") % {"what": language})
        _drawable(said)


def _drawable(text: str) -> None:
    try:
        check_glyphs(text, covered())
    except NameFaultError as fault:
        raise CertificateRefusedError(_("Our fonts cannot print this sign: %(sign)s") % {"sign": fault.sign}) from None


def _check(allowed: bool) -> None:
    if not allowed:
        raise CertificateRefusedError(_("Your role does not allow this."))
