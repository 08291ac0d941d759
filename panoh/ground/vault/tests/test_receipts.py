"""Return codes: a shopping list in five languages, six tries wide of nothing."""

import pytest

from .. import public as vault
from .. import receipts as lists
from ..services import receipts

LANGUAGES = ["uz", "uz-cyrl", "ru", "en", "kaa"]


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Look-ups need the key store."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_opens_what_it_was_made_for(language: str) -> None:
    made = vault.new_receipt(language)
    read = vault.read_receipt(made.shown)
    assert read is not None
    assert read[0] == made.lookup
    assert vault.verify_receipt(made.secret_hash, read[1])
    assert len(made.shown.splitlines()) == 6


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("good", range(64))
def test_every_good_reads_back_as_itself(language: str, good: int) -> None:
    names, columns = receipts._names(), receipts._goods(language)
    assert names[lists.fold(columns[good])] == good
    assert len(columns) == 64


def test_a_list_may_be_typed_as_people_type() -> None:
    as_shown = vault.read_receipt("3 oʻrik\n12 non\n1 goʻsht\n32 sut\n7 tuz\n9 qogʻoz")
    assert as_shown is not None
    for typed in (
        "3 o'rik, 12 NON; 1 go`sht 32 sut 7 tuz 9 qog’oz.",
        "3 ўрик, 12 нон, 1 гўшт, 32 сут, 7 туз, 9 қоғоз",
        "абрикосы 3, хлеб 12, мясо 1, молоко 32, соль 7, бумага 9",
        "- 3 apricots\n- 12 bread\n- 1 meat\n- 32 milk\n- 7 salt\n- 9 paper",
        "3 erik 12 nan 1 gosh 32 sut 7 duz 9 qagaz",
    ):
        assert vault.read_receipt(typed) == as_shown


@pytest.mark.parametrize(
    "typed",
    ["", "salom", "3 olma", "3 olma " * 7, "0 olma " * 6, "33 olma " * 6, "3 pistolet " * 6, "9" * 5000, "\x00" * 50],
)
def test_what_is_no_list_is_refused_quietly(typed: str) -> None:
    assert vault.read_receipt(typed) is None


def test_one_wrong_line_of_the_secret_does_not_open() -> None:
    made = vault.new_receipt("uz")
    *lines, last = made.shown.splitlines()
    number, word = last.split(" ", 1)
    read = vault.read_receipt("\n".join([*lines, f"{int(number) % 32 + 1} {word}"]))
    assert read is not None
    assert read[0] == made.lookup
    assert not vault.verify_receipt(made.secret_hash, read[1])


def test_the_code_stands_in_nothing_that_is_kept() -> None:
    made = vault.new_receipt("uz")
    finds, opens = lists.split(lists.read(made.shown, receipts._names()) or [])
    assert made.secret_hash.startswith("$argon2id$")
    assert not {finds, opens, made.shown} & {made.lookup, made.secret_hash, repr(made)}
    assert made.shown.splitlines()[0] not in repr(made)


def test_the_hash_alone_gives_nothing_to_guess_against(monkeypatch: pytest.MonkeyPatch) -> None:
    made = vault.new_receipt("uz")
    read = vault.read_receipt(made.shown)
    assert read is not None
    monkeypatch.setattr(receipts, "_peppered", lambda secret: secret)
    assert not vault.verify_receipt(made.secret_hash, read[1])


def test_a_broken_hash_is_a_no_and_not_an_error() -> None:
    assert vault.verify_receipt("not a hash", "1.2") is False


def test_a_flood_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "WAIT_SECONDS", 0.01)
    with receipts._turn(), receipts._turn(), pytest.raises(vault.BusyError):
        vault.verify_receipt("$argon2id$", "1.2")
    assert vault.verify_receipt("$argon2id$", "1.2") is False


def test_a_list_holds_sixty_six_bits() -> None:
    assert (lists.GOODS * lists.QUANTITIES) ** lists.LINES == 2**66
    drawn = {line for _ in range(3000) for line in lists.new_lines()}
    assert {line.good for line in drawn} == set(range(64))
    assert {line.quantity for line in drawn} == set(range(1, 33))


def test_two_goods_of_one_name_are_noticed() -> None:
    with pytest.raises(ValueError, match="share the name"):
        lists.names_of([["olma"], ["Olma"]])
