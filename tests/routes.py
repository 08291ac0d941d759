"""Every route of the site as its name, how to build its address, and whether it is open to the street."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Which thing of the world an argument of a route names; the talk's own routes are the default of ``reference``.
NAMES: dict[str, dict[str, str]] = {
    "helpline:accept_talk": {"reference": "waiting"},
    "helpline:decline_talk": {"reference": "waiting"},
    "helpline:contact": {"reference": "contact"},
    "helpline:amend_contact": {"reference": "contact"},
    "helpline:contact_by_hand": {"reference": "draft"},
    "helpline:finish_contact": {"reference": "draft"},
    "helpline:take_call_back": {"pk": "call_back"},
    "helpline:finish_call_back": {"pk": "call_back"},
    "helpline:decide_held": {"pk": "held"},
    "helpline:hold_debrief": {"pk": "debrief"},
    "helpline:answer_complaint": {"pk": "complaint"},
    "helpline:remove_shift": {"pk": "shift"},
    "accounts:withdraw_invitation": {"code": "invitation"},
    "helpline:media": {"seq": "picture"},
    "helpline:ask_media": {"seq": "picture"},
    "helpline:open_media": {"seq": "picture"},
}
USUAL = {"reference": "talk"}
# What is one person's more than another's; the rest belongs to the centre.
OWNED = {"talk", "waiting", "contact", "draft", "complaint", "held", "call_back"}
FIXED: dict[str, Any] = {"seq": 1, "uidb36": "1", "key": "x-y", "provider_id": "directory", "token": "unknown", "pk": 1}
ABSENT = {"int": 987_654, "str": "nobody-knows-this"}


@dataclass(frozen=True)
class Route:
    name: str
    pattern: URLPattern

    @property
    def is_open(self) -> bool:
        """As the middleware that shuts every door asks it."""
        return not getattr(self.pattern.callback, "login_required", True)

    @property
    def arguments(self) -> dict[str, str]:
        """Each argument and which thing of the world it names; "" for one that names nothing of ours."""
        room = self.name.rpartition(":")[0]
        by_code = {"accounts": "person", "organisations": "number", "helpline": "person"}
        usual = {**USUAL, "code": by_code.get(room, "")}
        named = {**usual, **NAMES.get(self.name, {})}
        return {argument: named.get(argument, "") for argument in self.pattern.pattern.regex.groupindex}

    @property
    def sides(self) -> list[str]:
        """Whose things its rows of the table tell apart."""
        things = set(self.arguments.values()) - {""}
        if things:
            return ["own", "other", "absent"] if things & OWNED else ["other", "absent"]
        return ["-", "own"] if self.name.startswith("talk:") else ["-"]

    def address(self, things: dict[str, Any]) -> dict[str, Any]:
        """The arguments of its address for these things."""
        return {name: things[thing] if thing else FIXED[name] for name, thing in self.arguments.items()}

    def absent(self) -> dict[str, Any]:
        """Arguments that name a thing which is not there."""
        converters = self.pattern.pattern.converters
        numeric = {name for name, converter in converters.items() if type(converter).__name__ == "IntConverter"}
        return {
            name: (ABSENT["int" if name in numeric else "str"] if thing else FIXED[name])
            for name, thing in self.arguments.items()
        }


def every_route(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[Route]:
    for item in (resolver or get_resolver()).url_patterns:
        if isinstance(item, URLResolver):
            yield from every_route(item, f"{prefix}{item.namespace}:" if item.namespace else prefix)
        else:
            yield Route(f"{prefix}{item.name}", item)
