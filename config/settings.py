"""Every setting of Panoh, in one file, read from ``PANOH_*`` variables.

The table in ``docs/how-to/settings.md`` describes each variable; ``tests/test_house.py`` compares the two.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import django.conf.locale
import wagtail
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent


def env(name: str, default: str = "") -> str:
    return os.environ.get(f"PANOH_{name}", default).strip()


def env_flag(name: str) -> bool:
    return env(name).lower() in {"1", "true", "yes", "on"}


# --- where we are -----------------------------------------------------------------------------------------------

ENV = env("ENV", "demo")
if ENV not in {"demo", "production", "test"}:
    raise ImproperlyConfigured(f"PANOH_ENV must be demo, production or test, not {ENV!r}")
PRODUCTION = ENV == "production"
DEMO = ENV == "demo"
DEBUG = env_flag("DEBUG")
DATA_DIR = Path(env("DATA_DIR", str(ROOT / "data")))
CENTRE_DIR = Path(env("CENTRE_DIR", str(ROOT / "centre")))
CONTENT_DIR = Path(env("CONTENT_DIR") or ROOT / "content")
PUBLIC_URL = env("PUBLIC_URL", "http://127.0.0.1:" + os.environ.get("PORT", "8000")).rstrip("/")


def kept_secret(name: str) -> str:
    """A secret from the environment; outside production one is made once and kept in the data folder."""
    value = env(name)
    if value or PRODUCTION:
        return value
    path = DATA_DIR / f"{name.lower()}.secret"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        fresh = os.urandom(32).hex()
        try:
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(fresh)
        except FileExistsError:
            pass
    return path.read_text().strip()


SECRET_KEY = kept_secret("SECRET_KEY")
# The master key ring: "id:64 hex digits", newest first, comma between.
VAULT_KEYS = env("VAULT_KEYS") or ("" if PRODUCTION else "local:" + kept_secret("VAULT_KEY"))

# --- databases --------------------------------------------------------------------------------------------------

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL: a word that was acknowledged survives a power cut.
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA temp_store=MEMORY;"
    "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000",
}


# What a new SQLite file begins with (``manage.py fresh``).
FRESH_DIR = ROOT / "config" / "fresh"


def database(url: str, alias: str) -> dict[str, Any]:
    """``sqlite:///path`` or ``postgres://user:password@host:port/name`` as Django wants it."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "panoh.ground.common.sqlite",
            "NAME": unquote(parts.path[1:]),
            "CONN_MAX_AGE": None,
            "OPTIONS": SQLITE_OPTIONS,
            "FRESH": FRESH_DIR / f"{alias}.sql",
            "TEST": {"NAME": ":memory:"},
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured("A database URL starts with sqlite:/// or postgres://")


def keys_url(main: str) -> str:
    """The key store never shares a database with what it opens: a second file, or a second database."""
    if main.startswith("sqlite"):
        return main.rsplit("/", 1)[0] + "/" + "keys.sqlite3"
    return main + "_keys"


