"""How editors read the facts of a post, and what they may choose. The codes are those of ``posts.py``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    HIGH = "high", _("Important")
    MEDIUM = "medium", _("Middling")
    LOW = "low", _("Good to know")


class About(models.TextChoices):
    MAKING = "making", _("Making")
    LEARNING = "learning", _("Learning")
    LANGUAGES = "languages", _("Languages")
    CODING = "coding", _("Coding")
    MUSIC = "music", _("Music")
    HELPING = "helping", _("Helping others")
    READING = "reading", _("Reading")
    NATURE = "nature", _("Nature")


class Material(models.TextChoices):
    STORY = "story", _("Story")
    LESSON = "lesson", _("Lesson plan")
    WORKSHEET = "worksheet", _("Worksheet")
    POSTER = "poster", _("Poster")
    CARD_GAME = "card-game", _("Card game")


# By field of the form; ``sort`` is the fact ``kind``.
FACT_NAMES = {
    "date": _("shown from"),
    "expires": _("last day"),
    "valid_to": _("holds until"),
    "starts": _("begins on"),
    "ends": _("ends on"),
    "severity": _("how grave"),
    "region": _("region"),
    "tags": _("tags"),
    "correction": _("correction, above the text"),
    "corrected_on": _("day of the correction"),
    "about": _("what it is about"),
    "sort": _("kind of material"),
    "minutes": _("minutes"),
    "group": _("how many together"),
    "licence": _("licence"),
    "resources": _("materials of the kit"),
    "steps": _("steps, a line each"),
    "materials": _("what is needed, a line each"),
    "session": _("how a meeting goes, a line each"),
    "checklist": _("what to tick off, a line each"),
}
FACT_OF = {"sort": "kind"}
# Which fields the form of a post has for its facts, in their order.
FACTS_OF = {
    "news": ("date", "expires", "correction", "corrected_on", "region", "tags"),
    "alert": ("severity", "date", "valid_to"),
    "campaign": ("starts", "ends", "date", "expires", "steps", "materials", "session", "checklist", "resources"),
    "opportunity": ("about", "date", "expires"),
    "resource": ("sort", "minutes", "group", "licence", "materials", "steps", "date", "expires"),
}
