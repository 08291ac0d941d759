from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from panoh.ground.accounts.public import User


class DeskConfig(AppConfig):
    """The desk knows every room, so it tells the rooms that keep no rota who is on call."""

    name = "panoh.doors.desk"
    label = "desk"

    def ready(self) -> None:
        from panoh.care.cases import public as cases
        from panoh.care.reports import public as reports

        cases.register_on_call(people_on_call)
        reports.register_on_call(lambda: [person for person, _number in people_on_call()])


def people_on_call(now: "datetime | None" = None) -> "list[tuple[User, str]]":
    """Who is on call by the rota of the helpline, and the number to reach them."""
    from panoh.care.helpline import public as helpline

    return [(one.user, one.phone) for one in helpline.on_call_now(now)]
