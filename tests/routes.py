"""Every route of the site as its name, how to build its address, and whether it is open to the street."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Which thing of the world an argument of a route names; the talk's own routes are the default of ``reference``.
NAMES: dict[str, dict[str, str]] = {
    "helpline:accept_talk": {"reference": "waiting"},
    "helpline:decline_talk": {"reference": "waiting"},
    "helpline:contact": {"reference": "contact"},
    "helpline:amend_contact": {"reference": "contact"},
    "helpline:contact_by_hand": {"reference": "draft"},
    "helpline:finish_contact": {"reference": "draft"},
    "helpline:take_call_back": {"pk": "call_back"},
    "helpline:finish_call_back": {"pk": "call_back"},
    "helpline:decide_held": {"pk": "held"},
    "helpline:hold_debrief": {"pk": "debrief"},
    "helpline:answer_complaint": {"pk": "complaint"},
    "helpline:remove_shift": {"pk": "shift"},
    "accounts:withdraw_invitation": {"code": "invitation"},
    "helpline:media": {"seq": "picture"},
    "helpline:ask_media": {"seq": "picture"},
    "helpline:open_media": {"seq": "picture"},
    "helpline:drill": {"reference": "drill"},
    "helpline:accept_drill": {"reference": "drill"},
    "helpline:say_in_drill": {"reference": "drill"},
    "helpline:end_drill": {"reference": "drill"},
    "helpline:debrief_drill": {"reference": "drill"},
    "reports:decide_held": {"pk": "report_held"},
    "reports:drop_view": {"pk": "report_view"},
    "reports:confirm_classification": {"pk": "classification"},
    **{f"reports:{verb}": {"pk": "notice"} for verb in ("notice", "send_notice", "note_answer", "check_removal")},
    "reports:fetch_export": {"code": ""},
    "cases:remove_view": {"pk": "case_view"},
    "cases:decide_reveal": {"pk": "reveal"},
    "cases:open_reveal": {"pk": "reveal"},
    "cases:review_glass": {"pk": "glass"},
    "cases:decide_approval": {"pk": "approval"},
    "cases:end_access": {"pk": "access"},
    "cases:set_detail": {"pk": "child"},
    "cases:withhold_detail": {"pk": "detail"},
    "cases:withdraw_consent": {"pk": "consent"},
    "cases:finish_action": {"pk": "action"},
    "cases:finish_follow_up": {"pk": "follow_up"},
    "cases:change_note": {"pk": "note"},
    "cases:open_document": {"pk": "document"},
    **{
        f"cases:{verb}": {"reference": "referral"}
        for verb in (
            "referral",
            "approve_referral",
            "send_referral",
            "renew_link",
            "answer_question",
            "revoke_referral",
            "record_answer",
            "renew_packet",
            "referral_json",
            "referral_pdf",
        )
    },
    "portal:sheet": {"slug": "guidance"},
    "portal:helped": {"slug": "guidance"},
    "portal:poster": {"slug": "guidance"},
    "portal:pack": {"code": "pack"},
    "portal:pack_file": {"code": "pack"},
    "portal:thanks": {"slug": "guidance"},
    "portal:tool": {"slug": "tool"},
    "portal:checklist": {"slug": "checklist"},
    "portal:page": {"slug": "page"},
    **{f"portal:{kind}": {"slug": kind} for kind in ("alert", "campaign", "opportunity", "resource", "album")},
    "portal:news_post": {"slug": "news"},
    "portal:campaign_report": {"slug": "campaign"},
    "portal:campaign_reported": {"slug": "campaign"},
    **{f"portal_desk:{verb}": {"pk": "photo"} for verb in ("describe_photo", "photo_file", "remove_photo")},
    **{f"portal_desk:{verb}": {"code": "voice"} for verb in ("voice", "review_voice", "withdraw_voice")},
    **{
        f"portal_desk:{verb}": {"code": "album_kept"}
        for verb in ("album", "edit_album", "add_photo", "add_consent", "publish_album", "withdraw_album")
    },
    "portal_desk:withdraw_consent": {"pk": "photo_consent"},
    "portal_desk:decide_campaign_report": {"pk": "campaign_told"},
    "portal_desk:remove_handout": {"code": "handout"},
    "portal_desk:upload": {"code": "upload"},
    "portal_desk:undo_upload": {"code": "upload"},
    **{f"portal_desk:{verb}": {"code": "pledge"} for verb in ("edit_pledge", "report_pledge", "publish_pledge")},
    "play_desk:plays_file": {"form": "play_table"},
    "play:file": {"kind": "play_kind", "slug": "play_story", "form": "play_form"},
    "play:piece": {"kind": "play_kind", "slug": "play_story"},
    "play:scene": {"slug": "play_story", "code": "play_scene"},
    "play:item": {"slug": "play_quiz"},
    "play:guide": {"slug": "play_workbook"},
    "play:guide_sheet": {"slug": "play_workbook"},
    "play:lesson_sheet": {"slug": "play_path", "code": "play_lesson"},
    "play:lesson": {"slug": "play_path", "code": "play_lesson"},
    "academy_desk:withdraw": {"pk": "cohort_invitation"},
    "academy:join": {"code": "cohort_link"},
    **{
        f"academy:{verb}": {"number": "attempt"}
        for verb in ("attempt", "question", "answer", "review_test", "submit_test", "result")
    },
    **{f"exam_desk:{verb}": {"number": "attempt"} for verb in ("attempt", "allow_more")},
    **{f"exam_desk:{verb}": {"pk": "bank_question"} for verb in ("bank_question", "retire_question")},
    **{
        f"certificates:{verb}": {"code": "certificate_list", "line": "certificate_line"}
        for verb in (
            "roster",
            "issue_roster",
            "confirm_rows",
            "correct_row",
            "leave_row_out",
            "not_issued",
            "undo_roster",
            "drop_roster",
        )
    },
    **{f"certificates:{verb}": {"design": "certificate_design"} for verb in ("design", "specimen", "specimen_picture")},
    "certificates:compromise": {"pk": "certificate_key"},
    "certificate:status_list": {"number": "certificate_statuses"},
    "exam_desk:decide_request": {"pk": "attempt_request"},
    "exam_desk:bank": {"course": "course_course"},
    **{f"exam_desk:{verb}": {"course": "course_course"} for verb in ("questions", "take_questions")},
    **{f"exchange:{verb}": {"code": "platform"} for verb in ("edit_platform", "switch_platform")},
    "academy:pack_file": {"course": "course_course"},
    "organisations:edit_service": {"pk": "service"},
    "organisations:remove_service": {"pk": "service"},
    "organisations:end_focal_point": {"pk": "focal_point"},
}
# What ``code`` and ``reference`` name in a room, where the route itself does not say otherwise.
CODES = {"accounts": "person", "organisations": "organisation", "helpline": "person", "portal_desk": "partner",
         "academy_desk": "cohort", "certificates": "certificate", "certificate": "certificate"}  # fmt: skip
NUMBERS = {"organisations:edit", "organisations:check", "organisations:switch"}
REFERENCES = {"reports": "report", "cases": "case", "partner": "to_agency", "api": "to_agency"}
# What is one person's more than another's; the rest belongs to the centre.
OWNED = {"talk", "waiting", "contact", "draft", "complaint", "held", "call_back", "drill", "report", "case", "referral"}
OWNED |= {"to_agency", "report_view", "report_held", "case_view", "cohort"}
FIXED: dict[str, Any] = {"seq": 1, "code": "unknown", "uidb36": "1", "key": "x-y", "provider_id": "directory"}
FIXED |= {"number": 3, "place": 1, "year": 2026, "width": 480, "ending": "jpg"}
FIXED |= {"token": "unknown", "pk": 1, "rest": "nowhere", "audience": "children"}
FIXED |= {"language": "uz", "n": 1, "script": "ru", "form": "html", "named": "oz"}
TABLES = {"academy_desk:progress", "exam_desk:questions"}
ABSENT: dict[str, Any] = {"int": 987_654, "str": "nobody-knows-this", "uuid": uuid.UUID(int=7)}
# A third party's routes behind one gate of ours: one row stands for all (tests of the gate: portal's test_gate.py).
FOLDED = {"panoh.learn.portal.editing_urls": "wagtailadmin_home"}


@dataclass(frozen=True)
class Route:
    name: str
    pattern: URLPattern

    @property
    def is_open(self) -> bool:
        """As the middleware that shuts every door asks it."""
        return not getattr(self.pattern.callback, "login_required", True)

    @property
    def arguments(self) -> dict[str, str]:
        """Each argument and which thing of the world it names; "" for one that names nothing of ours."""
        room = self.name.rpartition(":")[0]
        code = "number" if self.name in NUMBERS else CODES.get(room, "")
        usual = {"reference": REFERENCES.get(room, "talk"), "code": code, "position": "position"}
        usual |= {"officer": "officer", "key_id": "client"}
        usual |= (
            {one: f"course_{one}" for one in ("course", "module", "lesson")}
            if room in {"academy", "lesson_desk"}
            else {}
        )
        named = {**usual, **NAMES.get(self.name, {})}
        return {argument: named.get(argument, "") for argument in self.pattern.pattern.regex.groupindex}

    @property
    def sides(self) -> list[str]:
        """Whose things its rows of the table tell apart."""
        things = set(self.arguments.values()) - {""}
        if things:
            return ["own", "other", "absent"] if things & OWNED else ["other", "absent"]
        return ["-", "own"] if self.name.startswith(("talk:", "report:", "packet:")) and not things else ["-"]

    def address(self, things: dict[str, Any]) -> dict[str, Any]:
        """The arguments of its address for these things."""
        return {name: things[thing] if thing else self.fixed(name) for name, thing in self.arguments.items()}

    def fixed(self, name: str) -> Any:
        """What stands for an argument that names nothing of ours."""
        return "csv" if name == "form" and self.name in TABLES else FIXED[name]

    def absent(self) -> dict[str, Any]:
        """Arguments that name a thing which is not there."""
        converters = self.pattern.pattern.converters
        kinds = {"IntConverter": "int", "UUIDConverter": "uuid"}
        absent = {name: ABSENT[kinds.get(type(one).__name__, "str")] for name, one in converters.items()}
        return {
            name: (absent.get(name, ABSENT["str"]) if thing else self.fixed(name))
            for name, thing in self.arguments.items()
        }


def every_route(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[Route]:
    for item in (resolver or get_resolver()).url_patterns:
        if isinstance(item, URLResolver) and urlconf_of(item) in FOLDED:
            first: Any = item.url_patterns[0]
            yield Route(FOLDED[urlconf_of(item)], first)
        elif isinstance(item, URLResolver):
            yield from every_route(item, f"{prefix}{item.namespace}:" if item.namespace else prefix)
        else:
            yield Route(f"{prefix}{item.name}", item)


def urlconf_of(item: URLResolver) -> str:
    """The module whose addresses an ``include`` opened, "" for a list."""
    return getattr(item.urlconf_name, "__name__", "")
