"""One SELECT, built once for each database. For rows that are read at every answer a person gives, where Django's
building of the statement costs several times its running. ``inserting.py`` is the same for writing.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connections, router
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)
# Two values of each kind: what differs between the two statements is where the value stands.
SAMPLES: dict[type, tuple[Any, Any]] = {
    UUID: (UUID(int=1), UUID(int=2)),
    str: ("\x01", "\x02"),
    int: (1, 2),
    datetime: (datetime(2001, 1, 1, tzinfo=UTC), datetime(2002, 1, 1, tzinfo=UTC)),
}


class Question(Generic[M]):
    """``build`` makes the queryset of whole rows from values named and typed by ``kinds``: uuid, str, int, datetime.

    It is called with samples and never again, so it must not look at the values; ``select_related`` and annotations are
    kept, prefetching is not known here.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], **kinds: type) -> None:
        self.build, self.kinds = build, kinds
        self._ready: dict[str, _Ready] = {}

    @cached_property
    def _model(self) -> type[M]:
        return self._sample(0).model

    def _sample(self, which: int, only: str = "") -> QuerySet[M]:
        """The queryset of the first samples; with the other sample of one name where one is named."""
        values = {name: SAMPLES[kind][which if name == only else 0] for name, kind in self.kinds.items()}
        return self.build(**values)

    def first(self, **values: Any) -> M | None:
        """The first row, or None. Locks and the present transaction are those of an ordinary query."""
        alias = router.db_for_write(self._model)
        ready = self._ready.get(alias)
        if ready is None:
            ready = self._ready[alias] = _Ready(
                alias, self._sample(0)[:1], {n: self._sample(1, n)[:1] for n in self.kinds}
            )
        found: M | None = ready.first(values)
        return found


class _Ready:
    """A compiled statement and how its columns become a row."""

    def __init__(self, alias: str, one: QuerySet[Any], others: dict[str, QuerySet[Any]]) -> None:
        self.alias = alias
        self.compiler = compiler = one.query.get_compiler(alias)
        self.sql, self.params = compiler.as_sql()
        self.places = {name: self._differs(other) for name, other in others.items()}
        fields = [column[0] for column in compiler.select[: compiler.col_count]]
        self.converters = compiler.get_converters(fields)
        info = compiler.klass_info
        chosen = info["select_fields"]
        self.model, self.start, self.end = info["model"], chosen[0], chosen[-1] + 1
        self.names = [column[0].target.attname for column in compiler.select[self.start : self.end]]
        self.related = get_related_populators(info, compiler.select, alias)  # type: ignore[call-arg]  # the stubs are of Django 6.1
        self.extra = compiler.annotation_col_map or {}

    def _differs(self, other: QuerySet[Any]) -> list[int]:
        sql, params = other.query.get_compiler(self.alias).as_sql()
        places = [at for at, (one, two) in enumerate(zip(self.params, params, strict=False)) if one != two]
        if sql != self.sql or len(params) != len(self.params) or not places:
            raise TypeError("the statement does not stay the same whatever is asked")
        return places

    def first(self, values: dict[str, Any]) -> Any:
        connection = connections[self.alias]
        params = list(self.params)
        for name, value in values.items():
            for place in self.places[name]:
                params[place] = _adapted(value, connection)
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            row = cursor.fetchone()
        if row is None:
            return None
        if self.converters:
            row = next(iter(self.compiler.apply_converters([row], self.converters)))
        found = self.model.from_db(self.alias, self.names, row[self.start : self.end])
        for populator in self.related:
            populator.populate(row, found)
        for name, place in self.extra.items():
            setattr(found, name, row[place])
        return found


def _adapted(value: Any, connection: Any) -> Any:
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
