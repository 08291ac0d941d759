from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "panoh.ground.search"
    label = "search"
