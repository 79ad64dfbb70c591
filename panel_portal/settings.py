"""All settings, in one file, driven by environment variables.

The defaults are those of production: a machine that sets nothing but SECRET_KEY and
ALLOWED_HOSTS runs safely behind a TLS proxy. `bin/run` relaxes what a laptop needs
(HTTPS=0, STAFF_MFA_REQUIRED=0). README.md, "Configure", lists every variable.
"""

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from panel_portal.environment import Environment

env = Environment()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "var"))).resolve()

DEBUG = env.flag("DEBUG", default=False)
HTTPS = env.flag("HTTPS", default=True)
STAFF_MFA_REQUIRED = env.flag("STAFF_MFA_REQUIRED", default=not DEBUG)
SECRET_KEY = env.text("SECRET_KEY")
if not DEBUG and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5):
    raise ImproperlyConfigured(
        "SECRET_KEY is too short: use at least 50 random characters, for instance "
        "from: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
BASE_URL = env.text("BASE_URL", "http://localhost:8000").rstrip("/")
if urlsplit(BASE_URL).scheme not in {"http", "https"} or not urlsplit(BASE_URL).netloc:
    raise ImproperlyConfigured(
        "BASE_URL must be the portal's address, like https://panel.example.com."
    )

INSTALLED_APPS = [
    "panel_portal.apps.PanelPortalConfig",
    "panelists",
    "rewards",
    "receipts",
    "surveys",
    "panel_portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_q",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "panel_portal.middleware.HtmxLoginMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "panelists.middleware.StaffMfaMiddleware",
    "panelists.middleware.PanelistMiddleware",
]

ROOT_URLCONF = "panel_portal.urls"
WSGI_APPLICATION = "panel_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database -------------------------------------------------------------------------

try:
    DATABASES = {
        "default": dj_database_url.parse(
            env.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'portal.sqlite3'}"),
            conn_max_age=60,
            conn_health_checks=True,
        )
    }
except (ValueError, KeyError):
    raise ImproperlyConfigured(
        "DATABASE_URL is not a database address. Examples: "
        "sqlite:////srv/panel/portal.sqlite3, postgres://user:password@host/name"
    ) from None
if DATABASES["default"]["ENGINE"] not in {
    "django.db.backends.sqlite3",
    "django.db.backends.postgresql",
}:
    raise ImproperlyConfigured(
        "DATABASE_URL must name SQLite or PostgreSQL: other databases are not tested."
    )
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction that reads and then writes takes its lock at the start
    # and waits for it, where a deferred one would fail at once with "locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA secure_delete=ON;"
        ),
    }
    # A file, because journeys run a worker process against the tests' database.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # In the database, because rate limits and one-time codes must be the same for
    # every process, and a panel this size needs no cache server.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# Files ----------------------------------------------------------------------------

VAULT_DIR = DATA_DIR / "vault"
KEPT_DIR = DATA_DIR / "kept"
FILE_STORAGE = env.choice("FILE_STORAGE", "local", ("local", "s3"))
if FILE_STORAGE == "s3":
    _bucket = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.text("S3_BUCKET"),
            "endpoint_url": env.text("S3_ENDPOINT_URL", "") or None,
            "default_acl": "private",
            "querystring_auth": True,
            "file_overwrite": False,
        },
    }
    _vault = {**_bucket, "OPTIONS": {**_bucket["OPTIONS"], "location": "vault"}}
    _kept = {**_bucket, "OPTIONS": {**_bucket["OPTIONS"], "location": "kept"}}
else:
    _local = "django.core.files.storage.FileSystemStorage"
    _private = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    _vault = {"BACKEND": _local, "OPTIONS": {"location": VAULT_DIR, **_private}}
    _kept = {"BACKEND": _local, "OPTIONS": {"location": KEPT_DIR, **_private}}

