from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "panoh.learn.training"
    label = "training"
