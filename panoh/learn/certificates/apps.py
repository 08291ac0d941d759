from datetime import timedelta

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "panoh.learn.certificates"
    label = "certificates"

    def ready(self) -> None:
        from panoh.ground.jobs import public as jobs
        from panoh.ground.ui import navigation
        from panoh.ground.vault import public as vault

        from . import policy, services
        from .labels import MENU

        vault.register_forget("certificates", services.forget_certificates)
        vault.register_forget("certificate_lists", services.forget_lists)
        jobs.register_timetable("certificates.sign", services.sign_what_waits, every=timedelta(minutes=1))
        navigation.register(
            MENU, "certificates:list", roles=policy.READERS, order=63, icon="check", slug="certificates"
        )
