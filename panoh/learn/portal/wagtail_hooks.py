"""Wagtail's side of the editors' desk: one snippet, its form, and what happens when it is published."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.log_actions import LogActionRegistry, get_active_log_context
from wagtail.models import Collection, Page, TaskState, WorkflowState
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.signal_handlers import disconnect_reference_index_signal_handlers_for_model
from wagtail.signals import published, task_submitted, unpublished, workflow_approved, workflow_rejected
from wagtail.snippets.action_menu import SubmitForModerationMenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from panoh.ground.accounts.public import User

from . import queries, recordings, services
from .forms.writings import WritingForm
from .models import Writing, WritingLog
from .panels import FACT_PANELS, WORD_PANELS
from .views.adding import WritingAdd, WritingPreviewOnAdd


class Nobody(BasePermissionPolicy):
    """Pages and collections of Wagtail's own are not used: nobody may anything, and no group is asked."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return False

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return False

    def explorable_root_instance(self, user: Any) -> None:
        return None


register_permission_policy(Page, Nobody(Page))
register_permission_policy(Collection, Nobody(Collection))


# --- publishing: one call into the services each ----------------------------------------------------------------------


def on_published(instance: Writing, **_kwargs: Any) -> None:
    services.publish_writing(instance, by=get_active_log_context().user)


def on_unpublished(instance: Writing, **_kwargs: Any) -> None:
    services.withdraw_writing(instance, by=get_active_log_context().user)


published.connect(on_published, sender=Writing, dispatch_uid="portal.publish_writing")
unpublished.connect(on_unpublished, sender=Writing, dispatch_uid="portal.withdraw_writing")


def on_asked(instance: TaskState, user: User, **_kwargs: Any) -> None:
    services.ask_to_read(instance.workflow_state.content_object, by=user)


def on_read(instance: WorkflowState, user: User, **_kwargs: Any) -> None:
    is_approved = instance.status == WorkflowState.STATUS_APPROVED
    services.tell_writer(instance.content_object, asked_by=instance.requested_by, is_approved=is_approved, by=user)


task_submitted.connect(on_asked, sender=TaskState, dispatch_uid="portal.ask_to_read")
for one in (workflow_approved, workflow_rejected):
    one.connect(on_read, sender=WorkflowState, dispatch_uid="portal.tell_writer")


@hooks.register("register_log_actions")
def copy_log(actions: LogActionRegistry) -> None:
    actions.register_model(Writing, WritingLog)


@hooks.register("construct_admin_api")
def name_what_is_shut(router: WagtailAPIRouter) -> None:
    """Its frame wants the addresses of pictures and documents even where there are none; the gate keeps them shut."""
    for name in ("images", "documents"):
        router.register_endpoint(name, PagesAdminAPIViewSet)


# --- the form ---------------------------------------------------------------------------------------------------------


