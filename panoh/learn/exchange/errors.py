"""Why somebody who comes from another system is not let in, and why a change at the desk is refused."""

from django.utils.translation import gettext_lazy as _

WHY = {
    "platform": _("This learning system is not registered here, or is switched off."),
    "state": _("This way in is unknown or too old. Open the course in your learning system again."),
    "cookie": _(
        "Your browser kept nothing of the way here, as it does for pages inside other pages. "
        "Open the course in a new window."
    ),
    "used": _("This way in was used already. Open the course in your learning system again."),
    "algorithm": _("The message is not signed in the way that LTI 1.3 asks for (RS256)."),
    "key": _("The key that signed the message is not among the keys of the learning system."),
    "keys": _("The keys of the learning system cannot be fetched now. Try again in some minutes."),
    "signature": _("The signature of the message is wrong."),
    "audience": _("The message is for somebody else: its client ID is not the one registered here."),
    "issuer": _("The message does not come from the learning system that began this."),
    "expired": _("The message is too old. Open the course in your learning system again."),
    "nonce": _("The message belongs to another way in. Open the course in your learning system again."),
    "deployment": _("This deployment of the learning system is not registered here."),
    "message": _("The message is not one that LTI 1.3 knows, or something it needs is missing."),
    "course": _("The course of this link is not open here."),
}


class LaunchRefusedError(Exception):
    """``why`` is a key of ``WHY``: it goes into the log of the desk, too."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    @property
    def words(self) -> str:
        return str(WHY[self.why])


class ExchangeRefusedError(Exception):
    """A refusal of the desk, fit to show."""


class ScoreDelayedError(Exception):
    """The learning system did not take a score now; it is tried again."""
