"""Every setting, read from the environment or ``.env``; nonsense stops the start with one clear line."""

from __future__ import annotations

import logging
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config import api, broker, database, env, logs, single_sign_on, tracing
from config.secret import kept_secret
from config.wiring import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
env.read_file(BASE_DIR / ".env")

# Where and as what it runs

VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
APP_ENV = env.choice("APP_ENV", ["development", "production"], "development")
PRODUCTION = APP_ENV == "production"
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")
HOST = env.text("HOST", "127.0.0.1")
PORT = env.number("PORT", 8000, least=1, most=65535)
SITE_URL = env.address("SITE_URL", "https://localhost" if PRODUCTION else f"http://127.0.0.1:{PORT}")
HTTPS = SITE_URL.startswith("https://")
DEBUG = False
SECRET_KEY = env.secret("SECRET_KEY", required=PRODUCTION, least=32) or kept_secret(VAR_DIR / "secret-key")
# Older ones, with commas between: what was signed or sealed under them is read still.
SECRET_KEY_FALLBACKS = env.secrets("SECRET_KEY_FALLBACKS", least=32)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", [] if PRODUCTION else ["*"])
# Our own address whatever else is named, and probes from inside the container.
ALLOWED_HOSTS += [str(urlsplit(SITE_URL).hostname), "localhost", "127.0.0.1"]
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0, most=10)
INCIDENT_REOPEN = env.flag("INCIDENT_REOPEN", default=True)
NEXT_UPDATE_REMINDER = env.number("NEXT_UPDATE_REMINDER", 300, most=3600)
UPTIME_PARTIAL_WEIGHT = env.share("UPTIME_PARTIAL_WEIGHT", 1.0)
METRICS_PUBLIC = env.flag("METRICS_PUBLIC", default=True)
API_DOCS = env.flag("API_DOCS", default=not PRODUCTION)
# Whoever may set up a heartbeat could look around in the network that this runs in.
CHECK_PRIVATE_NETWORKS = env.networks("CHECK_PRIVATE_NETWORKS", "none" if PRODUCTION else "all")
DEMO = env.flag("DEMO", default=not PRODUCTION)

# Parts

INSTALLED_APPS = [
    "accounts.admin_config.SiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.static.StaticFiles",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "django_prometheus",
    "django_structlog",
    "csp",
    "events",
    "branding",
    "accounts",
    "services",
    "incidents",
    "oncall",
    "alerts",
    "notifications",
    "statuspage",
    "console",
]
MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "config.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.request_log.RequestLogMiddleware",
    "accounts.middleware.SignInMiddleware",
    "accounts.middleware.ConsoleRoleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]
ROOT_URLCONF = "config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "statuspage.context.brand",
            ],
        },
    }
]

# Numbers of the desk: how alerts join, how long rows stay, how much goes at once

# In seconds: a new alert joins an incident whose last new one is at most so old, and whose first is within the cap;
# one whose alerts are all over resolves itself after the quiet time, where no human has touched it.
ALERT_CORRELATION_WINDOW = env.number("ALERT_CORRELATION_WINDOW", 300)
ALERT_CORRELATION_CAP = env.number("ALERT_CORRELATION_CAP", 3600)
ALERT_QUIET_TIME = env.number("ALERT_QUIET_TIME", 60)
# PagerDuty events of one key; 0 switches the limit off. The other ways in have none.
ALERT_EVENTS_PER_MINUTE = env.number("ALERT_EVENTS_PER_MINUTE", 3000)
# Live streams of one caller's address, and of one web process.
STREAMS_PER_ADDRESS = env.number("STREAMS_PER_ADDRESS", 50, least=1)
STREAMS_AT_ONCE = env.number("STREAMS_AT_ONCE", 5000)
CHECKS_AT_ONCE = env.number("CHECKS_AT_ONCE", 200, least=1, most=2000)
# In days; sums by hour and day are kept for good.
RETENTION_CHECK_RESULTS = env.number("RETENTION_CHECK_RESULTS", 7, least=1, most=3650)
# In days: signals as they came, and alerts since they closed.
RETENTION_ALERT_SIGNALS = env.number("RETENTION_ALERT_SIGNALS", 30, least=1, most=3650)
RETENTION_ALERTS = env.number("RETENTION_ALERTS", 400, least=1, most=3650)
# In seconds: so long after a page to somebody further ones are gathered into one message; 0 sends each by itself.
PAGE_BUNDLE_WINDOW = env.number("PAGE_BUNDLE_WINDOW", 60, most=600)
# In days, for what was sent or dropped; what failed is kept for good.
RETENTION_DELIVERIES = env.number("RETENTION_DELIVERIES", 90, least=1, most=3650)
# Connections to the mail server, and everything else at once, of one worker process.
MAILS_AT_ONCE = env.number("MAILS_AT_ONCE", 4, least=1, most=100)
DELIVERIES_AT_ONCE = env.number("DELIVERIES_AT_ONCE", 100, least=1, most=1000)
# Webhooks and browsers are addresses that anybody may give. Tests and rehearsals on one machine say otherwise.
SUBSCRIBER_NETWORKS = env.networks("SUBSCRIBER_NETWORKS", "none")
# Rows, cache, queue, mail

