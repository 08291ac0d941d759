"""Sends the key store, and nothing else, to its own database."""

from typing import Any


class KeyStoreRouter:
    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return "keys" if model._meta.model_name == "datakey" else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool | None:
        is_key = app_label == "vault" and model_name == "datakey"
        return db == "keys" if is_key else db != "keys"
