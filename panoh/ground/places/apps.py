from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "panoh.ground.places"
    label = "places"
