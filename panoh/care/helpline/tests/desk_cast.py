"""Who stands at the desk in its tests: people who are on, and people who wait."""

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from panoh.care.helpline import services
from panoh.care.helpline.models import Talk
from panoh.ground.accounts.public import User


def on(user: User, *, by: User, languages: tuple[str, ...] = ("uz",), capacity: int = 4) -> User:
    """Languages set, vetted and on; both read the desk in English, whatever the catalogues say."""
    User.objects.filter(pk__in=[user.pk, by.pk]).update(language="en")
    today = timezone.localdate()
    services.set_skills(user, languages=list(languages), topics=["general"], capacity=capacity, by=by)
    services.record_vetting(user, vetted_on=today - timedelta(days=10), expires_on=today + timedelta(days=300), by=by)
    services.set_presence(user, presence="on")
    return user


def waiting(*texts: str, language: str = "uz", channel: str = "web", **more: Any) -> Talk:
    """Somebody who wrote and waits for a person."""
    talk = services.start_talk(channel=channel, language=language, **more)
    for text in texts:
        services.receive_words(talk, body=text, key=uuid.uuid4())
    return Talk.objects.get(pk=talk.pk)
