import copy
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from panoh.care.helpline.models import Contact, Status
from panoh.care.helpline.taxonomy import KINDS, Lifecycle, Taxonomy, TaxonomyError, faults

CENTRE = Path(settings.CENTRE_DIR)
Files = dict[str, dict[str, Any]]


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((CENTRE / name).read_text(encoding="utf-8"))


@pytest.fixture
def files() -> Files:
    return copy.deepcopy({kind: read(f"taxonomy/{kind}.toml") for kind in KINDS})


@pytest.fixture
def life() -> dict[str, Any]:
    return read("lifecycle.toml")


def test_the_lists_of_the_centre_are_sound(files: Files) -> None:
    assert faults(files) == []


def test_every_reason_of_the_associations_list_has_its_group(files: Files) -> None:
    taxonomy = Taxonomy.from_data(files)
    assert taxonomy.parent("reasons", "violence_cyberbullying") == "violence"
    assert len(taxonomy.grouped("reasons", "en")) == 11


def test_each_harm_is_one_of_the_four_cs(files: Files) -> None:
    taxonomy = Taxonomy.from_data(files)
    parents = {taxonomy.parent("harms", code) for code in taxonomy.codes("harms")}
    assert parents == {"content", "contact", "conduct", "contract"}


def test_a_derived_script_is_asked_for_by_its_language(files: Files) -> None:
    taxonomy = Taxonomy.from_data(files, derive=lambda text, language: f"{language}:{text}")
    assert taxonomy.name("sexes", "female", "uz-cyrl") == "uz-cyrl:Qiz yoki ayol"
    assert taxonomy.names("sexes", "ru") == {
        "female": "Девочка или женщина",
        "male": "Мальчик или мужчина",
        "not_stated": "Не указано",
    }


def test_a_code_of_an_older_edition_is_still_shown(files: Files) -> None:
    taxonomy = Taxonomy.from_data(files)
    assert taxonomy.name("platforms", "orkut", "en") == "orkut"
    assert taxonomy.unknown("platforms", ["telegram", "orkut"]) == ["orkut"]


def test_every_code_fits_the_column_it_is_kept_in(files: Files) -> None:
    taxonomy = Taxonomy.from_data(files)
    columns = {
        "contact_type": "contact_types",
        "age_band": "age_bands",
        "sex": "sexes",
        "place": "places_online",
        "platform": "platforms",
        "outcome": "outcomes",
    }
    for column, kind in columns.items():
        assert max(map(len, taxonomy.codes(kind))) <= getattr(Contact._meta.get_field(column), "max_length", 0)


def test_the_topics_of_the_queue_are_those_of_the_list(files: Files) -> None:
    assert tuple(read("centre.toml")["queue"]["topics"]) == Taxonomy.from_data(files).codes("topics")


def twice(files: Files) -> None:
    files["harms"]["item"].append(files["harms"]["item"][0])


def without_karakalpak(files: Files) -> None:
    files["reasons"]["item"][3]["kaa"] = " "


def orphan(files: Files) -> None:
    files["harms"]["item"][0]["parent"] = "conflict"


def unversioned(files: Files) -> None:
    del files["sexes"]["version"]


def shouting(files: Files) -> None:
    files["sexes"]["item"][0]["code"] = "Female"


def gone(files: Files) -> None:
    del files["outcomes"]


def hollow(files: Files) -> None:
    files["harms"]["group"].append({"code": "c5", "uz": "a", "ru": "a", "en": "a", "kaa": "a"})


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (twice, "stands twice"),
        (without_karakalpak, "no name in kaa"),
        (orphan, "unknown parent 'conflict'"),
        (unversioned, "no version"),
        (shouting, "not a short lower-case code"),
        (gone, "outcomes: the file is missing"),
        (hollow, "a group without items"),
    ],
)
def test_a_spoilt_list_is_refused_with_the_reason(files: Files, spoil: Callable[[Files], None], said: str) -> None:
    spoil(files)
    with pytest.raises(TaxonomyError, match=said):
        Taxonomy.from_data(files)


def test_the_life_of_a_talk_has_the_states_of_the_code(life: dict[str, Any]) -> None:
    assert set(Lifecycle.from_data(life).states) == set(Status.values)


def test_from_every_open_state_a_person_may_leave(life: dict[str, Any]) -> None:
    lifecycle = Lifecycle.from_data(life)
    assert all(lifecycle.allows(state, "closed") for state in lifecycle.states if state != "closed")


def test_a_closed_talk_never_reopens(life: dict[str, Any]) -> None:
    lifecycle = Lifecycle.from_data(life)
    assert not any(lifecycle.allows("closed", state) for state in lifecycle.states)


def test_nobody_answers_before_somebody_waits(life: dict[str, Any]) -> None:
    assert not Lifecycle.from_data(life).allows("triaging", "active")


def state(code: str, *to: str) -> dict[str, Any]:
    return {"code": code, "to": list(to)}


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([state("a", "b"), state("b", "c"), state("c")], None),
        ([state("a", "c"), state("b", "c"), state("c")], "b is never reached"),
        ([state("a", "b", "c"), state("b", "b"), state("c")], "b is dead"),
        ([state("a", "c"), state("c", "a")], "c is the end and goes on"),
        ([state("a", "ongoing", "c"), state("c")], "'ongoing' is named and not described"),
        ([state("a", "c"), state("a", "c"), state("c")], "stands twice"),
    ],
)
def test_a_life_with_a_dead_end_is_refused(states: list[dict[str, Any]], said: str | None) -> None:
    data = {"first": "a", "last": ["c"], "state": states}
    if said is None:
        assert Lifecycle.from_data(data).allows("a", "b")
    else:
        with pytest.raises(TaxonomyError, match=said):
            Lifecycle.from_data(data)