DATABASE_URL = env("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'panoh.sqlite3'}"
KEYS_URL = env("KEYS_URL") or keys_url(DATABASE_URL)
DATABASES = {"default": database(DATABASE_URL, "default"), "keys": database(KEYS_URL, "keys")}
DATABASE_ROUTERS = ["panoh.ground.vault.routing.KeyStoreRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- rooms ------------------------------------------------------------------------------------------------------

ROOMS = [
    "panoh.doors.desk",
    "panoh.doors.telegram",
    "panoh.doors.live",
    "panoh.doors.api",
    "panoh.care.helpline",
    "panoh.care.reports",
    "panoh.care.cases",
    "panoh.care.talks",
    "panoh.learn.training",
    "panoh.learn.exchange",
    "panoh.learn.academy",
    "panoh.learn.portal",
    "panoh.learn.playroom",
    "panoh.learn.certificates",
    "panoh.ground.organisations",
    "panoh.ground.accounts",
    "panoh.ground.notify",
    "panoh.ground.jobs",
    "panoh.ground.search",
    "panoh.ground.vault",
    "panoh.ground.audit",
    "panoh.ground.ui",
    "panoh.ground.languages",
    "panoh.ground.places",
    "panoh.ground.common",
]
INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "panoh.learn.portal.wagtail_apps.Users",
    "panoh.learn.portal.wagtail_apps.Snippets",
    "panoh.learn.portal.wagtail_apps.Admin",
    "wagtail",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "panoh.ground.ui.middleware.SafeHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "panoh.ground.accounts.middleware.ShutByDefaultMiddleware",
    "panoh.ground.accounts.middleware.StaffSessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "csp.middleware.CSPMiddleware",
]
ROOT_URLCONF = "config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "panoh.ground.ui.context.page",
            ],
            "builtins": ["panoh.ground.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "panoh.ground.ui.rendering.FormRenderer"
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# One style sheet of Wagtail's names a picture of its image app, which we do not install.
STATICFILES_DIRS: list[Path | tuple[str, Path]] = [Path(wagtail.__file__).parent / "images" / "static"]
# Recordings of the guidance are sent as styles and scripts are: by the front or the proxy, in parts, kept for a year.
if (CONTENT_DIR / "media").is_dir():
    STATICFILES_DIRS.append(("media", CONTENT_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENV == "test" or DEBUG
        else "panoh.ground.ui.storage.BundlingStorage"
    },
}
WHITENOISE_USE_FINDERS = ENV == "test" or DEBUG

# --- people -----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if ENV == "test"
    else ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_ADAPTER = "panoh.ground.accounts.adapter.StaffAdapter"
SOCIALACCOUNT_ADAPTER = "panoh.ground.accounts.adapter.DirectoryAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# By address of the net only against floods: a whole centre sits behind one. The lock itself is on the account.
ACCOUNT_RATE_LIMITS: dict[str, str] = {"login": "120/m/ip", "login_failed": "60/m/ip,20/5m/key"}
# The front lets X-Forwarded-For in from a proxy on this machine only; its last address is the one the proxy saw.
ALLAUTH_TRUSTED_PROXY_COUNT = 1
ACCOUNT_FORMS = {
    "login": "panoh.ground.accounts.forms.LoginForm",
    "reset_password": "panoh.ground.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "panoh.ground.accounts.forms.ResetPasswordKeyForm",
    "change_password": "panoh.ground.accounts.forms.ChangePasswordForm",
    "set_password": "panoh.ground.accounts.forms.SetPasswordForm",
    "reauthenticate": "panoh.ground.accounts.forms.ReauthenticateForm",
}
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if env("OIDC_SERVER"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "directory",
                "name": env("OIDC_NAME", "OpenID"),
                "client_id": env("OIDC_CLIENT_ID"),
                "secret": env("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": env("OIDC_SERVER")},
            }
        ],
    }
MFA_ADAPTER = "panoh.ground.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "panoh.ground.accounts.forms.CodeForm",
    "reauthenticate": "panoh.ground.accounts.forms.CodeAgainForm",
    "activate_totp": "panoh.ground.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "panoh.ground.accounts.forms.AddKeyForm",
    "edit_webauthn": "panoh.ground.accounts.forms.EditKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Panoh"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_TOLERANCE = 1
SECOND_FACTOR_COMPULSORY = PRODUCTION
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "desk"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_MINUTES = 60
SESSION_ABSOLUTE_HOURS = 12
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_HOURS * 3600

# --- languages --------------------------------------------------------------------------------------------------

django.conf.locale.LANG_INFO.update(
    {
        "uz": {"bidi": False, "code": "uz", "name": "Uzbek (Latin)", "name_local": "Oʻzbekcha"},
        "uz-cyrl": {"bidi": False, "code": "uz-cyrl", "name": "Uzbek (Cyrillic)", "name_local": "Ўзбекча"},
        "kaa": {"bidi": False, "code": "kaa", "name": "Karakalpak", "name_local": "Qaraqalpaqsha"},
        "ru": {"bidi": False, "code": "ru", "name": "Russian", "name_local": "Русский"},
    }
)
LANGUAGES = [
    ("uz", "Oʻzbekcha"),
    ("uz-cyrl", "Ўзбекча"),
    ("ru", "Русский"),
    ("en", "English"),
    ("kaa", "Qaraqalpaqsha"),
]
LANGUAGE_CODE = "uz"
LANGUAGE_COOKIE_NAME = "view-language"
# Ours first; then words for screens that are not ours and lack them.
LOCALE_PATHS = [ROOT / "locale", ROOT / "panoh" / "learn" / "portal" / "wagtail_apps" / "words"]
FORMAT_MODULE_PATH = ["panoh.ground.languages.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env("TIME_ZONE", "Asia/Tashkent")

# --- the editors' pages (decision 0011): Wagtail without what it asks of other houses ---------------------------------

# Its hundred and twenty migrations, as one each: they take minutes on a database that never held one of its pages.
MIGRATION_MODULES = {
    f"wagtail{one}": f"panoh.learn.portal.wagtail_apps.migrations.{one}" for one in ("core", "admin", "users")
}
WAGTAIL_SITE_NAME = "Panoh"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_I18N_ENABLED = True
# Written languages only: a script is derived, never a tree of its own.
WAGTAIL_CONTENT_LANGUAGES = [(code, name) for code, name in LANGUAGES if code != "uz-cyrl"]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
# Saved when somebody says so: the newest words are then always somebody's, never half a sentence of two people.
WAGTAIL_AUTOSAVE_INTERVAL = 0

# --- cache, tasks, mail, SMS -------------------------------------------------------------------------------------

REDIS_URL = env("REDIS_URL")
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "panoh.ground.common.cache.ForgivingRedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if ENV == "test"
        else "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
    }
}
EMAIL_URL = env("EMAIL_URL")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_URL else "django.core.mail.backends.console.EmailBackend"
)
if ENV == "test":
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if EMAIL_URL:
    _mail = urlsplit(EMAIL_URL)
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", "panoh@localhost")
SMS_GATEWAY = env("SMS_GATEWAY")
SMS_TOKEN = env("SMS_TOKEN")

