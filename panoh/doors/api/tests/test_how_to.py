"""What ``docs/how-to/add-an-agency.md`` tells a partner's programmer is run here as it is written there."""

import hmac
import io
import json
import re
import time
import urllib.request
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from panoh.care.cases import public as cases

from .conftest import ReferralMaker, System

HOW_TO = settings.ROOT / "docs/how-to/add-an-agency.md"
CENTRE = "https://panoh.example"


def code_of(number: int) -> str:
    blocks: list[str] = re.findall(r"```python\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    return blocks[number]


@pytest.fixture
def open_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The net between the partner and us: what would be sent is given to our site."""

    def urlopen(request: urllib.request.Request, timeout: float) -> Any:
        assert request.full_url.startswith(CENTRE)
        answer = Client().generic(
            request.get_method(),
            request.full_url.removeprefix(CENTRE),
            request.data or b"",
            content_type="application/json",
            headers=dict(request.header_items()),
        )
        assert answer.status_code == 200, answer.content
        return io.BytesIO(answer.content)

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)


@pytest.mark.django_db
@pytest.mark.usefixtures("open_line")
def test_a_partner_who_copies_the_sample_reads_and_acknowledges(police: System, refer: ReferralMaker) -> None:
    one = refer(police)
    sample: dict[str, Any] = {}
    exec(code_of(0), sample)  # noqa: S102 (our own document)
    sample |= {"CENTRE": CENTRE, "KEY": police.key, "SECRET": police.secret}
    exec(code_of(1), sample)  # noqa: S102
    assert cases.Referral.objects.get(pk=one.pk).status == "acknowledged"
    assert "Somebody threatens" in json.dumps(sample["packet"])
    asked = sample["call"]("POST", f"/api/v1/referrals/{one.reference}/ask", {"text": "Qaysi shahar?"})
    assert asked["status"] == "returned_for_info"


def test_the_sample_fits_on_a_page() -> None:
    assert len([line for line in code_of(0).splitlines() if line.strip()]) <= 15


def test_a_receiver_who_copies_the_sample_knows_a_real_notice_from_a_forged_an_old_and_a_repeated_one() -> None:
    sample: dict[str, Any] = {}
    exec(code_of(2), sample)  # noqa: S102
    is_genuine, body = sample["is_genuine"], b'{"id": "evt_1"}'
    now = int(time.time())

    def signed(at: int, *, by: str = "panoh_s") -> str:
        return f"t={at},v1={hmac.new(by.encode(), f'{at}.'.encode() + body, 'sha256').hexdigest()}"

    assert not is_genuine(signed(now, by="panoh_other"), body, "panoh_s")
    assert not is_genuine(signed(now - 301), body, "panoh_s")
    assert is_genuine(signed(now), body, "panoh_s")
    assert not is_genuine(signed(now), body, "panoh_s")
