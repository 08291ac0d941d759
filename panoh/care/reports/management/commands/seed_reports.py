"""The reports of a demonstration centre: one that waits to be looked at, one that somebody works on.

Each goes through the services a real one goes through; nothing is written behind their back.
"""

import uuid
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from panoh.care.talks import public as talks
from panoh.ground.accounts.public import Role, staff_with_role

from ... import asking, services
from ...models import Report
from ...services import ending, triage

WAITING = {
    "danger": "no",
    "about": "self",
    "kind": "cyberbullying",
    "story": "Sinf guruhida meni kamsitib, soxta rasmlar tarqatishyapti. Oʻchirishni soʻradim, kulishdi.",
    "platform": "telegram",
    "addresses": "https://example.test/sinf-guruhi",
    "when": "week",
}
WORKED_ON = {
    "danger": "unsure",
    "about": "self",
    "kind": "grooming",
    "story": "Oʻyinda tanishgan odam uchrashishni soʻrayapti. Bu haqda hech kimga aytma, deb yozyapti.",
    "when": "today",
    "region": "UZ-TK",
    "age_band": "13_15",
}


class Command(BaseCommand):
    help = "Give a demonstration centre its reports. Called by seed."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("A real centre has real reports.")
        if Report.objects.exists():
            return
        counsellor = staff_with_role(Role.COUNSELLOR).earliest("pk")
        _send(WAITING)
        report = triage.take_report(_send(WORKED_ON), by=counsellor)
        ending.open_case_of(report, by=counsellor)


def _send(told: dict[str, str]) -> Report:
    answers = {code: said for code, said in told.items() if _is_asked(code, said)}
    return services.file_report(channel=talks.Channel.WEB, language="uz", key=uuid.uuid4(), answers=answers)


def _is_asked(code: str, said: str) -> bool:
    """Only answers that this centre's questions offer; another country may have others."""
    question = asking.questionnaire().question(code)
    return question is not None and (not question.options or question.option(said) is not None)
