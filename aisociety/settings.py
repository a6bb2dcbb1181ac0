"""Settings. What differs between deployments is told, variable by variable, in configuration/."""

import logging
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from csp.constants import NONE, SELF

from aisociety import embedded
from aisociety.configuration import BASE_DIR, configuration
from aisociety.databases import database_of
from aisociety.logs import logging_settings
from aisociety.secret import kept_secret

TOLD = configuration()

DATA_DIR = TOLD.aisociety_data_dir.resolve()
BACKUP_DIR = Path(TOLD.backup_dir).resolve() if TOLD.backup_dir else DATA_DIR / "backups"
BACKUP_AT = TOLD.backup_at
BACKUP_KEEP = TOLD.backup_keep
PRODUCTION = TOLD.production
DEBUG = TOLD.debug
SECRET_KEY = TOLD.secret_key.get_secret_value() or kept_secret(DATA_DIR)
ALLOWED_HOSTS = TOLD.allowed_hosts
PUBLIC = TOLD.public
TIME_SCALE = TOLD.time_scale
WORLDS_AT_HAND = TOLD.worlds_at_hand
STREAM_OUTBOX = TOLD.stream_outbox
SLOW_STATEMENT_MS = TOLD.slow_statement_ms
METRICS_PORT = TOLD.metrics_port

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "channels",
    "csp",
    "django_celery_beat",
    "django_structlog",
    "django_vite",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "rest_framework.authtoken",
    "aisociety",
    "world",
    "economy",
    "memory",
    "agents",
]
MIDDLEWARE = [
    "aisociety.metrics.requests.Measured",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "aisociety.urls"
ASGI_APPLICATION = "aisociety.asgi.application"
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
            ]
        },
    }
]

DATABASE_URL = TOLD.database_url.get_secret_value()
DATABASES = {
    "default": database_of(DATABASE_URL) if DATABASE_URL else embedded.Postgres(DATA_DIR).settings()
}
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
    "min_size": 1,
    "max_size": TOLD.database_pool,
    "timeout": TOLD.database_timeout,
}

REDIS_URL = TOLD.redis_url.get_secret_value()

_redis = REDIS_URL or embedded.Valkey(DATA_DIR).url()
_socket = embedded.Valkey(DATA_DIR).location.socket

REDIS = _redis
"""Where what workers share is kept: the cache, and who asks which model."""

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _redis,
        "KEY_PREFIX": "cache",
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
    }
}
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [_redis]},
    }
}

CELERY_BROKER_URL = REDIS_URL or f"redis+socket://{quote(str(_socket))}?virtual_host=0"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 5}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "minds"
# The minds worker may be busy for long; what must come in time goes to the engine's.
CELERY_TASK_ROUTES = {"world.*": {"queue": "engine"}, "agents.govern": {"queue": "engine"}}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "aisociety.beat:Scheduler"
CELERY_BEAT_SCHEDULE = {
    # A heartbeat that waits longer is worth nothing: the next one does its work.
    "heartbeat": {
        "task": "world.heartbeat",
        "schedule": 1.0,
        "options": {"expires": 2.0},
    },
    "embed": {
        "task": "agents.embed",
        "schedule": 10.0,
        "options": {"expires": 10.0},
    },
    "govern": {
        "task": "agents.govern",
        "schedule": 2.0,
        "options": {"expires": 4.0},
    },
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = TOLD.static_root or None
STATICFILES_DIRS = [("dist", BASE_DIR / "static" / "dist"), BASE_DIR / "static" / "images"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/dist/assets/"
VITE_MANIFEST = BASE_DIR / "static" / "dist" / "manifest.json"
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "manifest_path": VITE_MANIFEST,
        "static_url_prefix": "dist",
    }
}

# Nothing is fetched from anywhere else, and nothing inline runs.
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/admin", "/api/docs"),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

