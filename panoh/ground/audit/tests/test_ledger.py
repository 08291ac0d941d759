"""The ledger: codes only, in the action's own transaction, never changed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction

from .. import guards
from .. import public as audit
from ..models import ChainHead, Entry


def acts(number: int) -> list[int]:
    for place in range(number):
        audit.record("talk.accepted", thing=f"T-{place}", actor="K7QH2M9P", urgency="u2", waited=place)
    return list(Entry.objects.order_by("id").values_list("id", flat=True))


@contextmanager
def guards_down() -> Iterator[None]:
    """What a person with the database's own password can do."""
    down, up = {
        "sqlite": (guards.SQLITE_REMOVE, guards.SQLITE),
        "postgresql": (guards.POSTGRESQL_REMOVE, guards.POSTGRESQL),
    }[connection.vendor]
    with connection.cursor() as cursor:
        for statement in down:
            cursor.execute(statement)
        yield
        for statement in up:
            cursor.execute(statement)


@pytest.mark.django_db
def test_an_act_is_written_with_who_what_which_and_when() -> None:
    audit.record("talk.viewed", thing="T-204", actor="K7QH2M9P", purpose=b"sealed", late=True, seconds=-4, to="")
    (entry,) = audit.trail("T-204")
    assert (entry.verb, entry.actor, bytes(entry.purpose or b"")) == ("talk.viewed", "K7QH2M9P", b"sealed")
    assert entry.codes == {"late": True, "seconds": -4, "to": ""}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "said",
    [
        "my uncle hits me",
        "Дилноза",
        "dilnoza@example.uz",
        "+998901234567",
        "998901234567",
        "90-123-45-67",
        "192.168.100.200",
        "https://t.me/x",
        "a" * 41,
        "x\ny",
        b"bytes",
        None,
        1.5,
        ["u1"],
        998901234567,
    ],
)
def test_what_could_be_a_persons_words_or_number_is_refused_and_not_quoted(said: object) -> None:
    with pytest.raises(audit.NotACodeError) as refused:
        audit.record("talk.viewed", thing="T-1", note=said)  # type: ignore[arg-type]
    assert str(refused.value) == "note"
    assert not Entry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "thing", "actor"),
    [
        ("viewed", "T-1", "system"),
        ("Talk.viewed", "T-1", "system"),
        ("talk.viewed", "", "system"),
        ("talk.viewed", "Dilnoza Karimova", "system"),
        ("talk.viewed", "T-1", "dilnoza@example.uz"),
        ("talk.viewed", "998901234567", "system"),
    ],
)
def test_verb_thing_and_actor_are_references(verb: str, thing: str, actor: str) -> None:
    with pytest.raises(audit.NotACodeError):
        audit.record(verb, thing=thing, actor=actor)


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["u1", "2026-11-21", "0b9c5ad2-1c1e-4d43-9f0a-123456789012", "uz-cyrl", 99_999_999])
def test_codes_dates_and_references_pass(code: str | int) -> None:
    audit.record("talk.viewed", thing="talk:0b9c5ad2-1c1e-4d43-9f0a-123456789012", code=code)
    assert Entry.objects.get().codes == {"code": code}


@pytest.mark.django_db
def test_an_act_that_fails_leaves_no_entry() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 (the act, then its failure)
        acts(1)
        raise RuntimeError
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_an_act_whose_entry_cannot_be_written_does_not_happen() -> None:
    refuse = f"CREATE TRIGGER full BEFORE INSERT ON {guards.TABLE} BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    if connection.vendor == "postgresql":
        refuse = f"ALTER TABLE {guards.TABLE} ADD CONSTRAINT nothing_more CHECK (id < 0) NOT VALID"
    with connection.cursor() as cursor:
        cursor.execute(refuse)
    with pytest.raises(DatabaseError), transaction.atomic():  # noqa: PT012 (an act is two statements)
        ChainHead.objects.create(pk=7)
        audit.record("head.made", thing="H-7")
    assert not ChainHead.objects.filter(pk=7).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize(
    "change", [{"verb": "talk.closed"}, {"actor": "x"}, {"codes": {}}, {"number": None}, {"digest": "0" * 64}]
)
def test_the_database_refuses_to_change_an_entry(sealed: bool, change: dict[str, object]) -> None:
    acts(1)
    if sealed:
        audit.seal_pending()
    if not sealed and change == {"number": None}:
        change = {"number": 1}  # a number without a digest is no seal
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.update(**change)