# --- Telegram ---------------------------------------------------------------------------------------------------

TELEGRAM_TOKEN = env("TELEGRAM_TOKEN")
TELEGRAM_EMULATED = not PRODUCTION and not TELEGRAM_TOKEN
TELEGRAM_API = env("TELEGRAM_API") or (f"{PUBLIC_URL}/emulator" if TELEGRAM_EMULATED else "https://api.telegram.org")
TELEGRAM_MODE = env("TELEGRAM_MODE", "poll")
TELEGRAM_SECRET = env("TELEGRAM_SECRET")
if TELEGRAM_EMULATED:
    TELEGRAM_TOKEN = "1:emulator"

# --- safety -----------------------------------------------------------------------------------------------------

# Where files that people send are checked: unix:/path or tcp://host:port of clamd, or a command.
SCANNER = env("SCANNER")
# Private keys of certificates: read by the worker alone.
SIGNING_FILE = env("SIGNING_FILE")
RECEIPT_MEMORY_MIB = 8 if ENV == "test" else 128
RECEIPT_PAUSE_SECONDS = 0 if ENV == "test" else 10
_public = urlsplit(PUBLIC_URL)
ALLOWED_HOSTS = [_public.hostname or "localhost", "127.0.0.1", "localhost", *filter(None, env("HOSTS").split(","))]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SECURE_HTTPS = _public.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_HTTPS
CSRF_COOKIE_NAME = "desk-form"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "panoh.ground.ui.views.form_expired"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *([env("OIDC_SERVER")] if env("OIDC_SERVER") else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- logs: codes only; nothing a person typed, no address, no query string ----------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"discreet": {"()": "panoh.ground.common.logs.DiscreetFilter"}},
    "formatters": {"line": {"()": "panoh.ground.common.logs.DiscreetFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["discreet"], "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", "WARNING")},
    "loggers": {"django.server": {"handlers": ["stderr"], "propagate": False}},
}

# --- production refuses what would hurt ---------------------------------------------------------------------------


def _place(url: str) -> tuple[str | None, int, str]:
    parts = urlsplit(url)
    return parts.hostname, parts.port or 5432, parts.path


def refusals() -> list[str]:
    """What keeps this configuration out of production, one sentence each."""
    said = []
    if DEBUG:
        said.append("PANOH_DEBUG must be off.")
    if len(SECRET_KEY) < 32:
        said.append("PANOH_SECRET_KEY is missing or shorter than 32 characters.")
    if not VAULT_KEYS:
        said.append("PANOH_VAULT_KEYS is missing: nothing could be sealed.")
    if not DATABASE_URL.startswith("postgres"):
        said.append("PANOH_DATABASE_URL must be PostgreSQL: SQLite is for the embedded demo centre.")
    if not KEYS_URL.startswith("postgres"):
        said.append("PANOH_KEYS_URL must be a PostgreSQL database of its own.")
    if _place(KEYS_URL) == _place(DATABASE_URL):
        said.append("PANOH_KEYS_URL must not be the database of PANOH_DATABASE_URL: a key beside its text is no key.")
    if not env("PUBLIC_URL").startswith("https://"):
        said.append("PANOH_PUBLIC_URL must be the https:// address people use.")
    if TELEGRAM_MODE not in {"poll", "webhook"}:
        said.append("PANOH_TELEGRAM_MODE must be poll or webhook.")
    if TELEGRAM_MODE == "webhook" and len(TELEGRAM_SECRET) < 16:
        said.append("PANOH_TELEGRAM_SECRET is empty or shorter than 16 characters: anyone could speak as Telegram.")
    if (mode := _mode(SIGNING_FILE or str(DATA_DIR / "signing.key"))) & 0o077:
        said.append(f"PANOH_SIGNING_FILE can be read by others ({mode & 0o777:o}): chmod 600.")
    return said


def _mode(path: str) -> int:
    """The permissions of a file, 0 where this process sees none: only the worker has to."""
    try:
        return os.stat(path).st_mode & 0o777
    except OSError:
        return 0


if PRODUCTION and (_said := refusals()):
    raise ImproperlyConfigured("Panoh will not start in production:\n  - " + "\n  - ".join(_said))
