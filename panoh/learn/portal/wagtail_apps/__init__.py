"""Wagtail's own apps, without what we do not open: its mails, its content API, its pages for people and groups."""

from types import ModuleType

from wagtail.admin.apps import WagtailAdminAppConfig
from wagtail.snippets.apps import WagtailSnippetsAppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class Admin(WagtailAdminAppConfig):
    """Its mails look for groups and superusers, which our people do not have; our own news go through ``notify``."""

    def ready(self) -> None:
        super().ready()
        from wagtail import signals
        from wagtail.models import TaskState, WorkflowState

        for signal, sender, name in (
            (signals.task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
            (signals.workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
            (signals.workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
            (signals.workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
        ):
            signal.disconnect(sender=sender, dispatch_uid=name)


class Snippets(WagtailSnippetsAppConfig):
    """Without its content API, and without rows of permissions: roles say who may."""

    def ready(self) -> None:
        from wagtail.snippets.models import register_deferred_snippets

        register_deferred_snippets()


class Users(WagtailUsersAppConfig):
    """Only its table of how somebody likes the editor to look. An empty module hides its pages from the hooks."""

    def ready(self) -> None:
        self.module = ModuleType(self.name)
