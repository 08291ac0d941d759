"""Every change of the ledger."""

from .following import (
    default_safe_hours,
    follow_by_code,
    new_follow_code,
    send_missed,
    set_safe_hours,
    tell_outcome,
    unfollow,
)
from .forgetting import forget, forget_conversation, forget_silent
from .holding_back import decide_words, hold_words
from .ledger import (
    append_message,
    close_conversation,
    identity_for,
    lock_conversation,
    mark_seen,
    open_conversation,
    revise_message,
    set_blocked,
)
from .outgoing import (
    Outgoing,
    claim_outgoing,
    mark_failed,
    mark_sent,
    mark_stale_sending_unconfirmed,
    mark_unconfirmed,
    release_outgoing,
    retry_later,
    send_again,
)
from .returning import conversation_by_receipt, end_visit, issue_receipt, keep_visit, new_visit, start_visit

__all__ = [
    "Outgoing",
    "append_message",
    "claim_outgoing",
    "close_conversation",
    "conversation_by_receipt",
    "decide_words",
    "default_safe_hours",
    "end_visit",
    "follow_by_code",
    "forget",
    "forget_conversation",
    "forget_silent",
    "hold_words",
    "identity_for",
    "issue_receipt",
    "keep_visit",
    "lock_conversation",
    "mark_failed",
    "mark_seen",
    "mark_sent",
    "mark_stale_sending_unconfirmed",
    "mark_unconfirmed",
    "new_follow_code",
    "new_visit",
    "open_conversation",
    "release_outgoing",
    "retry_later",
    "revise_message",
    "send_again",
    "send_missed",
    "set_blocked",
    "set_safe_hours",
    "start_visit",
    "tell_outcome",
    "unfollow",
]
