"""Every change of the directory, of who speaks for it, of partners' systems and of the numbers to call."""

from .calls import answer_once, check_signature, drop_expired
from .directory import (
    add_organisation,
    add_service,
    change_organisation,
    change_service,
    record_organisation_check,
    remove_service,
    switch_organisation,
)
from .loading import load_organisations
from .numbers import add_number, change_number, load_numbers, record_check, switch_number, watch_numbers
from .people import add_focal_point, add_member, end_focal_point, end_member, forget_focal_points, open_focal_points
from .systems import (
    NewSecret,
    add_client,
    change_webhook,
    end_overlap,
    rotate_client,
    switch_client,
    tell_system,
)
from .watching import watch_organisations

__all__ = [
    "NewSecret",
    "add_client",
    "add_focal_point",
    "add_member",
    "add_number",
    "add_organisation",
    "add_service",
    "answer_once",
    "change_number",
    "change_organisation",
    "change_service",
    "change_webhook",
    "check_signature",
    "drop_expired",
    "end_focal_point",
    "end_member",
    "end_overlap",
    "forget_focal_points",
    "load_numbers",
    "load_organisations",
    "open_focal_points",
    "record_check",
    "record_organisation_check",
    "remove_service",
    "rotate_client",
    "switch_client",
    "switch_number",
    "switch_organisation",
    "tell_system",
    "watch_numbers",
    "watch_organisations",
]
