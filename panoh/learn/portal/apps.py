from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "panoh.learn.portal"
    label = "portal"

    def ready(self) -> None:
        from panoh.ground.search import public as search
        from panoh.ground.vault import public as vault

        from . import queries

        search.register("portal", queries.search_rows)
        # The index stands beside the vault, not on it; whoever asks it on the street sees to it that it forgets.
        vault.register_forget("search", search.forget)