LOGIN_URL = "/admin/login/"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator"}
    for name in ("UserAttributeSimilarity", "MinimumLength", "CommonPassword", "NumericPassword")
]
# Who fails ten times waits for a quarter of an hour. By address: by name, anybody could lock out
# others.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["ip_address"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

PROXIES = TOLD.proxies
if PROXIES:
    AXES_IPWARE_PROXY_COUNT = PROXIES
    AXES_IPWARE_META_PRECEDENCE_ORDER = ["HTTP_X_FORWARDED_FOR"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TOLD.only_https
SECURE_HSTS_SECONDS = TOLD.hsts_seconds if TOLD.only_https else 0
# Subdomains, and whether browsers come with it, are for whoever owns the domain.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
# Probes come by plain HTTP from inside.
SECURE_REDIRECT_EXEMPT = [r"^(api/)?health/"]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["world.rest.permissions.WatchersReadOperatorsWrite"],
    "DEFAULT_RENDERER_CLASSES": ["world.rest.envelope.EnvelopeRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["world.rest.throttling.PerClient"],
    "DEFAULT_THROTTLE_RATES": {
        "client": TOLD.rest_rate,
        "export": TOLD.export_rate,
    },
    "EXCEPTION_HANDLER": "world.rest.errors.answer_error",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "NUM_PROXIES": PROXIES,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "AI Society",
    "DESCRIPTION": "A simulated society of language-model residents.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "POSTPROCESSING_HOOKS": ["world.rest.schema.put_into_envelopes"],
}

DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
LOGGING = logging_settings(json=TOLD.json_logs, level="DEBUG" if DEBUG else TOLD.log_level)

UNFOLD = {
    "SITE_TITLE": "AI Society",
    "SITE_HEADER": "AI Society",
    "SITE_SYMBOL": "cottage",
    "SHOW_VIEW_ON_SITE": True,
    "SHOW_LANGUAGES": False,
}

LLM_CASSETTE = TOLD.llm_cassette
DEFAULT_MODEL = TOLD.default_model
MINDS_IN_FLIGHT = TOLD.minds_in_flight
MEMORY_WEIGHTS = TOLD.memory_weights
EMBEDDING_MODEL = TOLD.embedding_model
EMBEDDING_BASE_URL = TOLD.embedding_base_url
EMBEDDING_DIMENSIONS = TOLD.embedding_dimensions

SCENARIOS_DIR = BASE_DIR / "scenarios"

SIMULATION_SYSTEMS = [
    "world.systems.calendar.CalendarMoments",
    "world.systems.weather.WeatherChanges",
    "world.systems.happenings.Happenings",
    "agents.systems.orders.Orders",
    "agents.systems.edits.Edits",
    "agents.systems.mind_orders.MindOrders",
    "agents.systems.replies.Replies",
    "agents.systems.settlement.Settlement",
    "agents.systems.ventures.Ventures",
    "agents.systems.employment.Employment",
    "agents.systems.population.Population",
    "agents.systems.consequences.Consequences",
    "agents.systems.closings.Closings",
    "agents.systems.endings.Endings",
    "agents.systems.arrivals.Arrivals",
    "agents.systems.alerts.Alerts",
    "agents.systems.appointments.Appointments",
    "agents.systems.engaged.Engaged",
    "agents.systems.decisions.Decisions",
    "agents.systems.beginnings.Beginnings",
    "agents.systems.turns.Turns",
    "agents.systems.meetings.Meetings",
    "agents.systems.credit.Credit",
    "agents.systems.news.Spread",
    "agents.systems.intentions.Intentions",
    "agents.systems.interviewed.Interviewed",
    "agents.systems.reflected.Reflected",
    "agents.systems.apart.Apart",
    "agents.systems.departures.Departures",
    "agents.systems.spells.Practice",
    "agents.systems.spells.Efforts",
    "agents.systems.spells.Wages",
    "agents.systems.lines.Lines",
]
"""The rules of town life, run in this order in every instant."""
