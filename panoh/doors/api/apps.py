from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "panoh.doors.api"
    label = "api"