DATABASE_TIMEOUT = env.number("DATABASE_TIMEOUT", 10, most=3600)
DATABASES: dict[str, dict[str, Any]] = {"default": env.database("DATABASE_URL", VAR_DIR / "opstatus.sqlite3")}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"] |= database.sqlite()
else:
    DATABASES["default"] |= database.postgresql(
        DATABASES["default"].get("OPTIONS", {}),
        answer_within=DATABASE_TIMEOUT,
        connections=env.number("DATABASE_CONNECTIONS", 20, least=1, most=1000),
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.redis("REDIS_URL")
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "config.redis_cache.PatientRedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "opstatus"}
    if REDIS_URL
    else {
        "BACKEND": "config.file_cache.CountingFileCache",
        "LOCATION": str(VAR_DIR / "cache"),
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
}

CELERY = broker.settings(
    env.redis("CELERY_BROKER_URL", REDIS_URL),
    VAR_DIR / "queue",
    eager=env.flag("CELERY_TASK_ALWAYS_EAGER", default=False),
)

globals().update(env.email("EMAIL_URL", VAR_DIR / "mail"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"status@{urlsplit(SITE_URL).hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Who may come in

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=24).total_seconds())
# Who must have one before anything else: none, admins, all.
REQUIRE_SECOND_FACTOR = env.choice("REQUIRE_SECOND_FACTOR", ["none", "admins", "all"], "none")
globals().update(single_sign_on.settings(production=PRODUCTION))
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "console:dashboard"
LOGOUT_REDIRECT_URL = "login"
SESSION_COOKIE_NAME = "opstatus_session"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
CSRF_COOKIE_NAME = "opstatus_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(SITE_URL))]

# What browsers are told

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
if PRODUCTION and HTTPS:
    SECURE_SSL_REDIRECT = True
    # Probes, scrapers and machines that report come from inside, past the proxy that speaks TLS.
    SECURE_REDIRECT_EXEMPT = [r"^health/(live|ready)$", r"^healthz$", r"^metrics$", r"^-/ready$", r"^v2/enqueue/?$"]
    SECURE_REDIRECT_EXEMPT += [r"^api/v2/(alerts|status|receivers)$", r"^api/v1/alerts(/alertmanager)?/?$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# Files

# A folder or bucket that holds a copy of the public page for other web servers, kept current.
PUBLISH_TO = env.place("PUBLISH_TO")
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "png", "gif", "jpg", "woff", "woff2", "gz", "br")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "config.bundles.BundledStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Time and language

USE_TZ = True
TIME_ZONE = "UTC"
# Of the console, the API and all that is written for people inside. What the public reads says which language it is in;
# no request is asked which it prefers.
LANGUAGE_CODE = "en"
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]

# Logs and figures

LOG_LEVEL = env.choice("LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], "INFO")
LOG_FORMAT = env.choice("LOG_FORMAT", ["json", "console"], "json" if PRODUCTION else "console")
# Where traces go to; without it nothing is traced, and OpenTelemetry is not imported.
OTEL_EXPORTER_OTLP_ENDPOINT = tracing.endpoint()
OTEL_SERVICE_NAME = env.text("OTEL_SERVICE_NAME", "opstatus")
if OTEL_EXPORTER_OTLP_ENDPOINT:
    MIDDLEWARE = ["config.tracing.requests.TraceMiddleware", *MIDDLEWARE]
    logs.tell_traces()
    if REDIS_URL:
        CACHES["default"]["BACKEND"] = "config.tracing.statements.TracedRedisCache"
LOGGING = logs.logging_settings(LOG_LEVEL, LOG_FORMAT)
logs.configure()
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
DJANGO_STRUCTLOG_CELERY_DEFAULT_LOG_LEVEL = logging.DEBUG
PROMETHEUS_EXPORT_MIGRATIONS = False

# API

API_CALLS_PER_MINUTE = api.calls_per_minute()
REST_FRAMEWORK = api.rest_framework(TRUSTED_PROXIES)
SPECTACULAR_SETTINGS = api.SCHEMA
