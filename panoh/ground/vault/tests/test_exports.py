"""Nothing leaves the centre in the clear, and nothing that left stays here."""

from datetime import timedelta

import pyrage
import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from panoh.ground.audit import public as audit

from .. import public as vault
from ..models import Export

pytestmark = pytest.mark.django_db
BY, OTHER = "K7QH2M9P", "A3B4C5D6"
WORDS = b"Dilnoza, Chilonzor 7"


def test_a_passphrase_is_shown_once_and_opens_what_was_fetched() -> None:
    made = vault.export_file(WORDS, name="case-C-1.json", by_code=BY)
    assert len(made.passphrase.replace("-", "")) == 30
    assert Export.objects.get().passphrase == ""
    name, fetched = vault.read_export(made.code, BY)
    assert name == "case-C-1.json.age"
    assert fetched.startswith(b"age-encryption.org/v1")
    assert WORDS not in fetched
    assert pyrage.passphrase.decrypt(fetched, made.passphrase) == WORDS
    assert Export.objects.get().times_read == 1


def test_an_export_for_keys_is_opened_by_each_of_them_and_has_no_passphrase() -> None:
    keys = [pyrage.x25519.Identity.generate() for _ in range(2)]
    made = vault.export_file(WORDS, name="x.json", by_code=BY, recipients=[str(key.to_public()) for key in keys])
    assert (made.passphrase, made.way) == ("", "keys")
    for key in keys:
        assert pyrage.decrypt(vault.read_export(made.code, BY)[1], [key]) == WORDS


@pytest.mark.parametrize("weak", ["", "short", "aaaaaaaaaaaaaaaaaaaaaaaa"])
def test_there_is_no_way_without_encryption(weak: str) -> None:
    with pytest.raises(vault.ExportRefusedError):
        vault.export_file(WORDS, name="x.json", by_code=BY, passphrase=weak)
    with pytest.raises(vault.ExportRefusedError):
        vault.export_file(WORDS, name="x.json", by_code=BY, recipients=["age1notakey"])
    assert not Export.objects.exists()


@pytest.mark.parametrize("name", ["Dilnoza Karimova.pdf", "../x", "", "-x"])
def test_the_name_of_a_file_names_nobody(name: str) -> None:
    with pytest.raises(vault.ExportRefusedError):
        vault.export_file(WORDS, name=name, by_code=BY)


def test_what_is_stored_is_readable_neither_with_the_passphrase_nor_without_the_key() -> None:
    made = vault.export_file(WORDS, name="x.json", by_code=BY)
    stored = bytes(Export.objects.get().content)
    assert WORDS not in stored
    assert b"age-encryption.org" not in stored
    with pytest.raises(pyrage.DecryptError):
        pyrage.passphrase.decrypt(stored, made.passphrase)


def test_only_who_made_it_fetches_it_and_every_fetch_is_on_record() -> None:
    made = vault.export_file(WORDS, name="x.json", by_code=BY, things=["C-1"])
    for code, by in ((made.code, OTHER), ("E-NOTHING", BY)):
        with pytest.raises(vault.ExportRefusedError):
            vault.read_export(code, by)
    vault.read_export(made.code, BY)
    assert [entry.verb for entry in audit.trail(made.code)] == ["export.made", "export.read"]
    assert audit.count_views("C-1") == 1
    assert [export.code for export in vault.exports_of(BY)] == [made.code]


def test_it_expires_for_the_reader_at_once_and_for_good_with_the_timetable(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    made = vault.export_file(WORDS, name="x.json", by_code=BY, days=3)
    assert timedelta(days=2) < made.expires_at - timezone.now() <= timedelta(days=3)
    Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(vault.ExportRefusedError):
        vault.read_export(made.code, BY)
    with django_capture_on_commit_callbacks(execute=True):
        assert (vault.destroy_expired(), vault.destroy_expired()) == (1, 0)
    gone = Export.objects.get()
    assert (bytes(gone.content), gone.destroyed_at is None) == (b"", False)
    with pytest.raises(vault.ErasedError):
        vault.seal(gone.data_key, "x", where="x")


def test_an_export_ends_with_what_is_in_it() -> None:
    one = vault.export_file(WORDS, name="x.json", by_code=BY, things=["C-1", "C-1", "R-1"])
    two = vault.export_file(WORDS, name="x.json", by_code=BY, things=["C-2"])
    assert vault.destroy_exports(["R-1", "T-9"], reason="asked") == 1
    assert [export.code for export in vault.exports_of(BY)] == [two.code]
    assert audit.trail(one.code)[-1].codes == {"reason": "asked"}


def test_nobody_gets_more_days_than_the_centre_allows() -> None:
    made = vault.export_file(WORDS, name="x.json", by_code=BY, days=4000)
    assert made.expires_at <= timezone.now() + timedelta(days=30)
