from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "panoh.ground.ui"
    label = "ui"
