from django.apps import AppConfig
from django.conf import settings


class VaultConfig(AppConfig):
    name = "panoh.ground.vault"
    label = "vault"

    def ready(self) -> None:
        """A ring of the wrong shape stops the start, not the first message."""
        from .services.keys import ring

        if settings.VAULT_KEYS:
            ring()
