"""Albums: nobody is shown without a yes, a no is obeyed at once, and what comes in is only a picture."""

import io
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from panoh.ground.accounts.public import User
from panoh.learn.portal import photo_files, queries, services
from panoh.learn.portal.album_rules import MOST_BYTES
from panoh.learn.portal.errors import PortalRefusedError
from panoh.learn.portal.models import Album, Consent, Photo, Sheet
from panoh.learn.portal.photographs import PhotoRefusedError, develop
from panoh.learn.portal.queries.albums import lacks_of

pytestmark = pytest.mark.django_db
TEXTS = {"uz": "Ochiq kun", "ru": "Открытый день", "en": "Open day"}


def picture(width: int = 700, height: int = 500, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", (width, height), "teal")
    image.save(out, kind, **options)
    return out.getvalue()


def with_a_place() -> bytes:
    """A photo that says where it was taken, with which camera, and holds a comment."""
    exif = Image.Exif()
    exif[0x010F] = "Kamera 3000"
    exif[0x0112] = 6  # lying on its side
    exif.get_ifd(0x8825)[2] = (41.0, 18.0, 40.0)
    return picture(exif=exif, comment=b"Anvar, 5-maktab")


@pytest.fixture
def album(editor: User) -> Album:
    return services.add_album(titles=TEXTS, leads={}, held_on=timezone.localdate(), region="UZ-SA", by=editor)


def describe(photo: Photo, by: User, **more: object) -> Photo:
    facts = {
        "alts": TEXTS, "captions": TEXTS, "credit": "", "taken_on": None, "region": "", "shows_people": False,
        "shows_children": False, "faces_blurred": False, "consent": None, **more,
    }  # fmt: skip
    return services.describe_photo(photo, by=by, **facts)


def consent_of(album: Album, by: User, *, days: int = 30, **more: object) -> Consent:
    today = timezone.localdate()
    facts: dict[str, Any] = {"given_by": "both", "covers": ["website"], "paper": "K-12/3", "given_on": today, **more}
    return services.record_consent(album, withdraw_by=today + timedelta(days=days), by=by, **facts)


@pytest.fixture
def shown(album: Album, editor: User) -> Photo:
    """A published photo of children, with consent."""
    photo = services.add_photo(album, content=picture(), by=editor)
    describe(photo, editor, shows_people=True, shows_children=True, consent=consent_of(album, editor))
    services.publish_album(album, by=editor)
    photo.refresh_from_db()
    return photo


def address(photo: Photo, ending: str = "jpg") -> str:
    return f"/pictures/{photo.token}-{min(photo.widths)}.{ending}"


def test_a_photo_keeps_nothing_but_its_pixels_and_stands_upright(album: Album, editor: User) -> None:
    photo = services.add_photo(album, content=with_a_place(), by=editor)
    assert (photo.width, photo.height) == (500, 700)
    for width in photo.widths:
        for ending in photo.formats:
            content = photo_files.content_of(photo.token, width, ending)
            assert content
            assert b"Kamera" not in content
            assert b"Anvar" not in content
            with Image.open(io.BytesIO(content)) as kept:
                assert kept.width == width
                assert not kept.getexif()


def test_a_photo_is_made_in_several_widths_and_never_wider_than_it_came() -> None:
    assert develop(picture(2000, 1000)).widths == [480, 960, 1600]
    assert develop(picture(700, 500)).widths == [480, 700]
    assert {"webp", "jpg"} <= set(develop(picture(400, 300)).formats)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "kind"),
        (b"%PDF-1.7", "kind"),
        (b"GIF89a" + b"\0" * 40, "kind"),
        (b"\xff\xd8\xff" + b"nonsense" * 20, "broken"),
        (picture()[:900], "broken"),
        (picture(40, 30), "too_small"),
        (picture(9000, 8000, "PNG"), "too_many_pixels"),
        (picture(21_000, 10, "PNG"), "too_many_pixels"),
    ],
)
def test_what_is_no_photo_for_us_is_refused_before_it_can_do_harm(content: bytes, code: str) -> None:
    with pytest.raises(PhotoRefusedError) as refused:
        develop(content)
    assert refused.value.code == code


def test_a_refused_file_leaves_nothing_behind_and_says_why(client: Client, album: Album, editor: User) -> None:
    client.force_login(editor)
    file = SimpleUploadedFile("a.jpg", b"<svg><script/></svg>", "image/jpeg")
    response = client.post(f"/desk/albums/{album.code}/photos/add/", {"file": file})
    assert response.status_code == 422
    assert "JPEG" in response.content.decode()
    assert not Photo.objects.exists()


