"""The vault's front door: sealed words, keyed look-ups, return codes, erasing, forgetting."""

from .errors import BusyError, ErasedError, RetentionFailedError, TamperedError, VaultError
from .services.erasure import destroy_keys, finish_erasures, replay_erasures
from .services.keys import new_key
from .services.receipts import NewReceipt, new_receipt, read_receipt, verify_receipt
from .services.retention import register_forget, run_retention
from .services.seals import lookup, seal, unseal, unseal_bytes

__all__ = [
    "BusyError",
    "ErasedError",
    "NewReceipt",
    "RetentionFailedError",
    "TamperedError",
    "VaultError",
    "destroy_keys",
    "finish_erasures",
    "lookup",
    "new_key",
    "new_receipt",
    "read_receipt",
    "register_forget",
    "replay_erasures",
    "run_retention",
    "seal",
    "unseal",
    "unseal_bytes",
    "verify_receipt",
]
