import subprocess
import sys
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command


def said(monkeypatch: pytest.MonkeyPatch, given: str, *options: str) -> tuple[str, str]:
    """What the command writes to standard output and to standard error."""
    out, err = StringIO(), StringIO()
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(given.encode()), encoding="ascii"))
    call_command("transliterate", *options, stdout=out, stderr=err, no_color=True)
    return out.getvalue(), err.getvalue()


def test_lines_go_through_and_doubts_are_told_with_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = said(monkeypatch, "O'zbekiston\nBu kultivator\r\nsalom", "--from", "uz", "--to", "uz-cyrl")
    assert out == "Ўзбекистон\nБу култиватор\r\nсалом"
    assert err.startswith("2:4: kultivator → култиватор: a loan word on no list")


def test_html_is_read_whole_and_its_tags_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    given = '<p title="bola"\nclass="bola">bola\n<pre>bola\n</pre> Cisco</p>\n'
    out, err = said(monkeypatch, given, "--from", "uz", "--to", "uz-cyrl", "--html")
    assert out == '<p title="бола"\nclass="bola">бола\n<pre>bola\n</pre> Cisco</p>\n'
    assert err.startswith("4:8: Cisco")


def test_markdown_keeps_its_links(monkeypatch: pytest.MonkeyPatch) -> None:
    out, _err = said(monkeypatch, "[bola](page:bola)\n", "--from", "uz", "--to", "uz-cyrl", "--markdown")
    assert out == "[бола](page:bola)\n"


def test_the_way_back_and_the_other_variants_are_open_to_translators(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, "мактаб", "--from", "uz-cyrl", "--to", "uz")[0] == "maktab"
    assert said(monkeypatch, "choʻl", "--from", "uz", "--to", "uz-2026")[0] == "çöl"
    assert said(monkeypatch, "járdem", "--from", "kaa", "--to", "kaa-cyrl")[0] == "жәрдем"


def test_an_unknown_pair_is_named_with_those_there_are() -> None:
    with pytest.raises(CommandError, match=r"'ru' to 'uz-cyrl'\. Known pairs: uz ⇄ uz-cyrl"):
        call_command("transliterate", "--from", "ru", "--to", "uz-cyrl")


def test_bytes_that_are_no_text_come_out_as_they_went_in() -> None:
    command = [sys.executable, "manage.py", "transliterate", "--from", "uz", "--to", "uz-cyrl"]
    done = subprocess.run(command, input=b"bola \xff\n", capture_output=True, cwd=settings.ROOT, check=False)  # noqa: S603
    assert done.stdout == "бола ".encode() + b"\xff\n"
