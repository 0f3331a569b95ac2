"""The only settings. Everything that differs between machines comes from the environment.

Names, defaults and examples: docs/operations.md. `settings_test.py` changes what tests need.
"""

import os
import tomllib
from pathlib import Path

from django.contrib.messages import constants as message_levels
from django.utils.translation import gettext_lazy as _

from scorecard_site.address import hosts_of, read_hosts, read_site_address
from scorecard_site.environment import flag, postgresql, secret, sqlite, whole_number

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "version"
]
NOWHERE_ELSE = "http://127.0.0.1:8000"
DATA_DIR = Path(os.environ.get("CANTING_DATA_DIR", BASE_DIR / "var"))

# -- Where the site is reached. The address decides: https means secure cookies, HSTS, redirects.
DEBUG = flag("CANTING_DEBUG", default=False)
SITE = read_site_address(os.environ.get("CANTING_SITE_URL") or NOWHERE_ELSE, debug=DEBUG)
SITE_URL, SITE_HOST, HTTPS = SITE.url, SITE.host, SITE.is_https

SECRET_KEY = secret("CANTING_SECRET_KEY", debug=DEBUG)
ALLOWED_HOSTS = hosts_of(SITE, read_hosts(os.environ.get("CANTING_ALLOWED_HOSTS", "")))
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []

# -- What the site offers.
SIGNUP_OPEN = flag("CANTING_SIGNUP_OPEN", default=True)

INSTALLED_APPS = [
    "organizations",
    "scorecards",
    "surveys",
    "scorecard_site.apps.OperatorConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "simple_history",
]

MIDDLEWARE = [
    "scorecard_site.middleware.client_address",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "scorecard_site.middleware.permissions_policy",
    "scorecard_site.middleware.refuse_nul_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "scorecard_site.middleware.private_pages",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organizations.middleware.SignInRequiredMiddleware",
    "scorecard_site.middleware.sliding_session",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "organizations.middleware.organization_in_use",
    "organizations.middleware.EditConflictMiddleware",
]

ROOT_URLCONF = "scorecard_site.urls"
WSGI_APPLICATION = "scorecard_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "organizations.context_processors.navigation",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
MESSAGE_TAGS = {message_levels.DEBUG: "secondary", message_levels.ERROR: "danger"}

# -- Data. ATOMIC_REQUESTS stays off: with IMMEDIATE transactions every page view would take
# SQLite's write lock. Services open their own transactions.
DATABASE_URL = os.environ.get("CANTING_DATABASE_URL", "")
DATABASE_PATH = Path(os.environ.get("CANTING_DATABASE_PATH", DATA_DIR / "canting.sqlite3"))
DATABASES = {"default": postgresql(DATABASE_URL) if DATABASE_URL else sqlite(DATABASE_PATH)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Sign-in throttles count here, so all server processes must share it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        # The default of 300 would let a flood of tries push out the count of the others.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Parts of pages, found by what they show: each process keeps its own, and nothing is ever
    # out of date.
    "rendered": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "rendered",
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
}

# -- Accounts and sessions.
AUTH_USER_MODEL = "organizations.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ["email", "name"]}),
        ("MinimumLengthValidator", {}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "organizations:login"
LOGIN_REDIRECT_URL = "organizations:start"
LOGOUT_REDIRECT_URL = "organizations:login"
SESSION_COOKIE_AGE = 12 * 60 * 60  # since the last page: middleware.sliding_session
SESSION_LONGEST = 30 * 24 * 60 * 60  # since signing in, however busy the session was
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # an admin may have to pass the link on by hand

# -- Security.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
# A browser accepts the __Host- prefix over https only, and from this very host only.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "scorecard_site.views.csrf_failure"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = whole_number("CANTING_HSTS_SECONDS", default=365 * 86400 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and flag("CANTING_HSTS_SUBDOMAINS", default=True)
SECURE_REFERRER_POLICY = "same-origin"
# The largest form is who judges what: a box for each of 500 experts and up to ten parts.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6_000
X_FRAME_OPTIONS = "DENY"
# Reverse proxies in front that add to X-Forwarded-For and set X-Forwarded-Proto.
TRUSTED_PROXIES = whole_number("CANTING_TRUSTED_PROXIES", default=1 if HTTPS else 0)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = [
    "security.W021",  # HSTS preload binds the whole domain for years: its owner decides that
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}

# -- Language, numbers, time. Numbers get their separators from our own filters: a thousand
# separator everywhere would also change ids and SVG coordinates (docs/decisions.md).
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 86400
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

# -- Static files, served by the site itself: compressed, with the content's hash in the name.
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
HASHED_STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": PLAIN_STATIC if DEBUG else HASHED_STATIC},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# -- Mail. Without a server nothing is sent, and pages offer each link to be copied instead.
EMAIL_HOST = os.environ.get("CANTING_EMAIL_HOST", "")
MAIL_IS_SENT = bool(EMAIL_HOST)
MAIL_IS_BESIDE = True  # a thread sends, so that no page waits for the mail server
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_IS_SENT else 'dummy'}.EmailBackend"
EMAIL_PORT = whole_number("CANTING_EMAIL_PORT", default=587)
EMAIL_HOST_USER = os.environ.get("CANTING_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("CANTING_EMAIL_PASSWORD", "")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = flag("CANTING_EMAIL_TLS", default=True) and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get(
    "CANTING_EMAIL_FROM", f"Canting <noreply@{SITE_HOST}>"
)

# -- Logs go to standard error, without the secrets that addresses carry.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_secrets": {"()": "scorecard_site.logs.HideSecrets"}},
    "formatters": {
        "line": {
            "()": "scorecard_site.logs.UTCFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["no_secrets"],
            "formatter": "line",
        }
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # Robots ask for other hosts all day; they get 400, and the log stays readable.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        # It warns that answers to HEAD have a body; it drops the body, so nothing is wrong.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
