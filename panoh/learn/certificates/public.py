"""Certificates for other rooms: keep what they are given for, issue, withdraw, hand out."""

from .errors import CertificateRefusedError
from .models import Certificate
from .queries.export import certificates_of, export_of, is_barred, issued_between
from .services import (
    forget_certificates,
    issue_certificate,
    keep_achievement,
    reissue_certificate,
    withdraw_certificate,
    withdraw_certificates_of,
)

__all__ = [
    "Certificate",
    "CertificateRefusedError",
    "certificates_of",
    "export_of",
    "forget_certificates",
    "is_barred",
    "issue_certificate",
    "issued_between",
    "keep_achievement",
    "reissue_certificate",
    "withdraw_certificate",
    "withdraw_certificates_of",
]
