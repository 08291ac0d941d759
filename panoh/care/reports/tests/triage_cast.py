"""Reports that wait at the desk, browsers of those who work there, and a clock that can be moved."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panoh.care.reports.models import Report
from panoh.care.reports.services import triage
from panoh.ground.accounts.public import User
from panoh.ground.notify import public as notify

from .form_cast import filed


def browser_of(user: User) -> Client:
    """Signed in, reading English whatever the catalogues say."""
    User.objects.filter(pk=user.pk).update(language="en")
    client = Client()
    client.force_login(user)
    return client


def at(name: str, report: Report, *more: object) -> str:
    return reverse(f"reports:{name}", args=[report.reference, *more])


def bullying(**changes: Any) -> Report:
    return filed(**{"kind": "cyberbullying", "story": "Ustimdan kulishdi", **changes})


def found_online(addresses: str = "https://example.test/a", **changes: Any) -> Report:
    """Somebody saw abuse material."""
    return filed(about="seen", kind="abuse_material", addresses=addresses, **changes)


def taken(report: Report, by: User) -> Report:
    return triage.take_report(report, by=by)


def fresh(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def words(text: str, key: uuid.UUID | None = None) -> dict[str, str]:
    return {"text": text, "key": str(key or uuid.uuid4())}


@contextmanager
def later(**span: float) -> Iterator[datetime]:
    """The clock of the whole house, moved on."""
    now = timezone.now() + timedelta(**span)
    with patch("django.utils.timezone.now", return_value=now):
        yield now


def letters() -> list[tuple[str, str]]:
    """To whom and what went out since somebody asked last."""
    notify.deliver_due()
    sent = [(str(one.to[0]), f"{one.subject}\n{one.body}") for one in mail.outbox]
    mail.outbox.clear()
    return sent
