"""The one settings file. Everything that a host may want to change is an environment variable, listed in docs/install.md.

With none set, Plaidoyer runs on one machine: SQLite, files under ``var/``, a secret made on first start.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.utils.csp import CSP

from plaidoyer.config.environment import database, flag, secret, words

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("PLAIDOYER_HOME", Path.cwd() / "var")).resolve()

DEBUG = flag("PLAIDOYER_DEBUG", default=False)
DEMO = flag("PLAIDOYER_DEMO", default=False)  # the guided visit of the example, with its accounts written on the page
SECRET_KEY = secret("PLAIDOYER_SECRET_KEY", HOME / "secret_key")
ALLOWED_HOSTS = words("PLAIDOYER_HOSTS", "localhost 127.0.0.1 [::1] testserver")
SITE_URL = os.environ.get("PLAIDOYER_SITE_URL", "http://localhost:8000").rstrip("/")
HOSTING = os.environ.get("PLAIDOYER_HOSTING", "")  # who hosts this site, in words: shown on the legal page, as the law asks
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []
# Plain http only on the machine itself: anything else is served over TLS, and the cookies know it.
IS_HTTPS = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "plaidoyer.kit",
    "plaidoyer.mailbox",
    "plaidoyer.accounts",
    "plaidoyer.territories",
    "plaidoyer.elections",
    "plaidoyer.campaigns",
    "plaidoyer.replies",
    "plaidoyer.commitments",
    "plaidoyer.publication",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "plaidoyer.config.privacy.private_by_default",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "plaidoyer.config.urls"
WSGI_APPLICATION = "plaidoyer.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "plaidoyer.config.shell.desk",
            ],
            "builtins": ["plaidoyer.kit.templatetags.french"],
        },
    },
    {
        # The public site, and nothing else: 2.6 times the pages per CPU-second, and the same templates for the static export.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "publication" / "jinja2"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "plaidoyer.publication.environment.environment"},
    },
]

DATABASES = {"default": database("DATABASE_URL", HOME / "plaidoyer.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "campaigns:home"
LOGOUT_REDIRECT_URL = "accounts:login"

LANGUAGE_CODE = "fr-fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/statique/"
STATICFILES_DIRS = [PACKAGE / "config" / "static"]
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "originals"  # private: no URL leads here, originals are handed out by a view that checks who asks
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage" if not DEBUG else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # one box for each list of a campaign of some hundred communes
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_LIMIT = 30 * 1024 * 1024  # bytes for one received file

# Slow work runs at once by default; a host with several machines sets the database backend and starts workers.
TASKS = {"default": {"BACKEND": os.environ.get("PLAIDOYER_TASKS", "django.tasks.backends.immediate.ImmediateBackend")}}
if "django_tasks_db" in TASKS["default"]["BACKEND"]:
    INSTALLED_APPS.append("django_tasks_db")

MAILERS = {"default": {"BACKEND": os.environ.get("PLAIDOYER_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")}}
if provider := os.environ.get("PLAIDOYER_MAIL_PROVIDER"):  # a mail backend of Django; its own settings as JSON, for instance ANYMAIL's
    MAILERS["provider"] = {"BACKEND": provider}
    ANYMAIL = json.loads(os.environ.get("PLAIDOYER_ANYMAIL", "{}"))

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 31536000 if IS_HTTPS else 0
# Other sites of the same domain, and the browsers' own lists, are the affair of whoever owns the domain, not ours to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("PLAIDOYER_BEHIND_PROXY", default=False) else None
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "refusals_in_one_line": {"()": "plaidoyer.config.log_lines.RefusalsInOneLine"},
        "secrets_left_out": {"()": "plaidoyer.config.privacy.SecretsLeftOut"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["refusals_in_one_line", "secrets_left_out"]}},
    # Each task says three times what it does; its failure is told where it matters, beside the reply.
    "loggers": {
        "django.tasks": {"level": "WARNING"},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},  # the development server has its own, which filters nothing
    },
    "root": {"handlers": ["console"], "level": os.environ.get("PLAIDOYER_LOG_LEVEL", "WARNING")},
}
