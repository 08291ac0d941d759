"""One statement, built once: it leaves the very row that Django would have left."""

import uuid
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from panoh.ground.common.inserting import insert, insert_all

Entry: Any = apps.get_model("audit", "Entry")
DataKey: Any = apps.get_model("vault", "DataKey")
pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def entry(**changes: Any) -> Any:
    return Entry(**{"verb": "test.done", "thing": "T-1", "actor": "system", "codes": {"a": "ʻ", "n": 1}, **changes})


def kept(row: Any) -> dict[str, Any]:
    values = Entry.objects.filter(pk=row.pk).values().get()
    return {name: value for name, value in values.items() if name not in {"id", "at"}}


def test_it_leaves_what_save_leaves() -> None:
    ours, theirs = entry(), entry()
    insert(ours)
    theirs.save(force_insert=True)
    assert kept(ours) == kept(theirs)
    assert theirs.pk == ours.pk + 1
    assert abs((Entry.objects.get(pk=ours.pk).at - timezone.now()).total_seconds()) < 60


def test_a_row_written_so_can_be_saved_again() -> None:
    row = DataKey(id=uuid.uuid4(), kind="test", wrapped=b"1", ring="local")
    insert(row)
    row.ring = "next"
    row.save()
    assert list(DataKey.objects.filter(pk=row.pk).values_list("ring", flat=True)) == ["next"]


def test_many_rows_are_one_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        insert_all([entry(thing=f"T-{number}") for number in range(3)])
    assert sorted(Entry.objects.values_list("thing", flat=True)) == ["T-0", "T-1", "T-2"]
    with django_assert_num_queries(0):
        insert_all([])


def test_a_row_of_the_key_store_goes_to_the_key_store() -> None:
    key = uuid.uuid4()
    insert(DataKey(id=key, kind="test", wrapped=b"1", ring="local"))
    assert DataKey.objects.using("keys").filter(pk=key).exists()


def test_a_number_that_is_taken_is_refused_and_the_transaction_is_broken_as_django_breaks_it() -> None:
    key = uuid.uuid4()
    insert(DataKey(id=key, kind="test", wrapped=b"1", ring="local"))
    with pytest.raises(IntegrityError), transaction.atomic(using="keys"):
        insert(DataKey(id=key, kind="test", wrapped=b"2", ring="local"))
    assert bytes(DataKey.objects.get(pk=key).wrapped) == b"1"
