"""What we sign is accepted, and what was altered is refused, by a verifier that somebody else wrote."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from panoh.ground.accounts.public import User
from panoh.learn.certificates import services
from panoh.learn.certificates.models import IssuerKey
from panoh.learn.certificates.queries import keys, reading

from .conftest import Issue

pytestmark = pytest.mark.django_db
VERIFIER = Path(settings.ROOT) / "tests" / "verifier"


@pytest.fixture(autouse=True)
def _needs_node() -> None:
    if shutil.which("node") and (VERIFIER / "node_modules").is_dir():
        return
    said = "node or tests/verifier/node_modules is missing: npm ci in tests/verifier"
    if os.environ.get("CI"):
        pytest.fail(said)
    pytest.skip(said)


def verified(credential: dict[str, Any]) -> bool:
    handed = json.dumps({"credential": credential, "issuer": keys.issuer_page()})
    node = shutil.which("node") or "node"
    done = subprocess.run(  # noqa: S603
        [node, "verify.mjs"], cwd=VERIFIER, input=handed, capture_output=True, text=True, check=True, timeout=60
    )
    return bool(json.loads(done.stdout)["verified"])


def test_a_stranger_accepts_our_credential_and_refuses_an_altered_one(issue: Issue) -> None:
    credential = reading.credential_of(issue("Oʻgʻiloy Gʻulomova", "Ўғилой Ғуломова"))
    assert verified(credential)
    subject = {**credential["credentialSubject"], "creditsEarned": 720}
    assert not verified({**credential, "credentialSubject": subject})


def test_a_stranger_accepts_the_status_list(issue: Issue) -> None:
    listed = keys.status_list(issue().status_list)
    assert listed is not None
    assert verified(listed)


def test_a_stranger_refuses_what_a_lost_key_signed_and_accepts_what_was_signed_again(
    issue: Issue, administrator: User
) -> None:
    one = issue()
    before = reading.credential_of(one)
    services.compromise_key(IssuerKey.objects.get(), by=administrator)
    services.sign_what_waits()
    one.refresh_from_db()
    assert not verified(before)
    assert verified(reading.credential_of(one))
