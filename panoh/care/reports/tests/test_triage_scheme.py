"""The scheme, the directory and the templates are data: what is wrong in them is said before they are used."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from panoh.care.reports import desk_rules
from panoh.care.reports.directory import Directory, DirectoryError, templates_from
from panoh.care.reports.scheme import Scheme, SchemeError, name_in
from panoh.ground.common.centre import centre_file

SCHEME = "hotline/scheme-2026-1.toml"


def scheme(**changes: Any) -> Scheme:
    return Scheme.from_data({**deepcopy(centre_file(SCHEME)), **changes})


def labels(**change: Any) -> list[dict[str, Any]]:
    first, *rest = deepcopy(centre_file(SCHEME)["label"])
    return [{**first, **change}, *rest]


def test_the_scheme_of_this_centre_is_sound_and_has_all_verdicts() -> None:
    found = desk_rules.scheme()
    decided = {label.verdict for label in found.of_section(found.deciding.code)}
    assert decided == {"baseline", "nationally_illegal", "not_illegal", "out_of_remit"}


def test_every_baseline_label_waits_for_two() -> None:
    assert all(label.worst for label in desk_rules.scheme().labels if label.verdict == "baseline")


def test_no_law_is_shown_as_read_that_nobody_read() -> None:
    assert not any(law.verified for law in desk_rules.scheme().laws)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": ""}, "version"),
        ({"section": []}, "exactly one decides"),
        ({"label": labels(worst=False)}, "needs a second person"),
        ({"label": labels(verdict="bad")}, "verdict"),
        ({"label": labels(section="nowhere")}, "section is not here"),
        ({"label": labels(code="live")}, "live: stands twice"),
        ({"label": labels(kaa="")}, "no name in kaa"),
        (
            {
                "law": [
                    {"code": "x", "labels": ["nothing"], "text": "t", "source": "", "country": "", "verified": False}
                ]
            },
            "not here",
        ),
        (
            {"law": [{"code": "x", "labels": [], "text": "t", "source": "s", "country": "", "verified": True}]},
            "verified_by",
        ),
    ],
)
def test_a_wrong_scheme_says_what_is_wrong(change: dict[str, Any], said: str) -> None:
    with pytest.raises(SchemeError, match=said):
        scheme(**change)


def test_uzbek_cyrillic_is_derived() -> None:
    assert name_in({"uz": "Bola", "en": "Child"}, "uz-cyrl", lambda text, _to: text.upper()) == "BOLA"
    assert name_in({"uz": "Bola", "en": "Child"}, "fr") == "Child"


# --- whom we write to ------------------------------------------------------------------------------------------------


def contact(**change: Any) -> Directory:
    row = {"code": "a", "name": "A", "hosts": ["a.com"], "form": "", "email": "x@a.com", "verified_on": ""}
    return Directory.from_data({"check_every_days": 180, "contact": [{**row, **change}]})


def test_nothing_shipped_is_marked_as_checked() -> None:
    assert not any(one.verified_on for one in desk_rules.contacts().contacts)


def test_a_check_ages() -> None:
    found = contact(verified_on="2026-01-01", verified_by="Rustam").contacts[0]
    assert found.may_be_mailed(date(2026, 6, 1), 180)
    assert not found.may_be_mailed(date(2026, 8, 1), 180)
    assert not contact().contacts[0].may_be_mailed(date(2026, 6, 1), 180)


def test_a_host_below_another_one_is_found_and_a_lookalike_is_not() -> None:
    found = contact()
    assert found.for_host("img.a.com") == found.contacts[0]
    assert found.for_host("nota.com") is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"form": "http://a.com"}, "https"),
        ({"email": "nobody"}, "e-mail"),
        ({"verified_on": "2026-01-01"}, "verified_by|who checked"),
        ({"name": ""}, "name"),
    ],
)
def test_a_wrong_contact_says_what_is_wrong(change: dict[str, Any], said: str) -> None:
    with pytest.raises(DirectoryError, match=said):
        contact(**change)


@pytest.mark.parametrize("text", ["{address} {name}", "{reference}"])
def test_a_template_with_other_fields_or_no_address_is_refused(text: str) -> None:
    with pytest.raises(DirectoryError):
        templates_from({"template": [{"code": "a", "name": "A", "texts": {"en": text}}]})
