from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "panoh.ground.audit"
    label = "audit"
