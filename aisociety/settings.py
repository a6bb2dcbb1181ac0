"""Settings. Everything that differs between deployments comes from the environment."""

from pathlib import Path

import environ

from aisociety import embedded

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DATA_DIR = Path(env.str("AISOCIETY_DATA_DIR", default=str(BASE_DIR / ".data"))).resolve()
"""Where the embedded services keep what they hold."""

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="set-SECRET_KEY-before-anyone-else-can-reach-this")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])

INSTALLED_APPS = [
    "world",
    "economy",
    "agents",
]
MIDDLEWARE: list[str] = []

DATABASE_URL = env.str("DATABASE_URL", default="")
"""Empty: PostgreSQL is embedded."""

DATABASES = {
    "default": env.db_url("DATABASE_URL")
    if DATABASE_URL
    else embedded.Postgres(DATA_DIR).settings()
}
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
    "min_size": 1,
    "max_size": 4,
    "timeout": 10,
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]

SCENARIOS_DIR = BASE_DIR / "scenarios"

SIMULATION_SYSTEMS = [
    "world.systems.calendar.CalendarMoments",
    "world.systems.weather.WeatherChanges",
    "agents.systems.orders.Orders",
    "agents.systems.settlement.Settlement",
    "agents.systems.closings.Closings",
    "agents.systems.endings.Endings",
    "agents.systems.arrivals.Arrivals",
    "agents.systems.alerts.Alerts",
    "agents.systems.decisions.Decisions",
    "agents.systems.beginnings.Beginnings",
    "agents.systems.spells.Practice",
    "agents.systems.spells.Wages",
    "agents.systems.lines.Lines",
]
"""The rules of town life, run in this order in every instant."""
