"""Numbers to call, each with the day somebody last checked it."""

from .errors import NumberRefusedError
from .models import NumberToCall, Organisation
from .queries import DueNumber, ShownNumber, due_numbers, has_verified_emergency_number, numbers_to_call
from .services import load_numbers, record_check

__all__ = [
    "DueNumber",
    "NumberRefusedError",
    "NumberToCall",
    "Organisation",
    "ShownNumber",
    "due_numbers",
    "has_verified_emergency_number",
    "load_numbers",
    "numbers_to_call",
    "record_check",
]
