"""What the bot's door does: writes updates down, deals with each once, runs small errands, forgets."""

from .errands import finish_errand, new_errand, postpone_errand
from .forgetting import forget
from .inbox import process_update, store_update, store_updates, try_parked_again
from .playing import note_played

__all__ = [
    "finish_errand",
    "forget",
    "new_errand",
    "note_played",
    "postpone_errand",
    "process_update",
    "store_update",
    "store_updates",
    "try_parked_again",
]
