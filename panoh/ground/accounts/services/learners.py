"""Learners: asked in by a code or a link, let in once, told, changed, forgotten."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from panoh.ground.audit import public as audit
from panoh.ground.common.centre import centre
from panoh.ground.languages import public as languages
from panoh.ground.notify import public as notify
from panoh.ground.places import public as places
from panoh.ground.vault import public as vault

from .. import addresses
from ..errors import LearnerRefusedError, SignInRefusedError
from ..models import Learner, LearnerSession, SignIn, Way
from ..queries import learners as queries

KIND = "learner"
LIVES = timedelta(minutes=15)
TRIES = 5
SEEN_EVERY = timedelta(hours=12)


@dataclass(frozen=True)
class Entered:
    """Somebody is in: the token for their cookie, and where they wanted to go."""

    learner: Learner
    token: str
    back: str
    is_new: bool


def setting(name: str, default: int) -> int:
    return int(centre("learners", name, default=default))


def notice_version() -> str:
    return str(centre("notice_version", default="1"))


def read_address(way: str, typed: str) -> str:
    """The address as it is sent to; raises ``SignInRefusedError``."""
    if way not in {Way.EMAIL, Way.SMS}:
        raise SignInRefusedError("way")
    if way == Way.SMS and not notify.sms_available():
        raise SignInRefusedError("way")
    address = addresses.read_phone(typed) if way == Way.SMS else addresses.read_email(typed)
    if not address:
        raise SignInRefusedError("address")
    return address


@transaction.atomic
def ask_to_sign_in(*, way: str, typed: str, language: str, back: str = "") -> str:
    """Send a code (by mail a link, too) to an address, known or not: the answer is the same. The browser's token.

    Raises ``SignInRefusedError``: what was typed is no address, or too much was asked for lately. Nobody is counted by
    the address of their network: a whole school has one.
    """
    address, now = read_address(way, typed), timezone.now()
    hashed = vault.lookup(address, purpose=queries.ADDRESS_PURPOSE)
    _mind_the_flood(way, hashed, now)
    browser, link, code = secrets.token_urlsafe(24), secrets.token_urlsafe(24), f"{secrets.randbelow(10**6):06}"
    key = vault.new_key("sign_in")
    SignIn.objects.create(
        key=key,
        way=way,
        address=vault.seal(key, address, where=queries.where_asked(key)),
        address_hash=hashed,
        browser_hash=vault.lookup(browser, purpose=queries.SIGN_IN_PURPOSE),
        link_hash=vault.lookup(link, purpose=queries.SIGN_IN_PURPOSE),
        code_hash=code_hash(key, code),
        language=language,
        consent=notice_version(),
        back=back[:200],
        asked_at=now,
        expires_at=now + LIVES,
    )
    _send(way, address, language, code, link)
    return browser


def _mind_the_flood(way: str, hashed: str, now: datetime) -> None:
    lately = SignIn.objects.filter(asked_at__gt=now - LIVES, address_hash=hashed).count()
    everybody = SignIn.objects.filter(asked_at__gt=now - timedelta(minutes=1)).count()
    if lately >= setting("codes_per_address", 3) or everybody >= setting("codes_per_minute", 600):
        raise SignInRefusedError("many")
    if way == Way.SMS:
        texts = SignIn.objects.filter(asked_at__gt=now - timedelta(hours=1), way=Way.SMS).count()
        if texts >= setting("sms_per_hour", 300):
            raise SignInRefusedError("many")


def _send(way: str, address: str, language: str, code: str, link: str) -> None:
    with translation.override(language):
        if way == Way.SMS:
            notify.tell_sms(address, _("Your code: %(code)s. It works once, for 15 minutes.") % {"code": code})
            return
        url = settings.PUBLIC_URL + reverse("learner:enter", args=[link])
    notify.tell_email(address, "accounts/mail/sign_in.txt", language, code=code, link=url)


def code_hash(key: UUID, code: str) -> str:
    return vault.lookup(f"{key}:{code}", purpose="accounts.sign_in_code")


def enter_code(browser: str, code: str) -> Entered:
    """Let in who typed the code into the browser that asked for it; five wrong ones end it."""
    asked = queries.waiting_sign_in(browser)
    if asked is None or not SignIn.objects.filter(pk=asked.pk, tries__lt=TRIES).update(tries=F("tries") + 1):
        raise SignInRefusedError("over")
    digits = "".join(filter(str.isdigit, code))
    if not secrets.compare_digest(asked.code_hash, code_hash(asked.key, digits)):
        raise SignInRefusedError("code" if asked.tries + 1 < TRIES else "over")
    return _enter(asked)


def enter_link(token: str) -> Entered:
    """Let in who opened the link and pressed its button."""
    asked = queries.sign_in_by_link(token)
    if asked is None:
        raise SignInRefusedError("over")
    return _enter(asked)


@transaction.atomic
def _enter(asked: SignIn) -> Entered:
    """Once: of two at the same moment one comes in."""
    now = timezone.now()
    if not SignIn.objects.filter(pk=asked.pk, used_at=None).update(used_at=now):
        raise SignInRefusedError("over")
    address = vault.unseal(asked.key, asked.address, where=queries.where_asked(asked.key))
    learner, is_new = _learner_at(asked.way, address, asked.language, asked.consent)
    vault.destroy_keys([asked.key], reason="accounts.signed_in")
    SignIn.objects.filter(pk=asked.pk).update(address=b"")
    return Entered(learner, start_session(learner), asked.back, is_new)


@transaction.atomic
def open_learner(typed: str, *, way: str = Way.EMAIL, language: str = "uz") -> Entered:
    """Let in an address that was proved elsewhere, or that is only an example; raises ``SignInRefusedError``."""
    learner, is_new = _learner_at(way, read_address(way, typed), language, notice_version())
    return Entered(learner, start_session(learner), "", is_new)


@transaction.atomic
def open_launched(issuer: str, subject: str, *, language: str) -> Entered:
    """Let in who another learning system brings: the same issuer and number are the same learner, for ever.

    Nothing else is kept of them. What they agreed to is "" until they look at their account.
    """
    learner, is_new = _learner_at(Way.LTI, f"{issuer} {subject}", language, "")
    return Entered(learner, start_session(learner), "", is_new)


def _learner_at(way: str, address: str, language: str, consent: str) -> tuple[Learner, bool]:
    if learner := queries.learner_by_address(address):
        Learner.objects.filter(pk=learner.pk).update(consent=consent or learner.consent, seen_at=timezone.now())
        return learner, False
    try:
        with transaction.atomic():
            return _new_learner(way, address, language, consent), True
    except IntegrityError:  # another browser of the same person was first
        found = queries.learner_by_address(address)
        if found is None:
            raise
        return found, False


def _new_learner(way: str, address: str, language: str, consent: str) -> Learner:
    uuid, key, hashed = uuid4(), vault.new_key(KIND), vault.lookup(address, purpose=queries.ADDRESS_PURPOSE)
    chat = address.partition(":")[2] if way == Way.TELEGRAM else ""
    learner = Learner.objects.create(
        uuid=uuid,
        key=key,
        way=way,
        address=vault.seal(key, address, where=queries.where(uuid, "address")),
        address_hash=hashed,
        telegram=vault.seal(key, chat, where=queries.where(uuid, "telegram")) if chat else b"",
        telegram_hash=hashed if chat else None,
        language=language,
        consent=consent,
        seen_at=timezone.now(),
    )
    audit.record("learner.joined", thing=str(uuid), way=way)
    return learner


def start_session(learner: Learner) -> str:
    """A token for one browser; by its look-up alone it is known here."""
    token = secrets.token_urlsafe(32)
    LearnerSession.objects.create(
        learner=learner,
        token_hash=vault.lookup(token, purpose=queries.SESSION_PURPOSE),
        expires_at=timezone.now() + timedelta(days=setting("session_days", 60)),
    )
    return token


def end_session(token: str) -> None:
    """Sign this browser out."""
    if token:
        LearnerSession.objects.filter(token_hash=vault.lookup(token, purpose=queries.SESSION_PURPOSE)).delete()


def end_learner_sessions(learner: Learner) -> int:
    """Sign the learner out everywhere; how many browsers that were."""
    return LearnerSession.objects.filter(learner=learner).delete()[0]


def note_seen(learner: Learner) -> None:
    """The learner was here; written at most twice a day, because idle learners are forgotten by it."""
    now = timezone.now()
    if now - learner.seen_at > SEEN_EVERY:
        Learner.objects.filter(pk=learner.pk).update(seen_at=now)


def tell_learner(learner: Learner, template: str, **context: object) -> bool:
    """Write to a learner in their language, by letter and in the chat they linked; False where there is neither."""
    is_told = False
    if learner.way == Way.EMAIL and (address := queries.learner_address(learner)):
        notify.tell_email(address, template, learner.language, **context)
        is_told = True
    if notify.telegram_available() and (chat := queries.learner_chat(learner)):
        notify.tell_telegram(chat, template, learner.language, **context)
        is_told = True
    return is_told


@transaction.atomic
def change_learner(
    learner: Learner,
    *,
    name_latin: str,
    name_cyrillic: str,
    region: str,
    district: str,
    language: str,
    wants_reminders: bool,
) -> Learner:
    """What a learner says of themselves. The script left empty is made from the other one, to be looked at."""
    latin, cyrillic = " ".join(name_latin.split()), " ".join(name_cyrillic.split())
    if district and places.district_region(district) != region:
        raise LearnerRefusedError(_("This district is not in the region you chose."))
    learner = Learner.objects.select_for_update().get(pk=learner.pk)
    made = bool(latin) != bool(cyrillic)
    latin = latin or languages.other_script(cyrillic)
    cyrillic = cyrillic or languages.other_script(latin)
    before = queries.learner_names(learner)
    if (latin, cyrillic) != (before.latin, before.cyrillic) or not made:
        learner.names_reviewed_at = timezone.now() if latin and not made else None
    learner.name_latin = _sealed(learner, "name_latin", latin)
    learner.name_cyrillic = _sealed(learner, "name_cyrillic", cyrillic)
    learner.region, learner.district, learner.language = region, district, language
    learner.wants_reminders = wants_reminders
    learner.save()
    if (latin, cyrillic) != (before.latin, before.cyrillic):
        audit.record("learner.names_changed", thing=str(learner.pk), actor=str(learner.pk))
    return learner


def _sealed(learner: Learner, field: str, text: str) -> bytes:
    return vault.seal(learner.key, text, where=queries.where(learner.pk, field)) if text else b""


@transaction.atomic
def stop_reminders(learner: Learner) -> None:
    Learner.objects.filter(pk=learner.pk).update(wants_reminders=False)


@transaction.atomic
def delete_learner(learner: Learner, *, reason: str = "learner.asked") -> None:
    """Forget a learner in every room, for good: their key goes, and with it whatever was sealed under it."""
    learner = Learner.objects.select_for_update().get(pk=learner.pk)
    for _room, (_tell, forget_in_room) in queries.rooms().items():
        forget_in_room(learner)
    vault.destroy_keys([learner.key], reason=reason)
    uuid = str(learner.pk)
    learner.delete()
    audit.record("learner.deleted", thing=uuid, reason=reason.rpartition(".")[2])


def forget_learners(before: datetime) -> int:
    """Delete learners who were not here since ``before``, and who asked to be let in and did not come; how many."""
    asked = clear_sign_ins()
    idle = list(Learner.objects.filter(seen_at__lt=before))
    for learner in idle:
        delete_learner(learner, reason="learner.idle")
    return len(idle) + asked


@transaction.atomic
def clear_sign_ins() -> int:
    """Drop what was asked and is over, and sessions that ended. Run by the timetable."""
    now = timezone.now()
    over = list(SignIn.objects.filter(expires_at__lt=now - LIVES).values_list("pk", "key"))
    vault.destroy_keys([key for _pk, key in over], reason="accounts.sign_in_over")
    SignIn.objects.filter(pk__in=[pk for pk, _key in over]).delete()
    LearnerSession.objects.filter(expires_at__lt=now).delete()
    return len(over)
