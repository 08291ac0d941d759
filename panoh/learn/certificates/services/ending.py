"""Certificates end: replaced by one with the right name, revoked by us, withdrawn by their holder. The code stays."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .. import policy
from ..errors import CertificateRefusedError
from ..labels import REASONS, REISSUE_REASONS
from ..models import Certificate, Status, StatusList
from ..queries.export import files_of
from .issuing import Draft, checked, give_bits, seal_names, write_down
from .signing import sign_waiting


@transaction.atomic
def revoke_certificate(certificate: Certificate, *, reason: str, by: User) -> Certificate:
    """It holds no more; the page of its code says so with the day. ``reason`` is a code of ``REASONS``."""
    _check(policy.can_issue(by) and reason in REASONS)
    held = _held(certificate.pk)
    return end_certificate(held, Status.REVOKED, reason=reason, actor=by.code)


def reissue_certificate(
    certificate: Certificate, *, holder_name: tuple[str, str], reason: str, by: User | None = None
) -> Certificate:
    """The same with another name, signed anew; the one before is superseded and leads to it."""
    _check((by is None or policy.can_issue(by)) and reason in REISSUE_REASONS)
    draft = checked(Draft(*holder_name, certificate.person))
    key, actor = vault.new_key("certificate"), by.code if by else "system"
    with transaction.atomic():
        old = end_certificate(_held(certificate.pk), Status.SUPERSEDED, reason=reason, actor=actor)
        new = Certificate(achievement=old.achievement, design=old.design, person=old.person, data_key=key)
        for same in ("evidence", "language", "facts", "valid_from", "valid_until"):
            setattr(new, same, getattr(old, same))
        new.supersedes, new.issued_at = old, timezone.now().replace(microsecond=0)
        seal_names(new, draft.latin, draft.cyrillic)
        _save_new(new)
        write_down([new], "reissued", actor=actor, reason=reason)
    return new


@transaction.atomic
def withdraw_certificate(code: str, *, person: UUID) -> Certificate:
    """The holder takes it back: name, credential and paper are destroyed for good, and the page says only this."""
    found = Certificate.objects.select_for_update(of=("self",)).filter(code=code, person=person).first()
    if found is None or found.status == Status.WITHDRAWN:
        raise CertificateRefusedError(_("There is no such certificate."))
    return end_certificate(erase(found), Status.WITHDRAWN, reason="", actor="holder")


def withdraw_certificates_of(person: UUID) -> int:
    """All of somebody's, also those that hold no more; how many. For a request to be erased."""
    theirs = Certificate.objects.filter(person=person).exclude(status=Status.WITHDRAWN)
    codes = list(theirs.values_list("code", flat=True))
    for code in codes:
        withdraw_certificate(code, person=person)
    return len(codes)


def export_for_holder(certificate: Certificate, *, by: User) -> bytes:
    """A ZIP of everything kept of the holder, for a holder who asked; that it was made is written down."""
    _check(policy.can_issue(by))
    audit.record("certificate.exported", thing=certificate.number, actor=by.code)
    return files_of(certificate.person)


def erase(row: Certificate) -> Certificate:
    """Without its name, whatever its state; the caller saves it."""
    row.sealed = row.credential = row.pdf = None
    row.likeness = ""
    vault.destroy_keys([row.data_key], reason="certificate-erased")
    return row


def _save_new(new: Certificate) -> None:
    """The bit is drawn until it is free: out of 131,072 at most half are taken."""
    for _try in range(20):
        give_bits([new])
        taken = Certificate.objects.filter(status_list=new.status_list, status_index=new.status_index)
        if not taken.exists():
            break
    new.save(force_insert=True)


def _held(pk: int) -> Certificate:
    found = Certificate.objects.select_for_update(of=("self",)).get(pk=pk)
    if found.status != Status.ISSUED:
        raise CertificateRefusedError(_("This certificate holds no more."))
    return found


def end_certificate(row: Certificate, status: Status, *, reason: str, actor: str) -> Certificate:
    """For the services: the caller has locked the row and asked who may."""
    row.status, row.reason, row.ended_at = status, reason, timezone.now()
    row.save()
    StatusList.objects.filter(number=row.status_list).update(is_stale=True)
    write_down([row], str(status.value), actor=actor, reason=reason)
    sign_waiting.enqueue()
    return row


def _check(allowed: bool) -> None:
    if not allowed:
        raise CertificateRefusedError(_("Your role does not allow this."))
