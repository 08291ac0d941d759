"""``manage.py openapi``: write the partners' document to ``docs/api/openapi.json``; with ``--check`` only compare."""

import json
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.test import RequestFactory
from django.urls import resolve

SERVED_AT = "/api/v1/openapi.json"
PLACE = settings.ROOT / "docs/api/openapi.json"


def document() -> str:
    """What the door serves, written so that two versions can be compared line by line."""
    served = resolve(SERVED_AT).func(RequestFactory().get(SERVED_AT))
    return json.dumps(json.loads(served.content), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


class Command(BaseCommand):
    help = "Write the OpenAPI document of the partners' door."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when the written one is not the present one")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            PLACE.parent.mkdir(parents=True, exist_ok=True)
            PLACE.write_text(document(), encoding="utf-8")
        elif PLACE.read_text(encoding="utf-8") != document():
            raise CommandError("docs/api/openapi.json is not the present one: manage.py openapi")
