"""``manage.py certificates sign|rotate|keys``: what the worker does, by hand; the first key of a production centre."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from ... import services
from ...queries.keys import all_keys


class Command(BaseCommand):
    help = "Sign what waits, make the next signing key, or list the public keys."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["sign", "rotate", "keys"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what == "rotate":
            key = services.make_key(actor="system")
            self.stdout.write(f"{key.fragment} signs from now on: {key.multibase}")
        if what in {"sign", "rotate"}:
            self.stdout.write(f"{services.sign_what_waits()} certificates were signed.")
        if what == "keys":
            for key in all_keys():
                self.stdout.write(f"{key.fragment}  {key.state:11}  {key.multibase}")