@pytest.mark.django_db
def test_a_seal_may_not_change_the_entry_on_the_way() -> None:
    acts(1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.update(number=1, digest="0" * 64, thing="T-9")


@pytest.mark.django_db
def test_the_database_refuses_to_delete_an_entry() -> None:
    acts(1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.all().delete()


@pytest.mark.django_db
def test_sealing_chains_everything_once() -> None:
    acts(3)
    assert audit.verify().unsealed == 3
    assert (audit.seal_pending(), audit.seal_pending()) == (3, 0)
    acts(1)
    verdict = audit.verify()
    assert (verdict.ok, verdict.checked, verdict.broken_at, verdict.unsealed) == (True, 3, None, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value"),
    [("verb", "talk.closed"), ("thing", "T-9"), ("actor", "other"), ("codes", '{"urgency": "u4"}'), ("purpose", b"x"),
     ("at", "2026-01-01 00:00:00+00"), ("digest", "0" * 64)],
)  # fmt: skip
def test_the_first_changed_entry_is_named(column: str, value: str | bytes) -> None:
    ids = acts(5)
    audit.seal_pending()
    with guards_down(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {guards.TABLE} SET {column} = %s WHERE id = %s", [value, ids[2]])  # noqa: S608
    verdict = audit.verify()
    assert (verdict.ok, verdict.checked, verdict.broken_at) == (False, 2, 3)


@pytest.mark.django_db
@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_removed_entry_is_named_even_when_it_was_the_last(place: int) -> None:
    ids = acts(5)
    audit.seal_pending()
    with guards_down(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {guards.TABLE} WHERE id = %s", [ids[place]])  # noqa: S608
    assert (audit.verify().ok, audit.verify().broken_at) == (False, place + 1)


@pytest.mark.django_db
def test_an_unsealed_entry_that_claims_a_later_number_is_counted() -> None:
    acts(1)
    audit.seal_pending()
    acts(1)
    Entry.objects.filter(number=None).update(number=99, digest="0" * 64)
    assert audit.verify().unsealed == 1


@pytest.mark.django_db
def test_the_command_names_the_break_and_fails() -> None:
    ids = acts(2)
    call_command("audit", "seal", stdout=StringIO())
    with guards_down(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {guards.TABLE} SET verb = 'talk.lost' WHERE id = %s", [ids[1]])  # noqa: S608
    acts(1)
    out, complaint = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("audit", "verify", stdout=out, stderr=complaint)
    assert ended.value.code == 1
    assert "1 links hold, 1 entries wait" in out.getvalue()
    assert "BROKEN at link 2" in complaint.getvalue()


@pytest.mark.django_db
def test_the_command_is_content_with_a_whole_chain() -> None:
    acts(2)
    out = StringIO()
    call_command("audit", "seal", stdout=out)
    call_command("audit", "verify", stdout=out)
    assert "2 links hold, 0 entries wait" in out.getvalue()


@pytest.mark.django_db
def test_only_looking_counts_as_looking() -> None:
    for actor, verb in enumerate(("talk.viewed", "talk.revealed", "talk.exported", "talk.accepted", "talk.reviewed")):
        audit.record(verb, thing="T-1", actor=f"K{actor}")
    audit.record("talk.viewed", thing="T-2", actor="K9")
    assert audit.count_views("T-1") == 3


@pytest.mark.django_db
def test_people_are_counted_and_not_their_looks_and_the_centre_itself_is_nobody() -> None:
    for actor, thing in (("K1", "R-1"), ("K1", "R-1"), ("K1", "T-1"), ("K2", "T-1"), ("system", "R-1"), ("K3", "C-9")):
        audit.record("thing.viewed", thing=thing, actor=actor)
    assert audit.count_views("R-1") == 1
    assert audit.count_views("R-1", "T-1") == 2
    assert audit.count_views("R-2") == 0


@pytest.mark.django_db(transaction=True)
def test_the_tables_of_a_test_can_be_emptied_and_stay_guarded() -> None:
    """The next test finds an empty ledger (see the root conftest); here it must still refuse."""
    assert not Entry.objects.exists()
    acts(1)
    with pytest.raises(DatabaseError, match="append-only"):
        Entry.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_the_tables_of_a_test_can_be_emptied_and_stay_guarded_again() -> None:
    assert not Entry.objects.exists()
    acts(1)
    with pytest.raises(DatabaseError, match="append-only"):
        Entry.objects.all().delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("shared")
def test_two_sealers_beside_a_writer_make_one_chain() -> None:
    stop, failed = threading.Event(), []

    def seal() -> None:
        try:
            while not stop.is_set():
                audit.seal_pending()
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    sealers = [threading.Thread(target=seal) for _ in range(2)]
    for sealer in sealers:
        sealer.start()
    acts(150)
    stop.set()
    for sealer in sealers:
        sealer.join()
    audit.seal_pending()
    verdict = audit.verify()
    assert (failed, verdict.ok, verdict.checked, verdict.unsealed) == ([], True, 150, 0)
