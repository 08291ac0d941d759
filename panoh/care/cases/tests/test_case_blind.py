"""A child is found across scripts and spellings, and the index tells nothing to who has no key."""

import pytest
from pytest_django import DjangoAssertNumQueries

from panoh.care.cases import blind, queries, services
from panoh.care.cases.models import Case, NameIndex
from panoh.ground.accounts.public import User
from panoh.ground.languages.public import name_words, sound_of

from .case_cast import CHILD, a_case

SPELLINGS = ["Oʻgʻiloy", "O'g'iloy", "O‘g‘iloy", "Ўғилой", "O'giloy", "Ogiloy", "Угилой", "УГИЛОЙ", "ўгилой", "Õg'iloy"]


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_name_in_any_spelling_sounds_the_same(typed: str) -> None:
    heard = {sound_of(word) for word in name_words("Oʻgʻiloy")}
    assert {sound_of(word) for word in name_words(typed)} == heard


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hurshid", "Хуршид"), ("Xurshid", "Ҳуршид"), ("Khurshid", "Хуршид"), ("Фёдор", "Федор"), ("Bobur", "Бабур"),
        ("Shohsanam", "Шахсанам"), ("Qodir", "Кодир"), ("Jasur", "Жасур"), ("Jasur", "Джасур"), ("Muhammad", "Мухамад"),
        ("Zulfiya", "Зульфия"), ("Saʼdulla", "Садулла"), ("Ulugʻbek", "Улугбек"),
    ],
)  # fmt: skip
def test_names_that_are_one_name_sound_the_same(one: str, other: str) -> None:
    assert sound_of(*name_words(one)) == sound_of(*name_words(other))


@pytest.mark.parametrize(
    ("one", "other"), [("Dilnoza", "Dilfuza"), ("Karim", "Salim"), ("Lola", "Lobar"), ("Rustam", "Ruslan")]
)
def test_other_names_do_not(one: str, other: str) -> None:
    assert sound_of(*name_words(one)) != sound_of(*name_words(other))


def test_son_of_and_daughter_of_find_nobody() -> None:
    assert name_words("Karimov Anvar Oʻtkir oʻgʻli") == ["karimov", "anvar", "ötkir"]
    assert name_words("Каримова Лола Уткир кизи") == ["karimova", "lola", "utkir"]


@pytest.mark.parametrize("typed", ["+998 90 123-45-67", "998901234567", "90 123 45 67", "(90) 123.45.67"])
def test_a_number_is_found_however_it_is_written(typed: str) -> None:
    assert blind.of_phone(typed) == {"t:901234567": blind.PHONE}


@pytest.mark.parametrize("typed", ["2011-05-03", "3.5.2011", "03/05/2011"])
def test_a_birth_date_is_found_however_it_is_written(typed: str) -> None:
    assert blind.of_birth(typed) == {"b:2011-05-03": blind.BIRTH, "y:2011": blind.YEAR}


def test_a_school_is_found_by_its_number_in_its_region() -> None:
    assert blind.of_school("12-maktab", "UZ-TK") == blind.of_school("Школа №12", "UZ-TK")
    assert blind.of_school("12-maktab", "UZ-TK") != blind.of_school("12-maktab", "UZ-SA")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed", [*SPELLINGS, "Угилой Каримова", "karim", "3.5.2011", "2011", "901234567", "+998901234567"]
)
def test_the_child_is_found(typed: str, case: Case, worker: User) -> None:
    assert queries.find_cases(worker, typed) == [case]


@pytest.mark.django_db
def test_alias_reference_and_what_is_tied_to_it_find_the_case(case: Case, worker: User) -> None:
    services.link_to_case(case, kind="contact", reference="K-2345678", by=worker)
    for typed in (case.alias, case.reference, case.reference.lower(), "K-2345678"):
        assert queries.find_cases(worker, typed) == [case]


@pytest.mark.django_db
def test_the_whole_name_comes_before_a_part_of_it(worker: User, case: Case) -> None:
    other = a_case(worker, owner=worker, details={"full_name": "Karimova Malika"})
    found = queries.find_cases(worker, "Каримова Ўғилой")
    assert found[0] == case
    assert other in found


@pytest.mark.django_db
def test_nobody_finds_what_they_may_not_open(
    case: Case, second_worker: User, custodian: User, supervisor: User
) -> None:
    for typed in ("Oʻgʻiloy", "901234567", case.reference, case.alias):
        assert queries.find_cases(second_worker, typed) == []
        assert queries.find_cases(custodian, typed) == []
        assert queries.find_cases(supervisor, typed) == [case]


@pytest.mark.django_db
def test_a_search_asks_the_database_four_times_at_most(
    case: Case, second_worker: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    queries.find_cases(second_worker, "x")  # the look-up key is held from here on
    for number in range(20):
        a_case(second_worker, owner=second_worker, details={"full_name": f"Karimova Lola {number}"})
    with django_assert_max_num_queries(4):
        assert len(queries.find_cases(second_worker, "Karimova Lola 2011 C-23456789 901234567")) == 20


@pytest.mark.django_db
def test_the_index_holds_numbers_and_no_name(case: Case) -> None:
    rows = list(NameIndex.objects.filter(case=case).values())
    assert len(rows) > 10
    dump = repr(rows).lower()
    for value in CHILD.values():
        for word in [*name_words(value), value.lower(), value[-4:].lower()]:
            assert word not in dump


@pytest.mark.django_db
def test_a_changed_name_is_found_anew_and_the_old_one_no_longer(case: Case, worker: User) -> None:
    child = case.people.get()
    services.set_detail(child, field="full_name", value="Malika Tosheva", by=worker)
    assert queries.find_cases(worker, "Тошева") == [case]
    assert queries.find_cases(worker, "Ўғилой") == []


@pytest.mark.django_db
def test_a_second_case_of_the_same_child_is_suggested_to_who_may_see_it(
    case: Case, worker: User, second_worker: User, supervisor: User
) -> None:
    twin = a_case(second_worker, owner=second_worker, details={"full_name": "Ўғилой К.", "birth_date": "03.05.2011"})
    namesake = a_case(worker, owner=worker, details={"full_name": "Oʻgʻiloy Sobirova", "birth_date": "2013-01-09"})
    assert queries.duplicates_of(supervisor, case) == [twin]
    assert queries.duplicates_of(worker, case) == []
    assert namesake not in queries.duplicates_of(supervisor, case)
