"""Every change in training."""

from ..errors import TrainingRefusedError
from .attendance import MarkSaid, Taken, mark_attendance
from .events import cancel_event, count_heads, decide_count, finish_event, make_event, make_programme
from .figures import recount, refresh_figures
from .forgetting import forget_people
from .people import Draft, add_people, change_person, find_known, judge_pair, undo_verdict
from .rosters import apply_roster, choose, drop_roster, map_columns, preview_roster, undo_roster

__all__ = [
    "Draft",
    "MarkSaid",
    "Taken",
    "TrainingRefusedError",
    "add_people",
    "apply_roster",
    "cancel_event",
    "change_person",
    "choose",
    "count_heads",
    "decide_count",
    "drop_roster",
    "find_known",
    "finish_event",
    "forget_people",
    "judge_pair",
    "make_event",
    "make_programme",
    "map_columns",
    "mark_attendance",
    "preview_roster",
    "recount",
    "refresh_figures",
    "undo_roster",
    "undo_verdict",
]
