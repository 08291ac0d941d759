"""Learning events as statements of xAPI 1.0.3 (IEEE 9274.1.1). Pure of Django.

Verbs are those of ADL's vocabulary; ``satisfied`` (that the criteria are fulfilled) is a certificate. The actor is an
account of this centre under a name that this export alone knows. No name, no address, no text anybody wrote.
"""

import hashlib
import hmac
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

ADL = "http://adlnet.gov/expapi"
VERBS = {
    "enrolled": (f"{ADL}/verbs/registered", "registered"),
    "read": (f"{ADL}/verbs/completed", "completed"),
    "attempted": (f"{ADL}/verbs/attempted", "attempted"),
    "passed": (f"{ADL}/verbs/passed", "passed"),
    "failed": (f"{ADL}/verbs/failed", "failed"),
    "certified": ("https://w3id.org/xapi/adl/verbs/satisfied", "satisfied"),
}
KINDS = {"read": "lesson", "attempted": "assessment", "passed": "assessment", "failed": "assessment"}
PLATFORM = "Panoh"


@dataclass(frozen=True)
class Export:
    """One export: where its activities are, and the salt by which its people are named, thrown away after it."""

    site: str
    course: str
    salt: bytes

    def actor(self, learner: uuid.UUID) -> dict[str, Any]:
        name = hmac.new(self.salt, learner.bytes, hashlib.sha256).hexdigest()[:32]
        return {"objectType": "Agent", "account": {"homePage": self.site, "name": name}}

    def activity(self, place: tuple[str, ...]) -> str:
        return "/".join((self.site.rstrip("/"), "xapi", "courses", self.course, *place))

    def registration(self, learner: uuid.UUID) -> str:
        """Of this export alone, like the name: the one kept here would lead back to the person."""
        return str(uuid.UUID(bytes=hmac.new(self.salt, b"r" + learner.bytes, hashlib.sha256).digest()[:16], version=4))


def statement(
    export: Export, what: str, learner: uuid.UUID, place: tuple[str, ...], at: datetime, percent: int | None
) -> dict[str, Any]:
    """One event as one statement."""
    verb, word = VERBS[what]
    stamp = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    told = f"{what}/{learner}/{'/'.join(place)}/{stamp}".encode()
    number = uuid.UUID(bytes=hmac.new(export.salt, told, hashlib.sha256).digest()[:16], version=4)
    said: dict[str, Any] = {
        "id": str(number),
        "actor": export.actor(learner),
        "verb": {"id": verb, "display": {"en": word}},
        "object": {
            "objectType": "Activity",
            "id": export.activity(place),
            "definition": {"type": f"{ADL}/activities/{KINDS.get(what, 'course')}"},
        },
        "context": {
            "registration": export.registration(learner),
            "platform": PLATFORM,
            "contextActivities": {"grouping": [{"objectType": "Activity", "id": export.activity(())}]},
        },
        "timestamp": stamp,
        "version": "1.0.3",
    }
    if percent is not None:
        said["result"] = {"score": {"scaled": percent / 100, "raw": percent, "min": 0, "max": 100}}
        if what in {"passed", "failed"}:
            said["result"]["success"] = what == "passed"
    return said
