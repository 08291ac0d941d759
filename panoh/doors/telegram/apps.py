from django.apps import AppConfig


class TelegramConfig(AppConfig):
    name = "panoh.doors.telegram"
    label = "telegram"

    def ready(self) -> None:
        from panoh.ground.notify import public as notify
        from panoh.ground.vault import public as vault

        from .services import forget
        from .services.learning import tell_chat

        vault.register_forget("telegram", forget)
        notify.register_telegram(tell_chat)
