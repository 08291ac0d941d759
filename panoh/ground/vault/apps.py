from django.apps import AppConfig
from django.conf import settings


class VaultConfig(AppConfig):
    name = "panoh.ground.vault"
    label = "vault"

    def ready(self) -> None:
        """A ring of the wrong shape stops the start, not the first message."""
        from .services.holding import forget_holds
        from .services.keys import ring
        from .services.retention import register_forget

        register_forget("holds", forget_holds)
        if settings.VAULT_KEYS:
            ring()
