from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "panoh.doors.live"
    label = "live"
