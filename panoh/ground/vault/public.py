"""The vault's front door: sealed words, keyed look-ups, return codes, holds, exports, erasing, forgetting."""

from .errors import (
    BusyError,
    ErasedError,
    ExportRefusedError,
    HeldError,
    RetentionFailedError,
    TamperedError,
    VaultError,
)
from .models import Export, Hold
from .scrubbing import WITHHELD, scrub
from .services.erasure import destroy_keys, erased_keys, finish_erasures, replay_erasures
from .services.exporting import destroy_expired, destroy_exports, export_file, exports_of, read_export
from .services.holding import (
    erase_when_lifted,
    forget_holds,
    held_things,
    hold,
    holds_on,
    is_held,
    lift_hold,
    lift_holds_of,
    owed_things,
    reason_of,
)
from .services.keys import hold_keys, new_key, new_keys
from .services.receipts import NewReceipt, new_receipt, read_receipt, verify_receipt
from .services.retention import finish_restore, register_forget, run_retention
from .services.seals import lookup, seal, unseal, unseal_bytes

__all__ = [
    "WITHHELD",
    "BusyError",
    "ErasedError",
    "Export",
    "ExportRefusedError",
    "HeldError",
    "Hold",
    "NewReceipt",
    "RetentionFailedError",
    "TamperedError",
    "VaultError",
    "destroy_expired",
    "destroy_exports",
    "destroy_keys",
    "erase_when_lifted",
    "erased_keys",
    "export_file",
    "exports_of",
    "finish_erasures",
    "finish_restore",
    "forget_holds",
    "held_things",
    "hold",
    "hold_keys",
    "holds_on",
    "is_held",
    "lift_hold",
    "lift_holds_of",
    "lookup",
    "new_key",
    "new_keys",
    "new_receipt",
    "owed_things",
    "read_export",
    "read_receipt",
    "reason_of",
    "register_forget",
    "replay_erasures",
    "run_retention",
    "scrub",
    "seal",
    "unseal",
    "unseal_bytes",
    "verify_receipt",
]
