"""Who stands around a referral in its tests: agencies, a case with a yes, a referral on its way."""

import uuid
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.utils import timezone

from panoh.care.cases.models import Case, Consent, Referral
from panoh.care.cases.referral_policy import Party
from panoh.care.cases.services import open_case, record_consent
from panoh.care.cases.services.describing import add_person
from panoh.care.cases.services.referral import Sent, approve_referral, draft_referral, send_referral
from panoh.ground.accounts.public import User
from panoh.ground.organisations.public import FocalPoint, Membership, Organisation
from panoh.ground.vault import public as vault

NAME, ADDRESS, PHONE = "Ўғилой Каримова", "Nukus, Berdaq 7", "+998901234567"
REASON = "She is threatened with a picture. Please find out who does it."


def agency(code: str = "cyber-unit", *, route: str = "link", email: str = "", phone: str = "") -> Organisation:
    """An agency; with an address it has a focal point, too."""
    made = Organisation.objects.create(code=code, names={"uz": f"Idora {code}", "en": code}, kind="police", route=route)
    if email or phone:
        focal = FocalPoint(id=uuid.uuid4(), organisation=made, data_key=vault.new_key("focal_point"), language="en")
        for field, said in (("name", "Botir"), ("email", email), ("phone", phone)):
            where = f"organisations.focal_point:{focal.pk}:{field}"
            setattr(focal, field, vault.seal(focal.data_key, said, where=where))
        focal.valid_from = timezone.localdate()
        focal.save(force_insert=True)
    return made


def works_at(user: User, organisation: Organisation) -> User:
    Membership.objects.create(user=user, organisation=organisation)
    return user


def a_case(owner: User, **codes: Any) -> Case:
    """A case about a child with a name, an address and a telephone."""
    case = open_case(alias="Humo-1", by=owner, owner=owner, **{"language": "uz", "urgency": 2, "region": "QR", **codes})
    details = {"full_name": NAME, "address": ADDRESS, "phone": PHONE}
    add_person(case, role="child", alias="", details=details, by=owner)
    return case


def a_yes(case: Case, *recipients: str, withheld: tuple[str, ...] = (), by: User) -> Consent:
    return record_consent(
        case,
        given_by="child",
        scopes=["referral"],
        recipients=list(recipients) or ["any"],
        withheld=list(withheld),
        by=by,
    )


def a_draft(case: Case, to: Organisation, by: User, **more: Any) -> Referral:
    from panoh.care.cases.queries.sections import case_sections

    said: dict[str, Any] = {"source": case.reference, "urgency": 2, "reason": REASON, **more}
    return draft_referral(case=case, sections=case_sections(case), to=to, by=by, **said)


def go(referral: Referral, *, by: User, approver: User | None = None) -> Sent:
    """Approved and sent."""
    approve_referral(referral, by=approver or by)
    return send_referral(referral, by=by)


def fresh(referral: Referral) -> Referral:
    return Referral.objects.select_related("to", "case", "drafted_by").get(pk=referral.pk)


def their(referral: Referral, via: str = "api", user: User | None = None) -> Party:
    return Party(referral.to, user=user, via=via)


def browser() -> Client:
    """A browser at an agency, which enforces what real ones are asked to."""
    return Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin"})


def path_of(url: str) -> str:
    return urlsplit(url).path


def opened_by_link(sent: Sent) -> Client:
    """A browser that followed the letter and typed the code."""
    assert sent.link is not None
    there = browser()
    there.get(path_of(sent.link.url))
    page = there.post("/en/packet/", {"code": sent.link.code})
    assert page.status_code == 302, page.content.decode()
    return there
