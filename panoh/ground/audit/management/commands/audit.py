from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ... import public


class Command(BaseCommand):
    help = "audit verify: prove that nothing in the ledger was changed; audit seal: chain what waits."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("do", choices=["verify", "seal"])

    def handle(self, *args: Any, do: str, **options: Any) -> None:
        if do == "seal":
            self.stdout.write(f"{public.seal_pending()} entries sealed")
            return
        verdict = public.verify()
        self.stdout.write(f"{verdict.checked} links hold, {verdict.unsealed} entries wait for their seal")
        self.stdout.write(f"last good link: {verdict.head}")
        if not verdict.ok:
            self.stderr.write(f"BROKEN at link {verdict.broken_at}")
            raise SystemExit(1)
