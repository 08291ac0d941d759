"""What the vault refuses."""

from django.utils.translation import gettext_lazy as _


class VaultError(Exception):
    """Any refusal of the vault; its text is fit to show and never quotes what was sealed."""

    said = _("This cannot be opened.")

    def __str__(self) -> str:
        return str(self.said)


class ErasedError(VaultError):
    """The data key was destroyed: what it sealed is gone for good."""

    said = _("This has been erased.")


class TamperedError(VaultError):
    """The sealed bytes were changed, moved to another row, or sealed with another key."""

    said = _("This was changed outside the system and cannot be opened.")


class BusyError(VaultError):
    """Too many return codes are being checked at once."""

    said = _("Very many people are here at this moment. Please try again in a minute.")


class HeldError(VaultError):
    """Somebody must keep it: a lawful demand or an open case stands on it."""

    said = _("This is on hold and cannot be erased now.")


class ExportRefusedError(VaultError):
    """There is no such export (any more), or the file cannot be made safe like this."""

    said = _("This file cannot be made or fetched like this. Exports are always encrypted and expire after some days.")


class RetentionFailedError(VaultError):
    """Some rooms could not forget; the others did."""

    def __init__(self, rooms: list[str]) -> None:
        super().__init__(rooms)
        self.rooms = rooms

    def __str__(self) -> str:
        return "not forgotten: " + ", ".join(self.rooms)
