"""``manage.py seed``: the people and the beginnings of a demonstration centre, once, into an empty one."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from panoh.ground.accounts.public import Role, User, create_person, staff_with_role
from panoh.ground.organisations.public import add_member, load_numbers, load_organisations, organisation_for

PEOPLE = (
    ("supervisor@demo.panoh", "Rustam Yoʻldoshev", [Role.SUPERVISOR], "Rustam", "uz"),
    ("counsellor@demo.panoh", "Dilnoza Karimova", [Role.COUNSELLOR], "Dilnoza", "uz"),
    ("counsellor2@demo.panoh", "Timur Ahmedov", [Role.COUNSELLOR], "Timur", "ru"),
    ("administrator@demo.panoh", "Aziza Saidova", [Role.ADMINISTRATOR], "", "uz"),
    ("editor@demo.panoh", "Sevara Toshpoʻlatova", [Role.EDITOR], "", "uz"),
    ("analyst@demo.panoh", "Kamola Rahimova", [Role.HOTLINE_ANALYST], "", "uz"),
    ("caseworker@demo.panoh", "Nodira Ergasheva", [Role.CASEWORKER], "Nodira", "uz"),
    ("custodian@demo.panoh", "Otabek Nazarov", [Role.CUSTODIAN], "", "uz"),
    ("officer@demo.panoh", "Jasur Tursunov", [Role.PARTNER_OFFICER], "", "uz"),
)
# Of the agencies that other people work for, the one whose officer signs in here; the others are sent links.
AGENCY = "inson-national"


class Command(BaseCommand):
    help = "Fill an empty demonstration centre. Does nothing where somebody works already; never in production."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("A real centre invents nobody: invite your first administrator instead.")
        load_organisations()
        load_numbers()
        if staff_with_role(Role.SUPERVISOR).exists():
            return
        password = "-".join(secrets.token_hex(2) for _ in range(4))
        for email, name, roles, alias, language in PEOPLE:
            create_person(email=email, name=name, roles=roles, password=password, alias=alias, language=language)
        _staff_the_agency(staff_with_role(Role.SUPERVISOR).earliest("pk"))
        for room in ("helpline", "reports", "cases", "albums"):
            call_command(f"seed_{room}", verbosity=options["verbosity"])
        self._write_down(password)

    def _write_down(self, password: str) -> None:
        """Where ``make run`` reads how to sign in; made anew for each centre, so that no two share a password."""
        lines = ["  Sign in at the desk with one of these, and the password " + password]
        lines += [f"    {email:28} {roles[0]}" for email, _name, roles, _alias, _language in PEOPLE]
        path = settings.DATA_DIR / "sign-in.txt"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        path.chmod(0o600)


def _staff_the_agency(supervisor: User) -> None:
    """An officer of ours to try the partner desk with."""
    agency = organisation_for(supervisor, AGENCY)
    add_member(agency, staff_with_role(Role.PARTNER_OFFICER).earliest("pk"), by=supervisor)
