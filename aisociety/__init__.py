"""The composition root: settings, addresses, services and commands."""

from aisociety.celery import app as celery_app

__all__ = ["celery_app"]