class FindingsPanel(Panel):
    """What the checks say about the words as they were opened: errors, which block, and warnings."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "portal/writing/findings.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            found = queries.findings_of(self.instance) if self.instance.pk else []
            return {**context, "findings": [(one.level, queries.said(one)) for one in found]}


class WritingEdit(EditView):
    """Two who write at once both keep their words; who approves does not become the writer by it."""

    def form_valid(self, form: WritingForm) -> HttpResponse:
        seen = self.request.POST.get("loaded_revision_id", "")
        if seen != str(self.object.latest_revision_id or ""):
            return self._ask_again(form, gettext(
                "Somebody saved this page while you were writing. Your words are still in this form, theirs are in the "
                "history. Look at theirs, then save again to put yours on top."
            ))  # fmt: skip
        if self.action != "workflow-action":
            return super().form_valid(form)
        if self.workflow_action == "approve" and form.changes_words:
            return self._ask_again(form, gettext("You changed the words: save them, and let somebody else read them."))
        self.form, self.new_revision = form, None
        return self.run_action_method() or self.save_action()

    def submit_action(self) -> None:
        """Asked for in a second tab: the page waits already, with the words that were just saved."""
        if self.workflow_state is None or self.workflow_state.status != WorkflowState.STATUS_IN_PROGRESS:
            super().submit_action()

    def _ask_again(self, form: WritingForm, why: str) -> HttpResponse:
        self.produced_error_code, self.produced_error_message = "asked_again", why
        form.add_error(None, why)
        return self.form_invalid(form)


class AskSecondPair(SubmitForModerationMenuItem):
    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), "label": gettext("Ask somebody to read it")}


@hooks.register("construct_snippet_action_menu")
def shape_actions(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """A page to children has no button that one person could publish it with."""
    instance = context.get("instance")
    if instance is not None and instance.is_to_children:
        items[:] = [item for item in items if item.name != "action-publish"]
    for place, item in enumerate(items):
        if type(item) is SubmitForModerationMenuItem:
            items[place] = AskSecondPair(order=item.order)


@hooks.register("construct_main_menu")
def shape_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name in {"portal-writing", "board"}]


@hooks.register("register_admin_menu_item")
def way_back() -> MenuItem:
    return MenuItem(_("Board of pages"), reverse("portal_desk:pages"), name="board", icon_name="arrow-left", order=1)


words = [
    FindingsPanel(heading=_("What the checks say")),
    FieldPanel("title"),
    FieldPanel("summary"),
    FieldPanel("now"),
    *WORD_PANELS,
    FieldPanel(
        "body", help_text=_("Markdown: ## heading, - list, **bold**, [words](page:name) or [words](door:talk).")
    ),
    MultiFieldPanel([FieldPanel("easy_title"), FieldPanel("easy")], heading=_("In easy words")),
]
about = [
    FieldPanel("kind"),
    FieldPanel("code"),
    FieldPanel("audience"),
    FieldPanel("quiet"),
    FieldPanel("ages"),
    FieldPanel("risks"),
    FieldPanel("audiences"),
    FieldPanel("page"),
    *FACT_PANELS,
    FieldPanel("position"),
]
a_file = _("The name of a file in {folder}: {endings}.")
heard = [
    FieldPanel("audio", help_text=format_lazy(a_file, folder="content/media", endings=", ".join(recordings.SOUND))),
    FieldPanel("audio_transcript", help_text=_("Only where it says something else than the page.")),
    *(
        MultiFieldPanel(
            [
                FieldPanel(
                    name, help_text=format_lazy(a_file, folder="content/media", endings=", ".join(recordings.PICTURES))
                ),
                FieldPanel(
                    f"{name}_captions", help_text=_("The name of a WebVTT file; no video is published without.")
                ),
                FieldPanel(f"{name}_transcript", help_text=_("All that is said and shown; none is published without.")),
                FieldPanel(f"{name}_poster"),
            ],
            heading=heading,
        )
        for name, heading in (("video", _("Video")), ("sign_video", _("Video in sign language")))
    ),
]
care = [FieldPanel("owner"), FieldPanel("review_due"), FieldPanel("sources"), FieldPanel("confirm")]


class WritingViewSet(SnippetViewSet):
    model = Writing
    icon = "doc-full"
    menu_label = _("Pages")
    menu_name = "portal-writing"
    add_to_admin_menu = True
    base_url_path = "texts"  # "pages" is taken by its own, which are shut
    copy_view_enabled = False
    add_view_class = WritingAdd
    preview_on_add_view_class = WritingPreviewOnAdd
    edit_view_class = WritingEdit
    list_display = ("title", "code", "kind", "audience", "locale")
    list_filter = ("kind", "audience", "quiet")
    search_fields = ("title", "code")
    list_per_page = 50
    edit_handler = TabbedInterface(
        [
            ObjectList(words, heading=_("Words")),
            ObjectList(about, heading=_("Place")),
            ObjectList(heard, heading=_("Sound and video")),
            ObjectList(care, heading=_("Care")),
        ],
        base_form_class=WritingForm,
    )


register_snippet(WritingViewSet)
disconnect_reference_index_signal_handlers_for_model(Writing)
