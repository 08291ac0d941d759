"""The published document is the present one, and every operation in it says how it is signed and how it fails."""

import json

import pytest
from django.test import Client

from ..management.commands import openapi


def test_the_published_document_is_the_present_one() -> None:
    assert openapi.PLACE.read_text(encoding="utf-8") == openapi.document(), "manage.py openapi"


@pytest.mark.django_db
def test_the_document_is_served_to_everybody_and_nothing_else_is(client: Client) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (200, "application/json")
    assert json.loads(answer.content) == json.loads(openapi.document())


def test_every_operation_is_signed_and_fails_as_a_problem() -> None:
    for path in json.loads(openapi.document())["paths"].values():
        for method, operation in path.items():
            assert operation["security"] == [{"SignedCall": []}]
            assert {"401", "404"} <= operation["responses"].keys()
            failures = [answer for code, answer in operation["responses"].items() if int(code) >= 400]
            assert all(list(answer["content"]) == ["application/problem+json"] for answer in failures)
            names = [one["name"] for one in operation["parameters"] if one.get("required")]
            assert ("Idempotency-Key" in names) == (method == "post")