def test_a_photo_that_is_announced_too_large_is_refused_unread(client: Client, album: Album, editor: User) -> None:
    client.force_login(editor)

    class Unread(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise AssertionError("somebody began to read it")

    response = client.generic(
        "POST", f"/desk/albums/{album.code}/photos/add/", b"x", "multipart/form-data; boundary=b",
        **{"CONTENT_LENGTH": str(200 * 1024 * 1024), "wsgi.input": Unread()},  # type: ignore[arg-type]  # told by name, of many kinds
    )  # fmt: skip
    assert response.status_code == 422
    assert "12 MB" in response.content.decode()


def test_a_photo_that_lied_about_its_size_is_cut_off(client: Client, album: Album, editor: User) -> None:
    client.force_login(editor)
    file = SimpleUploadedFile("a.jpg", picture() + b"\0" * MOST_BYTES, "image/jpeg")
    response = client.post(f"/desk/albums/{album.code}/photos/add/", {"file": file})
    assert response.status_code == 422
    assert not Photo.objects.exists()


def test_a_photo_comes_in_through_the_desk_and_is_then_described(client: Client, album: Album, editor: User) -> None:
    client.force_login(editor)
    file = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
    response = client.post(f"/desk/albums/{album.code}/photos/add/", {"file": file})
    photo = Photo.objects.get()
    assert response["Location"] == f"/desk/albums/photos/{photo.pk}/"
    texts = {f"{name}_{language}": text for name in ("alts", "captions") for language, text in TEXTS.items()}
    assert client.post(response["Location"], texts).status_code == 302
    client.post(f"/desk/albums/{album.code}/publish/")
    assert Sheet.objects.filter(kind="album").count() == 4  # three languages and the other script


def test_an_upload_from_another_site_is_not_let_in(album: Album, editor: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    file = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
    there = f"/desk/albums/{album.code}/photos/add/"
    assert strict.post(there, {"file": file}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not Photo.objects.exists()


def test_an_album_is_read_in_every_script_with_sizes_and_without_moving(client: Client, shown: Photo) -> None:
    page = client.get("/uz-cyrl/albums/open-day/").content.decode()
    assert "Очиқ кун" in page
    assert f'width="{shown.width}" height="{shown.height}"' in page
    assert 'loading="lazy"' in page
    assert f"{shown.token}-480.webp 480w" in page
    assert client.get(address(shown)).status_code == 200
    assert client.get(address(shown, "webp"))["Content-Type"] == "image/webp"
    assert "/uz/albums/open-day/" in client.get("/uz/albums/").content.decode()


@pytest.mark.parametrize("name", ["x-480.jpg", "{token}-481.jpg", "{token}-480.svg", "{token}-480.py"])
def test_no_other_file_can_be_asked_for(client: Client, shown: Photo, name: str) -> None:
    assert client.get(f"/pictures/{name.format(token=shown.token)}").status_code == 404


def test_people_are_not_shown_without_a_yes(client: Client, album: Album, editor: User) -> None:
    photo = services.add_photo(album, content=picture(), by=editor)
    describe(photo, editor, shows_people=True)
    with pytest.raises(PortalRefusedError):
        services.publish_album(album, by=editor)
    assert client.get(address(photo)).status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(is_public=True)


@pytest.mark.parametrize(
    ("facts", "lack"),
    [
        ({"given_by": "adult"}, "guardian"),
        ({"covers": ["print"]}, "consent_holds"),
        ({"days": 0}, ""),
    ],
)
def test_a_yes_has_to_be_the_right_one(album: Album, editor: User, facts: dict[str, object], lack: str) -> None:
    photo = services.add_photo(album, content=picture(), by=editor)
    yes = consent_of(album, editor, **facts)  # type: ignore[arg-type]  # told by name, of many kinds
    photo = describe(photo, editor, shows_people=True, shows_children=True, consent=yes)
    assert lacks_of(photo) == ([lack] if lack else [])


def test_a_photo_nobody_can_hear_is_not_published(album: Album, editor: User) -> None:
    photo = services.add_photo(album, content=picture(), by=editor)
    photo = describe(photo, editor, alts={"uz": "Bir", "ru": "", "en": "One"})
    assert lacks_of(photo) == ["alt"]


def test_a_no_is_obeyed_at_once_and_the_file_is_deleted(
    client: Client, shown: Photo, editor: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = queries.edition()
    assert shown.consent
    with django_capture_on_commit_callbacks(execute=True):
        assert services.withdraw_consent(shown.consent, by=editor) == 1
    assert client.get(address(shown)).status_code == 404
    assert client.get("/uz/albums/open-day/").status_code == 404
    assert not (photo_files.folder() / shown.token).exists()
    assert queries.edition() != before
    shown.refresh_from_db()
    assert shown.captions == {}


def test_other_photos_of_the_album_stay_when_one_goes(client: Client, shown: Photo, editor: User) -> None:
    other = services.add_photo(shown.album, content=picture(), by=editor)
    describe(other, editor)
    services.publish_album(shown.album, by=editor)
    assert shown.consent
    services.withdraw_consent(shown.consent, by=editor)
    page = client.get("/uz/albums/open-day/").content.decode()
    assert other.token in page
    assert shown.token not in page


def test_a_yes_that_is_over_ends_the_picture_at_midnight_and_the_album_with_the_timetable(
    client: Client, shown: Photo
) -> None:
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=31)):
        assert client.get(address(shown)).status_code == 404
        assert services.end_consents() == 1
        assert client.get("/uz/albums/open-day/").status_code == 404
        assert services.end_consents() == 0
    shown.refresh_from_db()
    assert not shown.is_public
    assert photo_files.content_of(shown.token, 480, "jpg")  # a new yes may come


def test_what_a_broken_off_upload_left_is_swept_up(album: Album) -> None:
    photo_files.keep("0" * 32, {(480, "jpg"): b"x"})
    services.end_consents()
    assert photo_files.content_of("0" * 32, 480, "jpg") is None


def test_an_import_of_files_leaves_albums_alone(shown: Photo, folder: object) -> None:
    services.import_content(folder)  # type: ignore[arg-type]  # told by name, of many kinds
    assert Sheet.objects.filter(kind="album", code=shown.album.code).exists()


@pytest.mark.parametrize("paper", ["Anvar Karimov", "", "k 1", "A" * 21])
def test_a_consent_has_a_number_and_never_a_name(album: Album, editor: User, paper: str) -> None:
    with pytest.raises(PortalRefusedError):
        consent_of(album, editor, paper=paper)


def test_only_editors_keep_albums(album: Album, counsellor: User) -> None:
    with pytest.raises(PortalRefusedError):
        services.add_photo(album, content=picture(), by=counsellor)
    with pytest.raises(PortalRefusedError):
        services.publish_album(album, by=counsellor)
