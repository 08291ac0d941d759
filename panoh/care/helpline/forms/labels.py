"""What the desk calls the codes it stores. The lists of the taxonomy bring their own names."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .. import rules

LABELS: dict[str, dict[str, Any]] = {
    "status": {
        "new": _("New"),
        "triaging": _("First steps"),
        "waiting": _("Waiting"),
        "active": _("Talking"),
        "on_hold": _("On hold"),
        "wrap_up": _("Being written up"),
        "closed": _("Ended"),
    },
    "role": {
        "child": _("Child or teenager"),
        "parent": _("Parent or relative"),
        "professional": _("Works with children"),
        "other": _("Somebody else"),
        "unknown": _("Not said"),
    },
    "channel": {
        "web": _("Web"),
        "telegram": _("Telegram"),
        "phone": _("Telephone"),
        "walk_in": _("Visit"),
        "letter": _("Letter"),
    },
    "reason": {
        "finished": _("Finished"),
        "left_before_answer": _("Left before an answer"),
        "left": _("Left"),
        "outside_hours": _("Outside opening hours"),
        "blocked_us": _("Blocked us"),
        "abuse": _("Abuse"),
        "deleted": _("Deleted by the person"),
    },
    "fate": {
        "received": "",
        "queued": _("waiting to be sent"),
        "sending": _("being sent"),
        "sent": _("sent"),
        "delivered": _("delivered"),
        "failed": _("not sent"),
        "unconfirmed": _("perhaps not sent"),
    },
    "failure": {
        "blocked": _("the person blocked the bot"),
        "blocked_us": _("the person blocked the bot"),
        "nowhere": _("there is no way back to this person"),
        "unconfirmed": _("the connection broke while it was sent"),
        "deactivated": _("the account is closed"),
        "too_long": _("the message is too long"),
        "locked": _("the files of this talk are locked"),
        "type": _("this kind of file is not opened here"),
        "size": _("the file is too big"),
    },
    "event": {
        "left": _("The person left the talk."),
        "blocked": _("The person blocked the bot."),
        "blocked_us": _("The person blocked the bot."),
        "joined": _("The person came back."),
        "returned": _("The person came back."),
        "media_fetched": _("A file is here and can be opened."),
        "media_failed": _("A file could not be had."),
    },
    "kind": {
        "photo": _("Picture"),
        "video": _("Video"),
        "voice": _("Voice message"),
        "audio": _("Sound"),
        "file": _("File"),
        "sticker": _("Sticker"),
        "contact": _("Somebody’s telephone contact"),
        "location": _("A place on the map"),
        "button": _("Tapped"),
        "other": _("Something we cannot show"),
    },
    "found": {
        "phone": _("a telephone number"),
        "handle": _("an account name"),
        "link": _("a link outside the list"),
        "place": _("a meeting place"),
    },
    "presence": {
        "off": _("Off"),
        "on": _("On"),
        "full": _("On, takes nothing new"),
        "break": _("On a break"),
    },
    "source": {
        "person": _("said by the person"),
        "lexicon": _("seen in the words"),
        "staff": _("judged by"),
    },
    "move": {
        "accept": _("accepted"),
        "decline": _("declined"),
        "transfer": _("handed over"),
        "take_over": _("taken over"),
        "return": _("back to the queue"),
    },
    "shows": {
        "screenshot": _("A picture of a screen"),
        "text": _("Text"),
        "document": _("A document"),
        "threat": _("A threat"),
        "injury": _("An injury"),
        "other": _("Something else"),
        "may_be_sexual": _("It may be sexual: lock it for good"),
    },
    "subject": {"self": _("The person themselves"), "other": _("Somebody else")},
    "call_back": {
        "open": _("Open"),
        "taken": _("Somebody is calling"),
        "reached": _("Reached"),
        "not_reached": _("Not reached yet"),
        "cancelled": _("No longer wanted"),
    },
    "class": {
        "abuse_now": _("Violence right now"),
        "attack": _("Planned attack"),
        "bullying": _("Bullying"),
        "image_shared": _("Picture passed on"),
        "meeting_stranger": _("Meeting a stranger"),
        "recruitment": _("Recruitment"),
        "runaway": _("Running away"),
        "sextortion": _("Sextortion"),
        "sexual_abuse": _("Sexual abuse"),
        "suicide_self_harm": _("Suicide, self-harm"),
        "threats": _("Threats"),
        "violence_home": _("Violence at home"),
    },
    "urgency": {
        "1": _("U1 · in danger now"),
        "2": _("U2 · serious"),
        "3": _("U3 · soon"),
        "4": _("U4 · advice"),
    },
    "field": {
        "contact_type": _("Kind of contact"),
        "subject": _("About whom"),
        "age_band": _("Age"),
        "sex": _("Sex"),
        "region": _("Region"),
        "reasons": _("Reasons"),
        "harms": _("What happened online"),
        "place": _("Where online"),
        "platform": _("Platform"),
        "actions": _("What we did"),
        "outcome": _("How it ended"),
        "summary": _("In your own words"),
    },
}
LISTS = {
    "contact_type": "contact_types",
    "age_band": "age_bands",
    "sex": "sexes",
    "reasons": "reasons",
    "harms": "harms",
    "place": "places_online",
    "platform": "platforms",
    "actions": "actions",
    "outcome": "outcomes",
    "topic": "topics",
}


def reader() -> str:
    """The language of whoever reads the page."""
    code = get_language() or settings.LANGUAGE_CODE
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def label(code: object, of: str) -> str:
    """The name of a code; one that has none is shown as it is, without its underscores."""
    text = str(code)
    if of in LISTS:
        return rules.taxonomy().name(LISTS[of], text, reader()) if text else ""
    return str(LABELS[of].get(text, text.replace("_", " ")))


def choices(of: str, *, blank: str = "") -> list[tuple[str, str]]:
    """Codes and names of a list, for a form."""
    names = rules.taxonomy().names(LISTS[of], reader()) if of in LISTS else LABELS[of]
    first = [("", blank)] if blank else []
    return [*first, *((code, str(name)) for code, name in names.items())]
