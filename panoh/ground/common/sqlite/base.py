"""Django's SQLite, where writers take turns. Named and placed as Django looks for a database engine."""

from typing import Any

from django.db.backends.sqlite3 import base

from .fresh import begin
from .turns import Turn


class DatabaseWrapper(base.DatabaseWrapper):
    """Every transaction (they begin ``IMMEDIATE``) waits for its turn before it begins and leaves it at its end.

    Without the turn within the time-out SQLite itself decides, as it would have before.
    """

    _turn: Turn | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        opened = super().get_new_connection(conn_params)
        self._forget_turn()
        if not self.is_in_memory_db():
            self._turn = Turn(str(self.settings_dict["NAME"]))
        if self.settings_dict.get("FRESH"):
            begin(opened, self.settings_dict["FRESH"])
        return opened

    def _start_transaction_under_autocommit(self) -> None:
        if self._turn:
            self._turn.take(float(self.settings_dict["OPTIONS"].get("timeout", 20)))
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # not in the stubs
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # not in the stubs
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # not in the stubs
        finally:
            self._forget_turn()

    def _leave(self) -> None:
        if self._turn:
            self._turn.leave()

    def _forget_turn(self) -> None:
        if self._turn:
            self._turn.close()
        self._turn = None
