"""A browser that tells us something, with plain forms only, and what it typed."""

import re
import uuid
from typing import Any

from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from panoh.care.reports import services
from panoh.care.reports.models import Report
from panoh.care.talks import public as talks

ALL = {
    "danger": "no",
    "about": "self",
    "kind": "sextortion",
    "story": "Meni qoʻrqityapti",
    "platform": "telegram",
    "addresses": "https://t.me/yomon\n@yomon",
    "when": "today",
    "age_band": "13_15",
    "sex": "female",
    "region": "UZ-TK",
    "contact": "receipt",
}


def said(text: str) -> str:
    """A staff text as the desk of somebody who reads Uzbek says it."""
    with translation.override("uz"):
        return gettext(text)


def browser() -> Client:
    """A browser that enforces what real ones are asked to: posts must come from our own pages."""
    return Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin"})


def new_draft(language: str = "uz", channel: str = talks.Channel.WEB) -> Report:
    return services.start_report(channel=channel, language=language, key=uuid.uuid4())


def filed(**changes: Any) -> Report:
    """A report sent at once."""
    return services.file_report(channel=talks.Channel.WEB, language="uz", key=uuid.uuid4(), answers={**ALL, **changes})


def begin(client: Client, danger: str = "no", language: str = "uz") -> Report:
    page = client.get(f"/{language}/report/").content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    client.post(f"/{language}/report/", {"answer": danger, "key": key[1]})
    return Report.objects.latest("started_at")


def answer(client: Client, question: str, value: str, language: str = "uz") -> Any:
    return client.post(f"/{language}/report/step/", {"q": question, "answer": value})


def skip(client: Client, question: str, language: str = "uz") -> Any:
    return client.post(f"/{language}/report/step/", {"q": question, "skip": "1"})


def goods_on(page: Any) -> str:
    """The shopping list a page shows."""
    found = re.search(r'<ul class="(?:receipt|card)"[^>]*>(.*?)</ul>', page.content.decode(), re.S)
    return "\n".join(re.findall(r"<li>([^<]+)</li>", found[1])) if found else ""


def enter_with(client: Client, report: Report) -> None:
    """This browser holds the report, as after its first answer."""
    client.cookies["report"] = talks.start_visit(report.conversation)
