from django.apps import AppConfig


class TelegramConfig(AppConfig):
    name = "panoh.doors.telegram"
    label = "telegram"

    def ready(self) -> None:
        from panoh.ground.vault import public as vault

        from .services import forget

        vault.register_forget("telegram", forget)
