"""The queue: heartbeats for the engine, thoughts for the minds."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aisociety.settings")

app = Celery("aisociety")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
