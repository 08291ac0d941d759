"""Words that several pages and the paper share."""

from django.utils.translation import gettext_lazy as _

MENU = _("Certificates")
STATES = {
    "making": _("being signed"),
    "valid": _("valid"),
    "expired": _("expired"),
    "superseded": _("superseded by a newer one"),
    "revoked": _("revoked"),
    "withdrawn": _("withdrawn by its holder"),
    "unknown": _("not known"),
}
# Why a certificate is revoked: codes only, so that the public page says no more than this.
REASONS = {
    "issued_in_error": _("it was issued in error"),
    "conditions_not_met": _("the conditions were not met"),
    "misuse": _("it was misused"),
    "agreement_broken": _("the trainer's agreement was broken"),
    "roster_undone": _("the list it came with was taken back"),
}
REISSUE_REASONS = {"name_changed": _("the name has changed"), "name_misspelt": _("the name was misspelt")}
