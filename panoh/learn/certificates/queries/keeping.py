"""What certificates are given for, who signs them, and every design in its newest version."""

from django.db.models import Max
from django.http import Http404
from django.utils.translation import get_language

from panoh.ground.accounts.public import User

from .. import designs, policy
from ..labels import STOCK
from ..models import Achievement, CertificateDesign, Signatory
from .reading import named


def newest_designs(user: User | None = None) -> list[CertificateDesign]:
    """By code; one that is there from the beginning is shown also where it was never used."""
    seen = CertificateDesign.objects.all() if user is None else policy.visible_designs(user)
    last = dict(seen.order_by().values_list("code").annotate(Max("version")))
    stored = {one.code: one for one in seen.select_related("signatory") if one.version == last[one.code]}
    stock = {code: CertificateDesign(code=code, version=1, **it._asdict()) for code, it in designs.STOCK.items()}
    return list((stock | stored).values())


def design_for(user: User, code: str) -> CertificateDesign:
    """The gate to a design."""
    found = next((one for one in newest_designs(user) if one.code == code), None)
    if found is None:
        raise Http404
    return found


def title_of_design(code: str) -> str:
    return str(STOCK.get(code, code))


def design_choices() -> list[tuple[str, str]]:
    return [(one.code, title_of_design(one.code)) for one in newest_designs()]


def achievement_named(code: str) -> Achievement | None:
    return Achievement.objects.filter(code=code).first()


def signatory_named(code: str) -> Signatory | None:
    return Signatory.objects.filter(code=code).first()


def signatories() -> list[Signatory]:
    return list(Signatory.objects.all())


def signatory_choices() -> list[tuple[str, str]]:
    language = get_language() or "en"
    return [(one.code, f"{named(one.names, language)}, {named(one.offices, language)}") for one in signatories()]
