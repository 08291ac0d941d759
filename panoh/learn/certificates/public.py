"""Certificates for other rooms: keep what they are given for, issue, withdraw, hand out.

A room that gives certificates to many calls ``keep_achievement(code, kind=…, names=…, criteria=…)`` once, and then
``issue_list([Holder(person, latin, cyrillic, evidence), …], achievement=code, key="training:event-12", facts={…})``,
which gives one ``Given(person, outcome, fault, code)`` for each, in their order. ``person`` is a number of that room's
own for one human being; the names are those that the holder has looked at. ``kind``: course, training, trainer_status,
event. ``facts``: ``from`` and ``until`` (ISO days), ``place``, ``role``, ``hours``.
"""

from .errors import CertificateRefusedError
from .models import Certificate
from .queries.export import certificates_of, export_of, files_of, is_barred, issued_between
from .services import (
    forget_certificates,
    issue_certificate,
    issue_list,
    keep_achievement,
    reissue_certificate,
    withdraw_certificate,
    withdraw_certificates_of,
)
from .services.rosters import Given, Holder

__all__ = [
    "Certificate",
    "CertificateRefusedError",
    "Given",
    "Holder",
    "certificates_of",
    "export_of",
    "files_of",
    "forget_certificates",
    "is_barred",
    "issue_certificate",
    "issue_list",
    "issued_between",
    "keep_achievement",
    "reissue_certificate",
    "withdraw_certificate",
    "withdraw_certificates_of",
]
