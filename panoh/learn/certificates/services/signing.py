"""What the worker does: sign and print what was issued, sign again what a lost key signed, renew the lists."""

import hashlib
import json
import logging
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from panoh.ground.jobs.public import job
from panoh.ground.vault import public as vault

from .. import credentials, printing, signing, statuses
from ..models import Certificate, CertificateEvent, IssuerKey, KeyState, Status, StatusList
from ..queries.reading import holder_of, issuer, paper_of
from .keys import signing_key

logger = logging.getLogger("panoh.certificates")
AT_ONCE = 50


@job(retries=5)
def sign_waiting() -> None:
    """Right after something was issued or ended; the timetable asks again every minute."""
    sign_what_waits()


def sign_what_waits() -> int:
    """Sign what is unsigned or was signed by a lost key, and the lists that changed; how many certificates.

    May run twice at once: what another worker has signed meanwhile is left as it is.
    """
    key, private = signing_key()
    waiting = Certificate.objects.filter(Q(signed_at=None) | Q(key__state=KeyState.COMPROMISED), sealed__isnull=False)
    done, last = 0, 0
    while batch := list(
        waiting.filter(pk__gt=last).select_related("design__signatory", "key").order_by("pk")[:AT_ONCE]
    ):
        done += _sign_batch(batch, key, private)
        last = batch[-1].pk
    for number in StatusList.objects.filter(Q(is_stale=True) | Q(credential=None)).values_list("number", flat=True):
        _sign_list(number, key, private)
    return done


def _sign_batch(batch: list[Certificate], key: IssuerKey, private: bytes) -> int:
    ready = [one for one in batch if _make(one, key, private)]
    with transaction.atomic():
        return sum(_keep(one, key) for one in ready)


def _make(one: Certificate, key: IssuerKey, private: bytes) -> bool:
    """Credential and paper, sealed into the row that is in memory. One that fails does not stop the others."""
    try:
        is_again = one.signed_at is not None
        method = f"{credentials.Issuer(**one.facts['issuer']).did}#{key.fragment}"
        credential = signing.signed(unsigned(one), private, method=method, at=timezone.now())
        one.credential = _sealed(one, "credential", json.dumps(credential, ensure_ascii=False).encode())
        if not is_again:
            paper = printing.to_pdf(paper_of(one))
            one.pdf_sha256, one.pdf = hashlib.sha256(paper).hexdigest(), _sealed(one, "pdf", paper)
    except vault.ErasedError:
        return False  # withdrawn meanwhile
    except Exception:
        logger.exception("a certificate could not be signed")
        return False
    return True


def unsigned(one: Certificate) -> dict[str, Any]:
    facts = {**one.facts, "number": one.number, "evidence": str(one.evidence) if one.evidence else ""}
    holder, period = holder_of(one), credentials.Period(one.valid_from, one.valid_until)
    place = credentials.Place(one.status_list, one.status_index)
    return credentials.credential_of(facts, holder, period, place, code=one.code, language=one.language)


def _sealed(one: Certificate, part: str, plain: bytes) -> bytes:
    return vault.seal(one.data_key, plain, where=one.where(part))


def _keep(one: Certificate, key: IssuerKey) -> bool:
    """Write it unless somebody was faster, or the holder withdrew in between."""
    row = Certificate.objects.filter(pk=one.pk, key=one.key_id, sealed__isnull=False).exclude(status=Status.WITHDRAWN)
    made = {"credential": one.credential, "pdf": one.pdf, "pdf_sha256": one.pdf_sha256, "key": key}
    done = row.update(**made, signed_at=timezone.now())
    if done:
        verb = "signed_again" if one.key_id else "signed"
        CertificateEvent.objects.create(certificate=one, verb=verb, reason=key.fragment, actor="system")
    return bool(done)


def _sign_list(number: int, key: IssuerKey, private: bytes) -> None:
    """The mark goes down before the bits are read: what ends in between raises it again."""
    StatusList.objects.filter(number=number).update(is_stale=False)
    ended = Certificate.objects.filter(status_list=number).exclude(status=Status.ISSUED)
    encoded = statuses.encoded(ended.values_list("status_index", flat=True))
    now = timezone.now()
    document = credentials.status_list_of(issuer(), number, encoded, now)
    signed = signing.signed(document, private, method=f"{issuer().did}#{key.fragment}", at=now)
    StatusList.objects.filter(number=number).update(credential=signed, key=key, signed_at=now)
