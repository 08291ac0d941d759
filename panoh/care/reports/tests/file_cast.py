"""Reports that take pictures, reports that take only codes, and who works with them."""

import hashlib
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from panoh.care.reports import services
from panoh.care.reports.models import Report
from panoh.care.reports.services.files import keep_file
from panoh.care.reports.services.hashing import keep_hashes

from .file_corpus import png
from .form_cast import new_draft


def draft_of(kind: str, **answers: str) -> Report:
    """A draft as far as the question what happened."""
    report = new_draft()
    for code, value in {"danger": "no", "about": "self", "kind": kind, **answers}.items():
        report = services.answer_question(report, code, value)
    return report


def sent_with_file(kind: str = "cyberbullying", content: bytes = b"") -> Report:
    report = draft_of(kind)
    keep_file(report, content=content or png())
    return services.send_report(report)


def sent_with_code(pdq: str, quality: int = 80, answers: dict[str, str] | None = None) -> Report:
    report = draft_of("sextortion", **(answers or {}))
    keep_hashes(report, sha256=digest(uuid.uuid4().hex), pdq=pdq, quality=quality)
    return services.send_report(report)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def upload(client: Any, content: bytes, language: str = "uz") -> Any:
    sent = SimpleUploadedFile("screen.png", content, content_type="image/png")
    return client.post(f"/{language}/report/files/", {"file": sent})
