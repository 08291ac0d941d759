"""Counts that are facts: right when many write at once, the same after the night, and silent about the order."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from django.db import connection, connections, models, transaction

from panoh.ground.common import cells as counting
from panoh.ground.common.cells import Cell, add, add_all, band, cell_key, cells, count_by, month_of, move, settle

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
BOTH = (MAY, JUNE)


class PondCell(Cell):
    pk = cell_key("bird", "weekday")
    bird = models.CharField(max_length=10)
    weekday = models.PositiveSmallIntegerField()

    class Meta:
        app_label = "common"
        managed = False


class TreeCell(Cell):
    pk = cell_key("tree")
    tree = models.CharField(max_length=10)

    class Meta:
        app_label = "common"
        managed = False


@contextmanager
def tables_of(*made: type[Cell]) -> Iterator[None]:
    """The tables of these models, also inside a test's own transaction."""
    with connection.cursor() as cursor:
        for model in made:
            cursor.execute(connection.schema_editor().table_sql(model)[0])
        yield
    with connection.cursor() as cursor:
        for model in made:
            cursor.execute(f"DROP TABLE {model._meta.db_table}")


@pytest.fixture
def tables(db: None) -> Iterator[None]:
    with tables_of(PondCell, TreeCell):
        yield


def duck(n: int = 1, month: date = MAY, weekday: int = 1) -> None:
    add(PondCell, month, {"bird": "duck", "weekday": weekday}, n)


def test_counts_add_up_over_their_slots(tables: None) -> None:
    for slot in range(40):
        counting._own.slot = slot % counting.SLOTS  # as many threads would
        duck()
    duck(month=JUNE, weekday=2)
    assert 1 < PondCell._default_manager.filter(month=MAY).count() <= counting.SLOTS
    assert cells(PondCell, BOTH) == [(41,)]
    assert cells(PondCell, BOTH, by=("month", "bird")) == [(MAY, "duck", 40), (JUNE, "duck", 1)]
    assert cells(PondCell, (MAY, date(2026, 5, 31)), by=("weekday",)) == [(1, 40)]
    assert cells(PondCell, BOTH, weekday=2) == [(1,)]


def test_a_correction_moves_a_count_and_the_total_stays(tables: None) -> None:
    duck()
    move(PondCell, MAY, [("duck", 1)], [("goose", 1), ("duck", 1)])
    move(PondCell, MAY, [("duck", 1)], [("goose", 2)])
    assert cells(PondCell, BOTH, by=("bird", "weekday")) == [("goose", 1, 1), ("goose", 2, 1)]


def test_what_is_not_counted_together_is_refused_and_not_guessed(tables: None) -> None:
    with pytest.raises(TypeError, match="bird, weekday"):
        add(PondCell, MAY, {"bird": "duck"})
    with pytest.raises(ValueError, match="colour"):
        cells(PondCell, BOTH, by=("colour",))
    with pytest.raises(ValueError, match="bird, tree"):
        count_by((PondCell, TreeCell), BOTH, ("tree", "bird"))
    add(TreeCell, MAY, {"tree": "elm"})
    assert count_by((PondCell, TreeCell), BOTH, ("month", "tree")) == [(MAY, "elm", 1)]


def test_after_the_night_the_sums_are_the_same_and_the_order_tells_nothing(tables: None) -> None:
    for bird, weekday in (("swan", 7), ("duck", 3), ("heron", 1), ("duck", 1)):
        for _ in range(5):
            add(PondCell, MAY, {"bird": bird, "weekday": weekday})
    add(PondCell, MAY, {"bird": "heron", "weekday": 1}, -5)
    before = cells(PondCell, BOTH, by=("month", "bird", "weekday"))
    assert settle(PondCell) == 3
    assert cells(PondCell, BOTH, by=("month", "bird", "weekday")) == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT bird, weekday, slot FROM common_pondcell")  # as it lies, in a dump too
        assert cursor.fetchall() == [("duck", 1, 0), ("duck", 3, 0), ("swan", 7, 0)]


def test_more_cells_than_one_statement_holds_are_settled(tables: None) -> None:
    add_all(PondCell, MAY, {(f"b{number}", 1): 2 for number in range(90)})
    add_all(PondCell, JUNE, {(f"b{number}", 1): 1 for number in range(190)})
    assert settle(PondCell) == 280
    assert cells(PondCell, BOTH) == [(370,)]


def test_a_cell_has_codes_and_a_number_and_nothing_else(tables: None) -> None:
    assert [field.name for field in PondCell._meta.concrete_fields] == ["month", "slot", "n", "bird", "weekday"]


def test_a_month_is_the_centres_month() -> None:
    assert month_of(datetime(2026, 5, 31, 20, tzinfo=UTC)) == JUNE  # past midnight in Tashkent
    assert month_of(date(2026, 5, 31)) == MAY


@pytest.mark.parametrize(("value", "code"), [(None, ""), (0, "u5"), (5, "u5"), (5.1, "u10"), (11, "more")])
def test_a_band_holds_its_edge(value: float | None, code: str) -> None:
    assert band(value, ((5, "u5"), (10, "u10")), "more") == code


@pytest.fixture
def pond(shared: None) -> Iterator[None]:
    with tables_of(PondCell):
        yield


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_lose_nothing_also_while_the_night_settles(pond: None) -> None:
    failed: list[Exception] = []
    done = threading.Event()

    def write(weekday: int) -> None:
        try:
            for number in range(25):
                with transaction.atomic():
                    duck(weekday=weekday)
                    move(PondCell, MAY, [("duck", weekday)], [("swan" if number % 2 else "heron", 1)])
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    def tidy() -> None:
        try:
            while not done.wait(0.02):
                settle(PondCell)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write, args=(weekday % 2,)) for weekday in range(6)]
    night = threading.Thread(target=tidy)
    for thread in (*writers, night):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    night.join()
    assert failed == []
    assert cells(PondCell, BOTH, by=("bird",)) == [("heron", 78), ("swan", 72)]
