from django.apps import AppConfig


class TalksConfig(AppConfig):
    name = "panoh.care.talks"
    label = "talks"

    def ready(self) -> None:
        from panoh.ground.vault import public as vault

        from . import public

        vault.register_forget("talks", public.forget)
