"""Every change of state of the exchange."""

from .events import note_events_taken
from .keys import rotate_key, signing_key
from .launching import Come, begin_launch, choose_thing, finish_launch
from .platforms import PlatformFacts, keep_platform, switch_platform
from .scores import clear_openings, forget_learner, note_scores, post_score, send_due

__all__ = [
    "Come",
    "PlatformFacts",
    "begin_launch",
    "choose_thing",
    "clear_openings",
    "finish_launch",
    "forget_learner",
    "keep_platform",
    "note_events_taken",
    "note_scores",
    "post_score",
    "rotate_key",
    "send_due",
    "signing_key",
    "switch_platform",
]
