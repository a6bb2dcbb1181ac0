"""Settings. Everything that differs between deployments comes from the environment."""

import logging
from pathlib import Path
from urllib.parse import quote

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from aisociety import embedded
from aisociety.logs import logging_settings
from aisociety.secret import kept_secret

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DATA_DIR = Path(env.str("AISOCIETY_DATA_DIR", default=str(BASE_DIR / ".data"))).resolve()
"""Where the embedded services keep what they hold."""

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret(DATA_DIR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

PUBLIC = env.bool("PUBLIC", default=True)
"""Whether people may watch without logging in."""

WORLDS_AT_HAND = env.int("WORLDS_AT_HAND", default=16)
"""Worlds of which a process keeps rules, stage and columns in memory: those that it used last. An
engine that lives more of them at once compiles their rules over and over."""

STREAM_OUTBOX = env.int("STREAM_OUTBOX", default=256)
"""Frames that wait for a watcher at most, and that are under way to one that acknowledges them;
whoever falls behind further is told to resync."""

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
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

DATABASE_URL = env.str("DATABASE_URL", default="")
"""Empty: PostgreSQL is embedded."""

DATABASES = {
    "default": env.db_url("DATABASE_URL")
    if DATABASE_URL
    else embedded.Postgres(DATA_DIR).settings()
}
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
    "min_size": 1,
    "max_size": env.int("DATABASE_POOL", default=8),
    "timeout": env.int("DATABASE_TIMEOUT", default=10),
}

REDIS_URL = env.str("REDIS_URL", default="")
"""Empty: Valkey is embedded."""

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
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 5}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "minds"
# The minds worker may be busy for long; what must come in time goes to the engine's.
CELERY_TASK_ROUTES = {"world.*": {"queue": "engine"}, "agents.govern": {"queue": "engine"}}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
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
STATIC_ROOT = env.str("STATIC_ROOT", default="") or None
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

PROXIES = env.int("PROXIES", default=0)
"""Proxies in front of the web server, whose word about the client counts."""

if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

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
        "client": env.str("REST_RATE", default="100/min"),
        "export": env.str("EXPORT_RATE", default="10/hour"),
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
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "POSTPROCESSING_HOOKS": ["world.rest.schema.put_into_envelopes"],
}

DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
LOGGING = logging_settings(json=env.bool("LOG_JSON", default=False), debug=DEBUG)

UNFOLD = {
    "SITE_TITLE": "AI Society",
    "SITE_HEADER": "AI Society",
    "SITE_SYMBOL": "cottage",
    "SHOW_VIEW_ON_SITE": True,
    "SHOW_LANGUAGES": False,
}

LLM_CASSETTE = env.str("LLM_CASSETTE", default="off")
"""record: keep every reply of a model; replay: ask none, and repeat what was kept; or off."""
if LLM_CASSETTE not in {"record", "replay", "off"}:
    raise ImproperlyConfigured(f"LLM_CASSETTE is record, replay or off, not {LLM_CASSETTE!r}.")

DEFAULT_MODEL = env.str("DEFAULT_MODEL", default="")
"""What residents of a new town think with: a model's name, or instinct. Empty: the preferred model
whose key is in the environment, and instinct where there is none."""

MINDS_IN_FLIGHT = env.int("MINDS_IN_FLIGHT", default=256)
"""Calls to models that one worker process has in flight at most."""

MEMORY_WEIGHTS = env.list("MEMORY_WEIGHTS", cast=float, default=[1.0, 1.0, 8.0])
"""How much recency, importance and relevance count when somebody tries to remember."""
if len(MEMORY_WEIGHTS) != 3 or not all(0 <= weight <= 1000 for weight in MEMORY_WEIGHTS):
    raise ImproperlyConfigured("MEMORY_WEIGHTS is three numbers from 0 to 1000, such as 1,1,8.")

EMBEDDING_MODEL = env.str("EMBEDDING_MODEL", default="")
"""The model, at an OpenAI-compatible endpoint, that makes vectors of memories for searches, in the
background; empty: none. Its key is in EMBEDDING_API_KEY or EMBEDDING_API_KEY_FILE, if it needs one.
"""
if EMBEDDING_MODEL == "lexical" or len(EMBEDDING_MODEL) > 128:
    raise ImproperlyConfigured(
        "EMBEDDING_MODEL is the name of a model, of at most 128 characters; lexical is built in."
    )

EMBEDDING_BASE_URL = env.str("EMBEDDING_BASE_URL", default="") or "https://api.openai.com/v1"

EMBEDDING_DIMENSIONS = env.int("EMBEDDING_DIMENSIONS", default=0)
"""How long its vectors are to be; 0: as long as the model makes them."""
if not 0 <= EMBEDDING_DIMENSIONS <= 4000:
    raise ImproperlyConfigured("EMBEDDING_DIMENSIONS is from 0 to 4000.")

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
