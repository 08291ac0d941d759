from django.apps import AppConfig


class AcademyConfig(AppConfig):
    name = "panoh.learn.academy"
    label = "academy"

    def ready(self) -> None:
        from panoh.ground.accounts import public as accounts

        from .queries.mine import what_is_held
        from .services.enrolling import forget_learner

        accounts.register_learner_room("academy", tell=what_is_held, forget=forget_learner)
