"""One INSERT, built once for each table. For rows that are written at every word, where Django's building of the
statement costs five times its running (0.35 against 0.07 ms); signals, expressions and inheritance are left to Django.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import connections, router, transaction
from django.db.models import AutoField, Field, Model


class Statement(NamedTuple):
    sql: str
    fields: tuple[Field[Any, Any], ...]
    gives: str  # the column that the database numbers, "" where the row brings its own


@cache
def _statement(model: type[Model], alias: str, rows: int) -> Statement:
    connection, meta = connections[alias], model._meta
    if meta.parents:
        raise TypeError(f"{meta.label} stands in more than one table")
    key = meta.pk
    numbered = key if isinstance(key, AutoField) else None
    fields = tuple(one for one in meta.local_concrete_fields if one is not numbered and not one.generated)
    name = connection.ops.quote_name
    columns, one = ", ".join(name(str(field.column)) for field in fields), ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {name(meta.db_table)} ({columns}) VALUES {', '.join([f'({one})'] * rows)}"  # noqa: S608 (our own names)
    return Statement(sql, fields, str(numbered.column) if numbered else "")


def insert(row: Model) -> None:
    """Write one new row; its number, where the database gives one, stands in it then.

    Raises what ``save(force_insert=True)`` raises. Defaults of the database are not known here.
    """
    model, alias = type(row), router.db_for_write(type(row), instance=row)
    connection = connections[alias]
    statement = _statement(model, alias, 1)
    sql = statement.sql
    if statement.gives:
        sql += f" RETURNING {connection.ops.quote_name(statement.gives)}"
    with transaction.mark_for_rollback_on_error(using=alias), connection.cursor() as cursor:
        cursor.execute(sql, _values(row, statement, connection))
        if statement.gives:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, alias


def insert_all(rows: Sequence[Model]) -> None:
    """Write new rows of one table in one statement; their numbers are not read back."""
    if not rows:
        return
    model, alias = type(rows[0]), router.db_for_write(type(rows[0]), instance=rows[0])
    connection = connections[alias]
    statement = _statement(model, alias, len(rows))
    values = [value for row in rows for value in _values(row, statement, connection)]
    with transaction.mark_for_rollback_on_error(using=alias), connection.cursor() as cursor:
        cursor.execute(statement.sql, values)


def _values(row: Model, statement: Statement, connection: Any) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, True), connection) for field in statement.fields]
