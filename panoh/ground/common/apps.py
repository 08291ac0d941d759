from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "panoh.ground.common"
    label = "common"
