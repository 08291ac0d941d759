from django.apps import AppConfig


class AcademyConfig(AppConfig):
    name = "panoh.learn.academy"
    label = "academy"

    def ready(self) -> None:
        from panoh.ground.accounts import public as accounts
        from panoh.ground.search import public as search
        from panoh.learn.portal import public as portal

        from .queries.indexing import search_rows
        from .queries.mine import what_is_held
        from .services.enrolling import forget_learner

        search.register("academy", search_rows)
        portal.find_also("academy")
        accounts.register_learner_room("academy", tell=what_is_held, forget=forget_learner)