STORAGES = {
    "default": _kept,
    # What is made from a receipt until it is decided; never served from a path.
    "vault": _vault,
    "kept": _kept,
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        ),
    },
}
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG
# A file over this goes to disk while it arrives; receipts are at most 20 MB each.
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "receipts.upload_handler.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_TEMP_DIR = VAULT_DIR / "incoming"
# Where the readers' working files lie; swept when a worker starts.
WORK_DIR = VAULT_DIR / "work"
# Tesseract's files and whatever else a library sets aside: never in /tmp, where a
# killed worker would leave a page of a receipt for good.
os.environ["TMPDIR"] = tempfile.tempdir = str(WORK_DIR)
try:
    for _folder in (DATA_DIR, VAULT_DIR, KEPT_DIR, FILE_UPLOAD_TEMP_DIR, WORK_DIR):
        _folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(PermissionError):  # another account made it, and answers for it
            _folder.chmod(0o700)
except OSError:
    raise ImproperlyConfigured(
        "DATA_DIR must name a folder that the portal may write to."
    ) from None
# The upload handler takes the first 100 and says so of the rest; this only stops abuse.
DATA_UPLOAD_MAX_NUMBER_FILES = 1000

# Accounts -------------------------------------------------------------------------

AUTH_USER_MODEL = "panelists.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "panelists.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "panelists.models.display_name"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Added to allauth's own, which guard sign-in, codes and mails.
ACCOUNT_RATE_LIMITS = {"waitlist": "5/m/ip,30/h/ip"}
ACCOUNT_FORMS = {
    "login": "panelists.account_forms.LoginForm",
    "reauthenticate": "panelists.account_forms.ReauthenticateForm",
    "change_password": "panelists.account_forms.ChangePasswordForm",
    "set_password": "panelists.account_forms.SetPasswordForm",
    "reset_password": "panelists.account_forms.ResetPasswordForm",
    "reset_password_from_key": "panelists.account_forms.ResetPasswordKeyForm",
    "add_email": "panelists.account_forms.AddEmailForm",
}
MFA_FORMS = {
    "authenticate": "panelists.account_forms.AuthenticateForm",
    "reauthenticate": "panelists.account_forms.MfaReauthenticateForm",
    "activate_totp": "panelists.account_forms.ActivateTotpForm",
    "add_webauthn": "panelists.account_forms.AddSecurityKeyForm",
    "edit_webauthn": "panelists.account_forms.EditSecurityKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Panel Portal"
SESSION_COOKIE_AGE = 14 * 24 * 3600

# Mail -----------------------------------------------------------------------------

EMAIL_BACKEND_CHOICE = env.choice(
    "EMAIL_DELIVERY", "smtp" if not DEBUG else "file", ("smtp", "file", "console")
)
EMAIL_BACKEND = {
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "file": "django.core.mail.backends.filebased.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
}[EMAIL_BACKEND_CHOICE]
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25, least=1, most=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "panel@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Security -------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
if env.flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 1, least=1, most=10)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        # data: is the QR image of two-step enrolment; blob: previews an upload.
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Background work ------------------------------------------------------------------

TASK_TIMEOUT = env.number("TASK_TIMEOUT", 150, least=5, most=3600)
WORKERS = env.number("WORKERS", 2, least=1, most=64)
# A read is tried this often before the receipt goes to a person unread.
MAX_READ_ATTEMPTS = env.number("MAX_READ_ATTEMPTS", 3, least=1, most=10)
# What lies in the vault for longer is told to the operators.
VAULT_DUE_DAYS = env.number("VAULT_DUE_DAYS", 14, least=1, most=365)
# A worker beats before and after each task, so a task's whole time isn't silence.
HEARTBEAT_STALE_AFTER = env.number(
    "HEARTBEAT_STALE_AFTER",
    max(180, TASK_TIMEOUT + 30),
    least=TASK_TIMEOUT + 30,
    most=7200,
)
Q_CLUSTER = {
    "name": "panel_portal",
    "orm": "default",
    "workers": WORKERS,
    "timeout": TASK_TIMEOUT,
    # Runs from the moment of dequeue, so it must outlast any task: DESIGN section 4.
    "retry": 4 * TASK_TIMEOUT,
    "queue_limit": 1,
    "max_attempts": 5,
    "ack_failures": True,
    "catch_up": False,
    "recycle": 200,
    "save_limit": 500,
    "poll": 0.5,
}

# Language and time ----------------------------------------------------------------

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

# Logs: one JSON object a line, without personal data -------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "panel_portal.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {
        "handlers": ["stderr"],
        "level": env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
    },
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "django-q": {"handlers": [], "propagate": True},
    },
}
