"""Django settings. Every choice that an operator may make is read from the environment here.

Environment: ``DATABASE_URL``, ``THROUGHLINE_HOME``, ``THROUGHLINE_AUTHORITY``,
``THROUGHLINE_SECRET_KEY``, ``THROUGHLINE_HOSTS``, ``THROUGHLINE_DEBUG``, ``THROUGHLINE_HTTPS``,
``THROUGHLINE_OIDC_*``. See docs/reference/settings.md.
"""

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from throughline.core import home
from throughline.core.database.urls import connection

ROOT = Path(__file__).resolve().parents[2]
HOME = home.folder()
AUTHORITY = Path(os.environ.get("THROUGHLINE_AUTHORITY", ROOT / "authority"))

DEBUG = os.environ.get("THROUGHLINE_DEBUG") == "1"
HTTPS = os.environ.get("THROUGHLINE_HTTPS") == "1"
SECRET_KEY = home.secret_key()
ALLOWED_HOSTS = os.environ.get("THROUGHLINE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "pghistory",
    "csp",
    # Before allauth, whose pages it words anew.
    "throughline.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "throughline.core.access",
    "throughline.core.audit",
    "throughline.core.clocks",
    "throughline.core.practice",
    "throughline.core.documents",
    "throughline.core.drafts",
    "throughline.record.people",
    "throughline.record.families",
    "throughline.record.journey",
    "throughline.record.front_door",
    "throughline.record.assessment",
    "throughline.record.plans",
    "throughline.record.visits",
    "throughline.record.in_need",
    "throughline.record.protection",
    "throughline.record.court",
    "throughline.readings",
    "throughline.synthetic",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "throughline.web.middleware.SignedIn",
    "throughline.web.middleware.Acting",
]

ROOT_URLCONF = "throughline.config.urls"
WSGI_APPLICATION = "throughline.config.wsgi.application"
ASGI_APPLICATION = "throughline.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "throughline.web.context.shell",
            ],
            "builtins": ["throughline.web.templatetags.words"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {"default": connection(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# History: the acting person travels to the triggers in the transaction itself.
PGHISTORY_DEFAULT_TRACKERS = None
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True

# Sign-in.
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "/sign-in/"
# A working day's idle hour; drafts are on the server, so nothing is lost when it ends.
SESSION_COOKIE_AGE = int(os.environ.get("THROUGHLINE_IDLE_MINUTES", "60")) * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(HOME / "documents")},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
# A photograph from a phone fits; a film does not.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Logs carry ids and verbs, never names: see docs/explanation/privacy.md.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

from throughline.config.sign_in import *  # noqa: E402,F403  (allauth's own settings, one subject a file)
