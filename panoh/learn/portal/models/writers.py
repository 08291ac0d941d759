"""Who writes in the browser, the second pair of eyes, and what was done, written down twice."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry, Task, TaskState
from wagtail.models.audit_log import ModelLogEntryManager

from panoh.ground.accounts.public import Role, User, may
from panoh.ground.audit import public as audit

from .writings import Writing

GRANTED = frozenset(
    {"wagtailadmin.access_admin", *(f"portal.{verb}_writing" for verb in
                                    ("add", "change", "publish", "view", "lock", "unlock"))}
)  # fmt: skip


class Writer(User):
    """One of us as the editing pages want to know them: roles say what they may, nobody stands above the roles."""

    is_superuser = False

    class Meta:
        proxy = True

    def has_perm(self, name: str, _thing: object = None) -> bool:
        return name in GRANTED and may(self, Role.EDITOR, Role.ADMINISTRATOR)

    def has_perms(self, names: list[str], _thing: object = None) -> bool:
        return all(self.has_perm(name) for name in names)


class SecondPair(Task):
    """Somebody else than who wrote the words reads them, and sends them to the street or back."""

    class Meta:
        verbose_name = _("second pair of eyes")

    def get_actions(self, obj: Writing, user: User) -> list[tuple[str, Any, bool]]:
        wrote_it = obj.latest_revision is None or obj.latest_revision.user_id in {None, user.pk}
        back = ("reject", _("Send back with a word"), True)
        return [back] if wrote_it else [back, ("approve", _("I have read it"), False)]

    def get_task_states_user_can_moderate(self, user: User, **_kwargs: Any) -> models.QuerySet[Any]:
        waiting = TaskState.objects.filter(task=self, status=TaskState.STATUS_IN_PROGRESS)
        return waiting.exclude(revision__user=user)

    @classmethod
    def get_description(cls) -> str:
        return str(_("Somebody else than who wrote the words reads them."))


class WritingLogManager(ModelLogEntryManager):
    """What editors see of the history is copied into the ledger, without a word of the text."""

    def log_action(self, instance: Any, action: str, **kwargs: Any) -> Any:
        user = kwargs.get("user")
        verb = "writing." + action.removeprefix("wagtail.")
        thing = f"{instance.language}:{instance.kind}:{instance.code}"
        audit.record(verb, thing=thing, actor=user.code if user else "system")
        return super().log_action(instance, action, **kwargs)


class WritingLog(ModelLogEntry):
    objects = WritingLogManager()

    class Meta:
        proxy = True
