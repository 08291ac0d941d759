from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "panoh.doors.desk"
    label = "desk"
