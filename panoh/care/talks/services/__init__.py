"""Every change of the ledger."""

from .forgetting import forget, forget_conversation
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
from .returning import conversation_by_receipt, end_visit, issue_receipt, start_visit

__all__ = [
    "Outgoing",
    "append_message",
    "claim_outgoing",
    "close_conversation",
    "conversation_by_receipt",
    "end_visit",
    "forget",
    "forget_conversation",
    "identity_for",
    "issue_receipt",
    "lock_conversation",
    "mark_failed",
    "mark_seen",
    "mark_sent",
    "mark_stale_sending_unconfirmed",
    "mark_unconfirmed",
    "open_conversation",
    "release_outgoing",
    "retry_later",
    "revise_message",
    "send_again",
    "set_blocked",
    "start_visit",
]
