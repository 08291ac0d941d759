"""Every change of state of the portal."""

from .albums import add_album, add_photo, change_album, describe_photo, photo_refusal
from .albums_published import (
    end_consents,
    publish_album,
    record_consent,
    remove_photo,
    withdraw_album,
    withdraw_consent,
)
from .campaigning import decide_campaign_report, send_campaign_report
from .exporting import Exported, export_content
from .feedback import count_answer, count_reason, settle_feedback
from .overriding import override_words
from .publishing import (
    Imported,
    as_html,
    count_question,
    import_content,
    make_scripts,
    publish_sheets,
    rewrite_content,
    with_variants,
)
from .reading import ask_to_read, tell_writer
from .taking_in import open_desk
from .voices import enter_voice, forget_voices, review_voice, withdraw_voice
from .writing import drafted_sheet, publish_writing, start_translation, withdraw_writing

__all__ = [
    "Exported",
    "Imported",
    "add_album",
    "add_photo",
    "as_html",
    "ask_to_read",
    "change_album",
    "count_answer",
    "count_question",
    "count_reason",
    "decide_campaign_report",
    "describe_photo",
    "drafted_sheet",
    "end_consents",
    "enter_voice",
    "export_content",
    "forget_voices",
    "import_content",
    "make_scripts",
    "open_desk",
    "override_words",
    "photo_refusal",
    "publish_album",
    "publish_sheets",
    "publish_writing",
    "record_consent",
    "remove_photo",
    "review_voice",
    "rewrite_content",
    "send_campaign_report",
    "settle_feedback",
    "start_translation",
    "tell_writer",
    "with_variants",
    "withdraw_album",
    "withdraw_consent",
    "withdraw_voice",
    "withdraw_writing",
]
