"""Another process that writes into a running centre: one JSON command a line in, one JSON answer a line out."""

import json
import sys
import time
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction

from panoh.care.helpline.public import Status, Talk, start_talk
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.common import bell


def begin() -> dict[str, str]:
    """A talk, the cookie of its person, and a counsellor who holds it with a session."""
    talk = start_talk(channel="web", language="uz")
    number = User.objects.count()
    user = User.objects.create_user(f"c{number}@example.test", "a-long-enough-password", name="C", roles="counsellor")
    Talk.objects.filter(pk=talk.pk).update(assignee=user, status=Status.ACTIVE)
    return {
        "talk": str(talk.pk),
        "reference": talk.conversation.reference,
        "visit": talks.start_visit(talk.conversation),
        "session": session_of(user),
    }


def session_of(user: User) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def say(talk: str, texts: list[str], *, audience: str = "all", pause: float = 0.0) -> int:
    conversation = talks.Conversation.objects.get(pk=talk)
    for text in texts:
        talks.append_message(conversation, direction="out", body=text, audience=audience)
        time.sleep(pause)
    return conversation.last_seq


@transaction.atomic
def take_away(talk: str) -> bool:
    held = Talk.objects.get(conversation_id=UUID(talk))
    held.assignee = User.objects.create_user(f"{talk}@example.test", "a-long-enough-password", name="D")
    held.save(update_fields=["assignee"])
    bell.ring("board")
    return True


def cut_listeners() -> int:
    """End every connection of the server's own that listens, as a restart of PostgreSQL would."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(pid) from pg_stat_activity where query like 'LISTEN%'")
        return len(cursor.fetchall())


VERBS: dict[str, Any] = {"begin": begin, "say": say, "take_away": take_away, "cut_listeners": cut_listeners}


def main() -> None:
    for order in sys.stdin:
        verb, given = json.loads(order)
        print(json.dumps(VERBS[verb](**given)), flush=True)  # noqa: T201
